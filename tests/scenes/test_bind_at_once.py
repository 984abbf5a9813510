"""The line that the office is given makes a group the desk also in the very moment in which the bot came into it.

The platform gives a bot that may not read all a command only when it names the bot, or when the bot spoke last.
"""

from bot.core.office import PlaceKind
from bot.render.messages import text_of
from bot.services import office, office_pages
from bot.texts import Catalogue


async def test_a_group_is_bound_in_the_moment_in_which_the_bot_was_added(town):
    group = town.world.group("新办公群", owner=town.clerk)
    async with town.runtime.store.begin() as work:
        code = await office.make_code(work, town.runtime.vault, PlaceKind.DESK, None, town.now)
        await work.commit()
    page = office_pages.code(PlaceKind.DESK, code, town.world.bot.username, "zh-Hans")
    (line,) = [line for line in text_of(page, Catalogue.load("zh-Hans")).splitlines() if "/bind" in line]
    await group.add_bot(by=town.clerk)
    await town.clerk.say(group, line.removeprefix("<code>").removesuffix("</code>"))
    await town.settled()
    async with town.runtime.store.begin() as work:
        place = await work.office.place(PlaceKind.DESK)
    assert place is not None
    assert place.chat_id == group.id

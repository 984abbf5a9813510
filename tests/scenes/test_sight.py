"""Scenes of not seeing: what was not seen is told with its times, and is never called zero."""

import re

from bot.core.group import GroupState
from tests.scenes.town import RECEIPT

SPAN = re.compile(r"没看到：(\d{4}-\d\d-\d\d \d\d:\d\d) 到 (\d{4}-\d\d-\d\d \d\d:\d\d)，(.+)")


async def test_privacy_on_then_off_then_added_again_shows_from_when_to_when_nothing_was_seen(town):
    room = await town.group("前柏村防火群")
    await town.open(room.anna)
    await room.place.add_bot(by=room.anna)
    await town.settled()
    await town.set_up(room.anna)
    blind = await room.row()
    for hour in (11, 14):
        await town.say(room.bo, room, RECEIPT)
        unseen = await town.tell(room.anna, "/status")
        assert "没看到：" in unseen
        assert "到现在，没有权限看" in unseen
        assert "还没有看到消息，不作统计" in unseen
        assert not re.search(r"\b0 [条项]", unseen)
        town.at(hour)
    town.world.set_privacy(False)
    await room.place.remove_bot(by=room.anna, ban=False)
    await town.settled()
    assert "被移出了群" in await _as_the_office_sees(town, room)
    town.at(15)
    await room.place.add_bot(by=room.anna)
    await town.settled()
    back = await town.tell(room.anna, "/status")
    day = f"{town.now:%Y-%m-%d}"
    assert SPAN.findall(back) == [
        (f"{day} 10:00", f"{day} 14:00", "没有权限看"),
        (f"{day} 14:00", f"{day} 15:00", "被移出了群"),
    ]
    assert "看得到全部消息（隐私模式已关）" in back
    assert "还没有看到消息，不作统计" in back
    assert not re.search(r"\b0 [条项]", back)
    await town.say(room.bo, room, RECEIPT)
    assert "看到的：消息 1 条，疑似 1 项；没看到的时段不在其中" in await town.tell(room.anna, "/status")
    seeing = await room.row()
    assert (seeing.id, seeing.sees, seeing.state) == (blind.id, True, GroupState.WATCHING)


async def _as_the_office_sees(town, room):
    """The status of a group that the bot was removed from: its admins cannot ask for it, the office can."""
    await town.tell(town.clerk, "/status")
    await town.press(town.clerk, room.place.state.title)
    return town.clerk.reads(town.clerk.private)[-1]


async def test_a_zero_is_said_of_a_week_that_was_seen_whole_and_of_no_other(town):
    room = await town.watched()
    await town.open(room.anna)
    assert "不作统计" in await town.tell(room.anna, "/status")
    for _ in range(9):
        town.world.clock.advance(hours=22)  # a longer silence of the platform would be told as one
        await town.say(room.anna, room, "/status")
    assert "近 7 天：消息 0 条，疑似 0 项" in await town.tell(room.anna, "/status")
    await room.place.demote_bot(by=room.anna)
    town.world.clock.advance(hours=1)
    await room.place.promote_bot(by=room.anna)
    await town.settled()
    assert "不作统计" in await town.tell(room.anna, "/status")

"""Complaints 9, 10, 18 and 19 of users of other bots: who somebody is, who may know it, and who can be reached."""

import pytest

from bot.core.group import Response
from bot.emulator.state import ANONYMOUS_ADMIN
from tests.scenes.town import DEMAND, RECEIPT, SOLD


async def test_09_anonymous_admins_are_recognised_as_admins(town):
    room = await town.watched(Response.QUIET_SIGN)
    await room.place.make_anonymous(room.anna)
    order = await town.say(room.anna, room, RECEIPT)
    await town.until(lambda: any(one.reactions for one in room.bo.sees(room.place)), "a sign on the admin's message")
    await town.say(room.anna, room, "/urgent 18:00 防汛抢险")
    await town.until(lambda: "防汛抢险" in room.posts()[-1].text, "the answer, in the group for nobody else is known")
    await town.say(room.anna, room, "/settings")
    await town.until(lambda: "私聊" in room.posts()[-1].text, "the way into the private chat")
    payload = town.links(room.anna, room.place)[0].partition("?start=")[2]
    assert "前柏村工作群　正在看" in await town.tell(room.anna, f"/start {payload}")
    assert (await room.counts())["windows"] == 1
    assert [one.reactions for one in room.bo.sees(room.place) if one.message_id == order.message_id] == [("👀",)]


@pytest.mark.parametrize("stand_in", [ANONYMOUS_ADMIN, 136817688, 777000])
async def test_10_no_stand_in_id_is_trusted_by_mistake(town, stand_in):
    room = await town.watched()
    await town.open(room.anna)
    await town.tell(room.anna, "/settings")
    await room.place.make_anonymous(room.anna)
    channel = town.world.channel("波的频道", owner=room.bo)
    await town.say(room.bo, room, "/urgent 18:00 防汛抢险", as_channel=channel)
    await town.say(room.bo, room, "/settings", as_channel=channel)
    menu = room.anna.sees(room.anna.private)[-1].post.fields
    data = menu["reply_markup"]["inline_keyboard"][0][0]["callback_data"].partition("~")[0].partition(":response")[0]
    press = f"{data}:response:group_hint"
    sender = {"id": stand_in, "is_bot": True, "first_name": "Group"}
    query = {"id": f"4{stand_in}", "from": sender, "message": menu, "chat_instance": "-7", "data": _signed(town, press)}
    town.world.inject({"callback_query": query})
    await town.settled()
    assert (await room.row()).response is Response.WATCH_ONLY
    assert "windows" not in await room.counts()
    assert [one.text for one in room.posts()[1:]] == []


def _signed(town, data):
    return f"{data}~{town.runtime.vault.sign(data)}"


async def test_18_who_said_what_is_known_to_nobody_and_the_words_about_it_are_honest(town):
    room = await town.watched(Response.QUIET_SIGN)
    await town.open(room.anna, room.bo)
    await town.say(room.bo, room, RECEIPT)
    await town.say(room.bo, room, SOLD)
    assert room.reactions() == []  # no sign on a member's message, whoever complains of it
    own, others = await town.tell(room.bo, "/mine"), await town.tell(room.anna, "/mine")
    assert "疑似" in own
    assert "逐一回复" in own
    assert others == "没有关于您的消息的记录。"
    review = await town.tell(town.clerk, "/review")
    assert "认购二十份" in review
    assert not any(name in review for name in ("波", str(room.bo.id)))
    words = await town.tell(room.bo, "/privacy")
    assert "持有密钥的人能解开加密的部分" in words
    assert "匿名" not in words  # nothing is promised that the one who holds the key could break
    await town.press(room.bo, "删去我的记录")
    await town.press(room.bo, "删去")
    assert await town.tell(room.bo, "/mine") == "没有关于您的消息的记录。"
    assert [(each.sender, each.excerpt) for each in await room.findings()] == [("", "")] * 2


async def test_19_whoever_never_pressed_start_or_blocked_the_bot_is_not_written_to(town):
    room = await town.watched(Response.PRIVATE_HINT)
    carl = town.world.user("卡尔")
    await room.anna.add(room.place, carl)

    def written(person):
        return [call.ok for call in town.world.calls_of("sendMessage") if call.parameters["chat_id"] == person.id]

    await town.say(room.bo, room, RECEIPT)
    assert written(room.bo) == []
    await town.say(room.bo, room, "/mine")
    assert "?start=mine" in town.links(room.bo, room.place)[0]
    await town.tell(room.bo, "/start mine")
    await town.open(carl)
    await room.bo.block()
    await carl.vanish()
    for day in (1, 2):
        town.at(9, 30, days=1)
        await town.say(room.bo, room, RECEIPT + "。" * day)
        await town.say(carl, room, SOLD + "。" * day)
    assert written(room.bo) == [True]
    assert written(carl) == [True, False]  # refused once, and remembered
    await room.bo.start()  # the client takes the bot back
    await town.say(room.bo, room, DEMAND)
    await town.until(lambda: len(written(room.bo)) == 3, "the hint, once they can be reached")

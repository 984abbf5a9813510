"""Complaints 3 to 7 of users of other bots: the bot as one more noise in the group."""

from bot.core.group import Response
from tests.scenes.town import DEMAND, RECEIPT

SMALL_TALK = ("早上好", "收到", "好的，马上去", "今天大集，路上慢点", "@jianfu_bot 你好", "👍", "……")


async def test_03_the_bot_does_not_talk_on_every_message(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.open(room.anna, room.bo)
    welcome, private = room.posts()[0], len(room.bo.reads(room.bo.private))
    for text in SMALL_TALK:
        await room.bo.say(room.place, text, reply_to=welcome.post)
        await room.anna.say(room.place, text)
    await room.bo.say(room.place, "https://example.org/weather")
    await room.bo.send_photo(room.place, "麦苗长势不错")
    await room.bo.send_media(room.place, "sticker")
    await room.bo.send_location(room.place)
    await room.anna.pin(await room.anna.say(room.place, "防火公告"))
    assert (await room.counts())["messages"] == 2 * len(SMALL_TALK) + 5
    assert [one.text for one in room.posts()] == [welcome.text]
    assert room.reactions() == []
    assert len(room.bo.reads(room.bo.private)) == private


async def test_04_its_own_notices_never_flood_the_group(town):
    room = await town.watched(Response.GROUP_HINT)
    hints = []
    for day in range(3):
        if day:
            town.at(9, days=1)
        for _ in range(4):
            await town.say(room.anna, room, RECEIPT)
            await town.say(room.bo, room, DEMAND)
        hints.append([one.text for one in room.posts() if one.text.startswith("提醒")])
        town.at(11, 59)
        await town.until(lambda: len(room.posts()) == 1, "the hint to go away")
        town.at(21)
        for _ in range(4):
            await town.say(room.anna, room, DEMAND)
        assert len(room.posts()) == 1
    assert [len(said) for said in hints] == [1, 1, 0]
    assert "60 分钟后自动删除" in hints[0][0]
    assert "主动发言：3 次，上限 3 次" in await town.tell(room.anna, "/status")


async def test_05_commands_and_their_errors_are_not_seen_by_all(town):
    room = await town.watched()
    await town.open(room.anna)
    before = [one.text for one in room.bo.sees(room.place)]
    await town.say(room.anna, room, "/settings")
    await town.say(room.anna, room, "/urgent 不知道什么时候 有事")
    assert "没有看到结束时间" in room.anna.reads(room.anna.private)[-1]
    await town.say(room.bo, room, "/settings")
    await town.say(room.bo, room, "/mine")
    assert [one.text for one in room.posts()[1:]] == ["请到私聊里看，不占大家的屏幕。"]
    assert town.links(room.bo, room.place)[0].startswith("https://t.me/jianfu_bot?start=")
    town.at(10, 30)
    await town.until(lambda: len(room.posts()) == 1, "the line to go away")
    assert [one.text for one in room.bo.sees(room.place)] == before


async def test_06_other_bots_commands_and_unknown_ones_get_silence(town):
    room = await town.watched()
    await town.open(room.anna, room.bo)
    private = len(room.anna.reads(room.anna.private)), len(room.bo.reads(room.bo.private))
    other = town.world.user("别的机器人", username="other_bot", is_bot=True)
    await room.anna.add(room.place, other)
    texts = (
        "/start@other_bot",
        "/help@other_bot",
        "/settings@other_bot",
        "/nonsense",
        "/ban 波",
        "/nonsense@jianfu_bot",
    )
    for text in texts:
        await town.say(room.anna, room, text)
        await town.say(room.bo, room, text)
    assert len(room.posts()) == 1
    assert (len(room.anna.reads(room.anna.private)), len(room.bo.reads(room.bo.private))) == private
    assert [one.text for one in room.bo.sees(room.place) if one.text in texts] == [text for text in texts for _ in "ab"]


async def test_07_settings_are_made_in_private_for_a_group_chosen_there(town):
    room = await town.watched(title="前柏村工作群")
    other = town.world.group("前柏村防汛群", owner=room.anna)
    await other.add_bot(by=room.anna, rights=["delete_messages"])
    await town.settled()
    assert "请选一个群" in await town.tell(room.anna, "/settings")
    for button in ("前柏村工作群", "发现以后", "静默记号"):
        await town.press(room.anna, button)
    menu = room.anna.sees(room.anna.private)[-1]
    assert "前柏村工作群　正在看" in menu.text
    assert "发现负担以后：静默记号" in menu.text
    assert (await room.row()).response is Response.QUIET_SIGN
    assert len(room.posts()) == 1

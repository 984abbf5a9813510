"""Complaints 11, 15, 16, 17 and 20 of users of other bots: in the wrong place, at the wrong time, twice, or never."""

import asyncio

from bot.core.group import Response
from tests.scenes.playing import NIGHT, stage
from tests.scenes.town import DEMAND, RECEIPT, SOLD, Town


async def test_11_what_is_said_lands_in_its_topic_and_in_general_without_one(town):
    room = await town.watched(Response.GROUP_HINT, topics=True)
    notices = await room.anna.open_topic(room.place, "通知")
    harvest = await room.anna.open_topic(room.place, "秋收")
    await town.open(room.anna)
    await town.say(room.anna, room, "/settings", topic=notices)
    await town.press(room.anna, f"这个话题不看（{notices}）")
    await town.say(room.anna, room, RECEIPT, topic=notices)
    assert await room.findings() == []
    await town.say(room.anna, room, RECEIPT, topic=harvest)
    await town.until(lambda: room.posts()[-1].text.startswith("提醒"), "a hint")
    assert room.posts()[-1].topic == harvest
    town.at(9, days=1)
    await town.say(room.anna, room, SOLD)
    await town.until(lambda: "认购" in room.posts()[-1].text or "摊派" in room.posts()[-1].text, "a hint in General")
    assert room.posts()[-1].topic is None
    assert "message_thread_id" not in room.calls("sendMessage")[-1].parameters
    await town.say(room.bo, room, "/help", topic=harvest)
    await town.until(lambda: "私聊" in room.posts()[-1].text, "the way into the private chat")
    assert room.posts()[-1].topic == harvest


async def test_15_each_group_has_its_own_time_zone_and_every_time_says_which(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.anna)
    await town.tell(room.anna, "/settings")
    for button in ("时区", "Asia/Urumqi"):
        await town.press(room.anna, button)
    assert "（Asia/Urumqi）" in room.anna.sees(room.anna.private)[-1].text
    town.at(19)  # five in the afternoon in Urumqi
    await town.say(room.anna, room, "请各村明天上午把秸秆禁烧排查台账报上来")
    assert "after_hours" not in await room.categories()
    town.at(21)
    await town.say(room.anna, room, "请各村今晚把低保复核名单报上来")
    assert "after_hours" in await room.categories()
    town.at(10, 31, days=1)  # half past eight in Urumqi
    await town.until(lambda: "您 " in room.anna.reads(room.anna.private)[-1], "the hint of the morning")
    hint = room.anna.reads(room.anna.private)[-1]
    assert "19:00 (Asia/Urumqi)" in hint
    assert "08:30 (Asia/Urumqi)" in hint
    assert "19:00 (Asia/Urumqi)" in await town.tell(room.anna, "/mine")
    assert "Asia/Urumqi" in await town.tell(room.anna, "/status")
    assert "14:31 (Asia/Urumqi)" in await town.tell(room.anna, "/urgent 6小时 防汛抢险")


async def test_16_the_same_update_twice_has_one_effect(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.open(room.anna)
    answers = len(room.anna.reads(room.anna.private))
    await town.tell(room.anna, "/help")
    await town.say(room.anna, room, RECEIPT)
    await town.say(room.anna, room, "/urgent 18:00 防汛抢险")
    posts = len(room.posts())
    messages = [body for body in town.world.updates.log if "message" in body]
    for body in messages[:-4:-1]:
        town.world.updates.repeat(body)
    town.world.updates.wake()
    await town.settled()
    counts = await room.counts()
    assert (counts["messages"], counts["windows"]) == (1, 1)
    assert await room.categories() == ["receipt"]
    assert len(room.posts()) == posts
    assert len(room.anna.reads(room.anna.private)) == answers + 2


async def test_17_a_flood_limit_stops_its_own_chat_alone_and_nothing_is_lost(town):
    slow, quick = await town.watched(Response.QUIET_SIGN), await town.watched(Response.QUIET_SIGN, title="后柏村工作群")
    town.world.flood(slow.place, retry_after=1)
    await slow.anna.say(slow.place, RECEIPT)
    await quick.anna.say(quick.place, RECEIPT)
    await town.world.until(quick.reactions, what="the sign in the other group")
    assert len(slow.posts()) == 1
    await town.world.until(slow.reactions, what="the sign where the platform said to wait")
    assert [call.code for call in slow.calls("sendMessage", "setMessageReaction")][1:] == [429, 200, 200]
    assert len(slow.posts()) == len(quick.posts()) == 2
    assert town.world.limits.impatient == []


async def _over_restarts(folder):
    """What Bo is told, and what stands in the group, after each of three mornings on which the bot was started."""
    async with stage(folder, NIGHT) as scene:
        town = Town(scene, scene.world.user("小陈"))
        async with scene.running():
            own, group = await town.watched(Response.PRIVATE_HINT), await town.watched(Response.GROUP_HINT, title="乙")
            await town.open(own.bo)
            await town.say(own.bo, own, DEMAND)
            await town.say(group.bo, group, DEMAND)
        seen = []
        for hour, minute, days in ((9, 0, 1), (10, 30, 0), (11, 0, 0)):
            town.at(hour, minute, days=days)
            async with scene.running():
                await asyncio.sleep(0.3)
                await town.settled()
                hints = [text for text in own.bo.reads(own.bo.private) if text.startswith("您 ")]
                seen.append((len(hints), [one.text[:2] for one in group.posts()]))
        return seen


def test_20_what_is_due_survives_restarts_and_is_said_once(tmp_path):
    seen = asyncio.run(_over_restarts(tmp_path))
    assert [hints for hints, _ in seen] == [1, 1, 1]
    assert [posts for _, posts in seen] == [["大家", "提醒"], ["大家"], ["大家"]]  # it went away after its hour

"""Every kind of update is as documented, and python-telegram-bot reads it without remainder."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from telegram import Update

from bot.emulator import World
from tests.emulator.scene import ALL, play

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


async def _everything() -> World:
    """A world in which everything has happened that the emulator can tell of."""
    world = World(NOON)
    world.updates.allow(ALL)
    anna, bo, other = world.user("安娜"), world.user("波", username="bo_bo"), world.user("打卡机", is_bot=True)
    group = world.group("前柏村工作群", owner=anna, members=[bo, other], topics=True)
    small = world.group("小群", owner=anna, members=[bo], basic=True)
    news = world.channel("乡政府", owner=anna, username="xiang_news")
    for place in (group, small, news):
        await place.add_bot(by=anna, rights=["can_delete_messages"])
    news.link(group)
    await news.post(anna, "通知")
    await _messages(group, anna, bo)
    await _events(group, anna, bo)
    await small.migrate(by=anna, order="new_first")
    await anna.start("g_1")
    await anna.block()
    await anna.unblock()
    return world


async def _messages(group, anna, bo):
    text = await bo.say(group, "请 @bo_bo 看 https://example.com #通知 /help")
    await bo.edit(text, "改了")
    await bo.say(group, "答复", reply_to=text)
    await bo.send_photo(group, "截图")
    await bo.send_file(group, "表.xlsx", b"x", "填表")
    for kind in ("video", "voice", "video_note", "animation", "audio", "sticker"):
        await bo.send_media(group, kind)
    await bo.send_album(group, ["一", ""])
    await bo.send_location(group)
    poll = await bo.send_poll(group, "去不去", ["去", "不去"])
    await anna.vote(poll, "去")
    await bo.stop_poll(poll)
    checklist = await bo.send_checklist(group, "接龙", ["一组", "二组"])
    await anna.tick(checklist, "一组")
    await anna.forward(text, group)
    await anna.forward(text, group, hidden=True)
    await bo.react(text, "👍")
    await bo.say(group, "以频道", as_channel=bo.world.places["乡政府"])


async def _events(group, anna, bo):
    topic = await anna.open_topic(group, "通知")
    inside = await bo.say(group, "在话题里", topic=topic)
    await bo.say(group, "在话题里答复", reply_to=inside)
    await anna.close_topic(group, topic)
    await anna.pin(inside)
    await anna.rename(group, "新名")
    await anna.promote(group, bo, "pin_messages")
    await group.make_anonymous(bo)
    await bo.say(group, "匿名")
    await anna.demote(group, bo)
    await anna.restrict(group, bo, "can_send_messages")
    await anna.remove(group, bo)
    await group.transfer(by=anna, to=anna.world.user("新主"))


WORLD = play(_everything)


def test_every_update_is_as_documented():
    assert WORLD.complaints == []
    assert len(WORLD.updates.log) > 45


def _remainders(value: object) -> list[str]:
    found = list(getattr(value, "api_kwargs", {}) or {})
    for name in getattr(type(value), "__slots__", ()):
        part = getattr(value, name, None)
        for one in part if isinstance(part, tuple) else [part]:
            if hasattr(one, "api_kwargs"):
                found += _remainders(one)
    return found


@pytest.mark.parametrize("body", WORLD.updates.log, ids=lambda body: "-".join([*body][1:]))
def test_python_telegram_bot_reads_every_update_without_remainder(body):
    update = Update.de_json(body, None)
    assert update.to_dict().keys() == body.keys()
    assert _remainders(update.effective_message or update) == []


def test_the_kinds_of_update_are_all_told():
    kinds = {name for body in WORLD.updates.log for name in body} - {"update_id"}
    assert kinds == set(ALL) - {"callback_query", "poll_answer", "message_reaction_count", "edited_channel_post"}


def test_updates_are_numbered_without_a_gap():
    numbers = [body["update_id"] for body in WORLD.updates.log]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_messages_carry_the_time_of_the_world():
    dates = {body["message"]["date"] for body in WORLD.updates.log if "message" in body}
    assert dates == {int(NOON.timestamp())}

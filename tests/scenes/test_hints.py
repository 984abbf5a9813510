"""Scenes of what follows from a finding: the private hint, the hint in the group, the quiet sign, and their limits."""

from bot.core.group import Response
from tests.scenes.town import DEMAND, RECEIPT, SOLD


def _hints(person):
    return [text for text in person.reads(person.private) if text.startswith("您 ")]


async def test_a_private_hint_says_what_why_the_clause_a_better_wording_and_how_to_send_it_later(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    town.at(22)
    await town.say(room.bo, room, DEMAND)
    assert _hints(room.bo) == []  # nobody is told at night that it is night
    town.at(8, 31, days=1)
    await town.until(lambda: _hints(room.bo), "the hint of the morning")
    (hint,) = _hints(room.bo)
    what = ("22:00 在“前柏村工作群”发的消息", "非工作时间发布工作信息", "非工作时间布置、催办工作")
    how = ("依据：包头市若干措施(2019) 第21条", "更好的说法：", "等到下一个工作时间", "08:30", "“定时发送”")
    assert [words for words in (*what, *how, "只发给您一人", "/feedback") if words not in hint] == []
    assert len(room.posts()) == 1
    assert room.reactions() == []


async def test_a_private_hint_comes_once_a_day_and_in_the_language_of_its_reader(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    await town.tell(room.bo, "/language")
    await town.press(room.bo, "English")
    first = len(room.bo.reads(room.bo.private))
    await town.say(room.bo, room, RECEIPT)
    await town.say(room.bo, room, SOLD)
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > first, "a hint")
    assert len(room.bo.reads(room.bo.private)) == first + 1
    assert "Only you receive this" in room.bo.reads(room.bo.private)[-1]
    town.at(9, days=1)
    await town.say(room.bo, room, SOLD + "。")
    await town.until(lambda: len(room.bo.reads(room.bo.private)) == first + 2, "the hint of the next day")


async def test_whoever_answers_at_night_is_never_hinted_at(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.anna, room.bo)
    town.at(22)
    order = await town.say(room.anna, room, DEMAND)
    await town.say(room.bo, room, "报告主任，前柏村秸秆禁烧台账已报，排查12户，没有火点", reply_to=order)
    town.at(9, days=1)
    await town.until(lambda: _hints(room.anna), "the hint for whoever gave the order")
    await town.tell(room.bo, "/help")
    assert _hints(room.bo) == []


async def test_a_hint_of_a_friday_night_waits_for_monday(town):
    room = await town.watched(Response.GROUP_HINT)
    town.at(22, days=3)
    await town.say(room.anna, room, DEMAND)
    for days, hour in ((1, 10), (1, 15)):
        town.at(hour, days=days)
        await town.tell(room.anna, "/help")
        assert len(room.posts()) == 1
    town.at(8, 31, days=1)
    await town.until(lambda: len(room.posts()) == 2, "the hint on Monday")
    assert "针对个人" in room.posts()[-1].text
    assert not any(name in room.posts()[-1].text for name in ("安娜", "波"))
    assert room.posts()[-1].reply_to is None


async def test_a_hint_in_the_group_goes_away_after_its_time(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.say(room.anna, room, RECEIPT)
    await town.until(lambda: len(room.posts()) == 2, "a hint")
    town.world.clock.advance(minutes=55)
    await town.tell(room.anna, "/help")
    assert len(room.posts()) == 2
    town.world.clock.advance(minutes=6)
    await town.until(lambda: len(room.posts()) == 1, "the hint to go away")


async def test_a_quiet_sign_is_set_on_admins_messages_alone_and_never_at_night(town):
    room = await town.watched(Response.QUIET_SIGN)
    await town.say(room.bo, room, RECEIPT)
    await town.say(room.bo, room, SOLD)
    assert (len(room.posts()), room.reactions()) == (1, [])
    await town.say(room.anna, room, RECEIPT)
    await town.until(room.reactions, "a sign")
    await town.say(room.anna, room, SOLD)
    await town.until(lambda: len(room.reactions()) == 2, "another sign")
    assert len([one for one in room.posts() if "👀" in one.text]) == 1  # announced once
    town.at(22)
    await town.say(room.anna, room, DEMAND)
    assert len(room.reactions()) == 2


async def test_the_bot_posts_three_times_a_week_at_most_whatever_the_kind(town):
    room = await town.watched(Response.QUIET_SIGN)
    await town.open(room.anna)
    await town.say(room.anna, room, RECEIPT)
    await town.until(room.reactions, "the sign, which is announced")
    await town.tell(room.anna, "/settings")
    for button in ("发现以后", "群内提醒"):
        await town.press(room.anna, button)
    await town.say(room.anna, room, SOLD)
    await town.until(lambda: len(room.posts()) == 3, "a hint")
    for _ in range(2):
        town.at(9, days=1)
        await town.say(room.anna, room, RECEIPT)
    said = [call for call in room.calls("sendMessage") if call.ok]
    assert [call.parameters["text"][:2] for call in said] == ["大家", "说明", "提醒"]
    assert "主动发言：3 次，上限 3 次" in await town.tell(room.anna, "/status")
    town.at(9, days=6)
    await town.say(room.anna, room, RECEIPT + "！")
    await town.until(lambda: room.posts()[-1].text.startswith("提醒"), "a hint in the week after")

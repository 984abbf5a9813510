"""Scenes of the office that looks at what was suspected: one tap takes a wrong one back everywhere."""

from bot.core.group import Response
from tests.scenes.town import RECEIPT, SOLD


async def test_a_wrong_finding_is_taken_back_everywhere_by_one_tap_and_can_be_restored(town):
    room = await town.watched(Response.QUIET_SIGN)
    await town.open(room.anna)
    await town.say(room.anna, room, RECEIPT)
    await town.until(room.reactions, "a sign")
    await town.tell(town.clerk, "/review")
    shown = town.clerk.sees(town.clerk.private)[-1]
    assert all(words in shown.text for words in ("前柏村工作群", "疑似", RECEIPT, "依据"))
    assert shown.buttons[0] == ("判断有误", "下一条")
    answer = await town.press(town.clerk, "判断有误")
    assert answer.text == "已撤销，各处同步更正。"
    await town.until(lambda: not room.reactions(), "the sign to go")
    assert "finding.receipt" not in await room.counts()
    assert "疑似 0 项" in await town.tell(room.anna, "/status")
    assert "撤销：判断有误" in await town.tell(room.anna, "/mine")
    assert (await town.press(town.clerk, "恢复")).text == "已恢复。"
    assert (await room.counts())["finding.receipt"] == 1
    assert "撤销" not in await town.tell(room.anna, "/mine")


async def test_a_hint_in_the_group_goes_when_it_was_wrong(town):
    room = await town.watched(Response.GROUP_HINT)
    await town.say(room.anna, room, RECEIPT)
    await town.until(lambda: len(room.posts()) == 2, "a hint")
    await town.tell(town.clerk, "/review")
    await town.press(town.clerk, "判断有误")
    await town.until(lambda: len(room.posts()) == 1, "the hint to go")


async def test_a_hint_that_waits_for_the_morning_is_never_said_when_it_was_wrong(town):
    room = await town.watched(Response.GROUP_HINT)
    town.at(22)
    await town.say(room.anna, room, "各村每晚轮流值班，今晚先把名单报上来")
    found = await room.findings()
    assert found
    for _ in found:
        await town.tell(town.clerk, "/review")
        await town.press(town.clerk, "判断有误")
    town.at(9, days=1)
    await town.tell(town.clerk, "/help")
    assert len(room.posts()) == 1


async def test_how_often_a_category_was_right_is_shown_from_the_marks(town):
    room = await town.watched()
    for number in range(5):
        await town.say(room.anna, room, f"{SOLD}，第{number}批")
    await town.tell(town.clerk, "/review")
    await town.press(town.clerk, "判断有误")
    await town.press(town.clerk, "各类准确情况")
    marks = town.clerk.reads(town.clerk.private)[-1]
    assert "共 5 条，标为误判 1 条，准确率 80%" in marks
    assert "不用于比较单位或个人" in marks


async def test_only_the_office_may_look_or_mark_at_the_moment_of_the_press(town):
    room = await town.watched()
    guest = town.world.user("借调")
    await town.clerk.add(town.office, guest)
    await town.clerk.promote(town.office, guest, "delete_messages")
    await town.say(room.anna, room, RECEIPT)
    assert "只给管理机器人的单位看" in await town.tell(room.anna, "/review")
    assert RECEIPT in await town.tell(guest, "/review")
    await town.clerk.demote(town.office, guest)
    refused = await town.press(guest, "判断有误")
    assert "只给管理机器人的单位看" in refused.text
    assert (await room.counts())["finding.receipt"] == 1


async def test_a_private_hint_that_was_wrong_is_withdrawn_from_its_reader(town):
    room = await town.watched(Response.PRIVATE_HINT)
    await town.open(room.bo)
    await town.say(room.bo, room, RECEIPT)
    await town.until(lambda: room.bo.reads(room.bo.private)[-1].startswith("您 "), "a hint")
    await town.tell(town.clerk, "/review")
    await town.press(town.clerk, "判断有误")
    gone = lambda: not any(text.startswith("您 ") for text in room.bo.reads(room.bo.private))  # noqa: E731
    await town.until(gone, "the hint to go")
    assert "已撤回" in room.bo.reads(room.bo.private)[-1]

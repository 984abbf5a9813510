"""Scenes of /report in private over HTTP: the screens of the reporter, the group and the office asserted apart."""

import re

import pytest

from bot.core.reports import receipt_read
from storage.tables.outbox import outbox
from storage.tables.person import people
from tests.scenes.town import SOLD

DEMAND = "请各村每天给领导的视频点赞转发并截图"


def screen(person):
    """The newest thing that the bot said to somebody in private."""
    return person.reads(person.private)[-1]


def receipt_of(person):
    """The receipt as it stands on the screen."""
    return re.search(r"[0-9]{4}(?: [0-9]{4}){3}", screen(person))[0]


async def held(town):
    """The reports that wait for the next batch."""
    async with town.runtime.store.begin() as work:
        return await work.reports.held()


async def rows(town, table):
    """How many rows a table has."""
    async with town.runtime.store.begin() as work:
        return len((await work.outbox.session.run(table.select())).all())


async def shown(town, person, text):
    """Wait until somebody sees a text in private."""
    await town.until(lambda: text in screen(person), f"{text} in private")
    return screen(person)


async def reported(town, person, words=SOLD, kind="摊派"):
    """Somebody reports in private; returns the receipt."""
    await town.tell(person, "/report")
    await town.tell(person, words)
    await town.press(person, kind)
    await shown(town, person, "记下了")
    return receipt_of(person)


async def test_a_report_is_made_with_three_touches_and_leaves_nothing_of_the_reporter(town):
    room = await town.watched()
    before = [await rows(town, table) for table in (people, outbox)]
    desk, seen = town.clerk.reads(town.office), room.anna.sees(room.place)
    assert "只给整治办看" in await town.tell(room.bo, "/report")
    assert "哪一类" in await town.tell(room.bo, SOLD)
    first = next(row for one in reversed(room.bo.sees(room.bo.private)) for row in one.buttons)
    assert len(first) == 1
    assert first[0].startswith("像是：")
    await town.press(room.bo, "像是")
    await shown(town, room.bo, "记下了")
    digits = receipt_of(room.bo)
    (report,) = await held(town)
    assert (report.words, report.group_id, report.known, report.open_handed) == (SOLD, None, "", False)
    assert report.receipt == town.runtime.vault.digest("receipt", receipt_read(digits))
    assert [await rows(town, table) for table in (people, outbox)] == before
    assert town.clerk.reads(town.office) == desk
    assert [one.text for one in room.anna.sees(room.place)] == [one.text for one in seen]

    await town.press(room.bo, "我已存好回执")
    await shown(town, room.bo, "回执已从这条消息里去掉")
    assert not any(digits in text for text in room.bo.reads(room.bo.private))
    await town.press(room.bo, "清空这段对话")
    await town.until(lambda: room.bo.reads(room.bo.private) == [], "an empty chat")
    assert [await rows(town, table) for table in (people, outbox)] == before


@pytest.mark.parametrize("way", ["link", "button"])
async def test_a_link_and_the_button_of_the_greeting_lead_there_too(way, town):
    bo = town.world.user("波")
    if way == "link":
        before = [await rows(town, table) for table in (people, outbox)]
        await bo.start("report")
    else:
        await town.tell(bo, "/start")
        before = [await rows(town, table) for table in (people, outbox)]
        await town.press(bo, "反映负担")
    await shown(town, bo, "只给整治办看")
    await town.tell(bo, SOLD)
    await town.press(bo, "摊派")
    await shown(town, bo, "记下了")
    assert [await rows(town, table) for table in (people, outbox)] == before


async def test_a_forwarded_message_is_found_by_its_time_and_kind(town):
    room = await town.watched()
    order = await town.say(room.anna, room, SOLD)
    assert await room.categories() == ["apportion"]
    town.world.clock.advance(seconds=90)
    await town.tell(room.bo, "/report")
    await room.bo.forward(order, room.bo.private, hidden=True)
    assert "已按消息的时间找到，不用再选" in await shown(town, room.bo, "哪一类")
    assert "前柏村" not in screen(room.bo)
    await town.press(room.bo, "像是")
    await shown(town, room.bo, "记下了")
    group = await room.row()
    (report,) = [each for each in await held(town) if each.group_id == group.id]
    assert (report.message_id, report.category.value) == (order.message_id, "apportion")


async def test_a_forward_that_is_not_found_asks_for_the_group_which_is_chosen_or_not(town):
    room = await town.watched()
    elsewhere = town.world.group("别的群", owner=room.bo)
    order = await room.bo.say(elsewhere, DEMAND)
    await town.tell(room.bo, "/report")
    await room.bo.forward(order, room.bo.private)
    await shown(town, room.bo, "在哪个群里")
    await town.press(room.bo, "选一个群")
    await shown(town, room.bo, "请点下面的键")
    key = next(post for post in reversed(room.bo.finds(room.bo.private)) if post.keyboard)
    await room.bo.share_chat(key, "选一个群", room.place)
    assert "您选的群" in await shown(town, room.bo, "哪一类")
    await town.press(room.bo, "投票、点赞")
    await shown(town, room.bo, "记下了")
    (report,) = [each for each in await held(town) if each.words == DEMAND]
    assert report.group_id == (await room.row()).id
    assert report.message_id is None


async def test_a_pasted_link_names_the_message_and_tells_nothing_of_the_group(town):
    room = await town.watched()
    order = await town.say(room.anna, room, SOLD)
    number = str(room.place.id).removeprefix("-100")
    await town.tell(room.bo, "/report")
    ours = await town.tell(room.bo, f"https://t.me/c/{number}/{order.message_id}")
    stranger = town.world.user("丁")
    await town.tell(stranger, "/report")
    assert await town.tell(stranger, "https://t.me/c/1234567890/12") == ours
    await town.press(room.bo, "摊派")
    await shown(town, room.bo, "记下了")
    group = await room.row()
    (report,) = [each for each in await held(town) if each.group_id == group.id]
    assert (report.message_id, report.place) == (order.message_id, "")
    await town.press(stranger, "摊派")
    await shown(town, stranger, "记下了")
    assert [each.place for each in await held(town) if each.place] == ["https://t.me/c/1234567890/12"]


async def test_a_secret_is_not_taken_and_twice_on_one_day_counts_once(town):
    bo = town.world.user("波")
    await town.tell(bo, "/report")
    assert "涉密" in await town.tell(bo, "【机密】关于防汛物资调拨的通知")
    await town.tell(bo, "每天转发领导讲话")
    await town.press(bo, "投票、点赞")
    await shown(town, bo, "记下了")
    count = len(await held(town))
    await town.tell(bo, "/report")
    assert "还没有确认存好" in screen(bo)
    await town.tell(bo, "每天转发领导讲话")
    answer = await town.press(bo, "投票、点赞")
    assert "今天已经反映过" in answer.text
    assert len(await held(town)) == count


async def test_one_person_can_report_so_often_and_then_later_again(town):
    bo = town.world.user("波")
    for number in range(town.runtime.policy.reports_per_hour):
        await reported(town, bo, f"要转发第{number}个视频", "投票、点赞")
        await town.press(bo, "我已存好回执")
    await town.tell(bo, "/report")
    await town.tell(bo, "要转发又一个视频")
    assert "一小时内" in (await town.press(bo, "投票、点赞")).text
    town.world.clock.advance(minutes=25)
    await town.press(bo, "谁看得到什么")
    town.world.clock.advance(minutes=25)
    await town.press(bo, "返回")
    town.world.clock.advance(minutes=15)
    await town.press(bo, "投票、点赞")
    await shown(town, bo, "记下了")


async def test_who_can_see_what_is_said_at_the_report_and_in_privacy(town):
    bo = town.world.user("波")
    for way in ("/report", "/privacy"):
        await town.tell(bo, way)
        await town.press(bo, "谁看得到什么")
        page = await shown(town, bo, "反映以后，谁看得到什么")
        assert all(words in page for words in ("端到端", "当天的密钥", "您的手机", "什么都看不到", "管机器人的人"))
        assert "本单位" not in page


async def test_whoever_turns_to_something_else_is_no_longer_heard_as_a_reporter(town):
    bo = town.world.user("波")
    before = len(await held(town))
    await town.tell(bo, "/report")
    await town.tell(bo, "/check")
    assert "如果现在发出去" in await town.tell(bo, SOLD)
    assert len(await held(town)) == before


async def test_nothing_is_kept_when_one_stops(town):
    bo = town.world.user("波")
    before = len(await held(town))
    await town.tell(bo, "/report")
    await town.tell(bo, SOLD)
    await town.press(bo, "先不反映")
    await shown(town, bo, "什么都没有记")
    assert len(await held(town)) == before

"""Scenes of the receipt over HTTP: state, talk, withdrawing, being known; the office's screens beside it."""

from dataclasses import replace

from bot.core.case_moves import CaseState
from bot.core.reports import Note, ReportState, receipt_read
from bot.jobs import reports as job
from bot.services.reports import number
from storage.tables.outbox import outbox
from storage.tables.person import people
from tests.scenes.test_reports import reported, rows, screen, shown


async def report_of(town, receipt):
    """The report of a receipt as it is stored."""
    async with town.runtime.store.begin() as work:
        return await work.reports.of_receipt(town.runtime.vault.digest("receipt", receipt_read(receipt)))


async def batch(town, hour):
    """The office's batch of an hour."""
    town.at(hour, 1)
    await job.run(town.runtime, town.now)
    await town.settled()


async def case_is(town, receipt, state, **fields):
    """The case of a report comes to a state."""
    report = await report_of(town, receipt)
    async with town.runtime.store.begin() as work:
        case = await work.cases.get(report.case_id)
        await work.cases.update(replace(case, state=state, **fields))
        await work.commit()


async def asks(town, receipt, words):
    """The office asks a question by way of the receipt."""
    report = await report_of(town, receipt)
    async with town.runtime.store.begin() as work:
        await work.reports.say(Note(number(), report.id, town.now.date(), words, from_office=True))
        await work.commit()


async def test_the_office_sees_a_batch_and_the_receipt_tells_how_it_goes_from_any_account(town):
    bo, other = town.world.user("波"), town.world.user("丁")
    receipt = await reported(town, bo, "要我们转发第一个视频", "投票、点赞")
    desk = town.clerk.reads(town.office)
    assert "收到了，等整治办下一步" in await town.tell(other, receipt)
    assert town.clerk.reads(town.office) == desk
    await batch(town, 11)
    await town.until(lambda: "新收到反映" in town.clerk.reads(town.office)[-1], "the post at the desk")
    post = town.clerk.reads(town.office)[-1]
    assert "/cases" in post
    assert not any(word in post for word in ("波", "视频", "投票", str(bo.id)))
    for state, words in (
        (CaseState.UNDER_CHECK, "正在核实"),
        (CaseState.SENT, "已经问了"),
        (CaseState.ANSWERED, "已经问了"),
    ):
        await case_is(town, receipt, state)
        assert words in await town.tell(other, receipt.replace(" ", "-"))
    await case_is(town, receipt, CaseState.CLOSED, outcome=CaseState.CLEARED)
    page = await town.tell(other, receipt)
    assert "办结" in page
    assert "不能认定" in page
    assert "要我们转发第一个视频" in page


async def test_the_office_asks_and_is_answered_through_the_receipt(town):
    bo = town.world.user("波")
    receipt = await reported(town, bo, "要我们转发第二个视频", "投票、点赞")
    before = [await rows(town, table) for table in (people, outbox)]
    await asks(town, receipt, "是哪个平台的视频？")
    assert [text for text in bo.reads(bo.private) if "哪个平台" in text] == []  # nothing is sent unasked
    page = await town.tell(bo, receipt)
    assert "整治办：是哪个平台的视频？" in page
    assert "整治办在等您的答复" in page
    assert "补上了" in await town.tell(bo, "是某短视频平台")
    page = await town.tell(bo, receipt)
    assert page.index("是哪个平台的视频") < page.index("是某短视频平台")
    assert "整治办在等您的答复" not in page
    report = await report_of(town, receipt)
    async with town.runtime.store.begin() as work:
        notes = {note.words: note.held for note in await work.reports.talk(report.id)}
    assert notes == {"是哪个平台的视频？": False, "是某短视频平台": True}
    assert [await rows(town, table) for table in (people, outbox)] == before
    await batch(town, 11)
    await town.until(lambda: "补充或答复 1 条" in town.clerk.reads(town.office)[-1], "the post at the desk")
    assert "某短视频平台" not in town.clerk.reads(town.office)[-1]


async def test_a_note_is_added_at_once_or_later(town):
    bo = town.world.user("波")
    receipt = await reported(town, bo, "要我们转发第三个视频", "投票、点赞")
    await town.press(bo, "补充一句")
    await shown(town, bo, "请写下要补充的话")
    assert "补上了" in await town.tell(bo, "每天都要")
    assert "每天都要" in await town.tell(bo, receipt)
    await town.press(bo, "补充一句")
    await shown(town, bo, "请写下要补充的话")
    await town.tell(bo, "周末也要")
    page = await town.tell(bo, receipt)
    assert "每天都要" in page
    assert "周末也要" in page


async def test_withdrawing_asks_once_more_and_leaves_no_word(town):
    bo = town.world.user("波")
    receipt = await reported(town, bo, "要我们转发第四个视频", "投票、点赞")
    await town.tell(bo, receipt)
    await town.press(bo, "撤回")
    await shown(town, bo, "要撤回吗")
    await town.press(bo, "返回")
    await shown(town, bo, "要我们转发第四个视频")
    await town.press(bo, "撤回")
    await shown(town, bo, "要撤回吗")
    await town.press(bo, "确定撤回")
    await shown(town, bo, "已经撤回")
    report = await report_of(town, receipt)
    assert (report.state, report.words) == (ReportState.WITHDRAWN, "")
    assert "已经撤回" in await town.tell(bo, receipt)
    await reported(town, bo, "要我们转发第四个视频", "投票、点赞")  # and it may be told anew


async def test_being_known_is_asked_once_more_and_can_be_taken_back(town):
    bo = town.world.user("波", username="bo_of_the_village")
    receipt = await reported(town, bo, "要我们转发第五个视频", "投票、点赞")
    await town.press(bo, "让整治办知道我是谁")
    assert "波 @bo_of_the_village" in await shown(town, bo, "整治办会看到")
    assert (await report_of(town, receipt)).known == ""
    await town.press(bo, "确定，让整治办知道")
    await shown(town, bo, "整治办会看到您是谁")
    assert (await report_of(town, receipt)).known == "波 @bo_of_the_village"
    await town.tell(bo, receipt)
    await town.press(bo, "不再署名")
    await town.settled()
    assert (await report_of(town, receipt)).known == ""


async def test_wrong_receipts_are_told_alike_and_limited(town):
    bo, other = town.world.user("波"), town.world.user("丁")
    receipt = await reported(town, other, "要我们转发第六个视频", "投票、点赞")
    before = [await rows(town, table) for table in (people, outbox)]
    for each in range(10):
        assert "没有这个回执" in await town.tell(bo, f"123456781234{each:04}")
    assert "试得太多了" in await town.tell(bo, receipt)  # a right one tells no more by then
    assert "试得太多了" in await town.tell(bo, "1234 5678 1234 9999")
    assert [await rows(town, table) for table in (people, outbox)] == before
    town.world.clock.advance(minutes=61)
    assert "要我们转发第六个视频" in await town.tell(bo, receipt)
    assert "第六个视频" in screen(bo)

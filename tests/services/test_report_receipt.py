"""What a receipt shows of the case: how far it has come, once nobody can take the step back any more."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.case_screens import COARSE
from bot.core.cases import UNDO_WITHIN
from bot.core.reports import LONGEST, ReportState
from bot.render.messages import plain_of
from bot.services import report_receipt
from bot.texts import Catalogue
from tests.services.case_room import NOW, Play
from tests.storage.make_values import FULL_FINDING

NUMBER = 7_000_000_001


def shown(play):
    async def read():
        async with play.store.begin() as work:
            report = await work.reports.get(NUMBER)
            return await report_receipt.page(work, play.room.office, report, "zh-Hans", play.now)

    words = Catalogue.load("zh-Hans")
    return "\n".join(plain_of(part, words) for part in asyncio.run(read()).parts)


@pytest.mark.parametrize("state", CaseState)
def test_a_reporter_is_told_how_far_it_is(state):
    play = Play.of(state)
    play.report(NUMBER)
    assert Catalogue.load("zh-Hans")(f"report.state.{COARSE[state]}") in shown(play)


def test_a_report_that_waits_for_its_batch_is_received():
    play = Play.of(CaseState.CONFIRMED)
    play.report(NUMBER)
    held = replace(play.store.tables.reports[NUMBER], state=ReportState.HELD, case_id=None)
    play.run(lambda work: work.reports.update(held))
    assert "收到了" in shown(play)


def test_what_the_office_can_still_take_back_is_not_shown():
    play = Play.of(CaseState.ANSWERED)
    play.report(NUMBER)
    before = shown(play)
    play.step(Step.CONFIRM, "属实")
    assert shown(play) == before
    play.now += UNDO_WITHIN
    assert "已经查实" in shown(play)
    assert "属实" not in shown(play)


@pytest.mark.parametrize(
    ("state", "lines", "waits"),
    [
        pytest.param(CaseState.UNDER_CHECK, [("问", True)], True, id="asked"),
        pytest.param(CaseState.UNDER_CHECK, [("补", False), None, ("问", True)], True, id="asked after a note"),
        pytest.param(CaseState.UNDER_CHECK, [("问", True), ("答", False)], False, id="answered on the same day"),
        pytest.param(CaseState.UNDER_CHECK, [("问", True), None, ("答", False)], False, id="answered later"),
        pytest.param(CaseState.CLOSED, [("问", True)], False, id="closed"),
    ],
)
def test_an_answer_is_awaited_until_it_may_have_come_or_the_case_is_closed(state, lines, waits):
    play = Play.of(state)
    play.report(NUMBER)
    for line in lines:
        if line is None:
            play.later(days=1)
        else:
            play.say(NUMBER, line[0], from_office=line[1])
    text = shown(play)
    assert ("在等您的答复" in text) is waits
    if ("答", False) in lines:
        assert text.index("：问") < text.index("：答")


def test_the_last_of_a_long_talk_is_shown_and_the_page_fits_one_message():
    play = Play.of()
    play.report(NUMBER, place="地" * LONGEST, known="名" * 100)
    play.store.tables.reports[NUMBER] = replace(play.store.tables.reports[NUMBER], words="话" * LONGEST)
    for number in range(30):
        play.say(NUMBER, f"{number}" + "问" * (LONGEST - 2), from_office=True)
        play.later(days=1)
    text = shown(play)
    assert "29问" in text
    assert "28问" not in text
    assert "29 条" in text
    assert len(text) <= 4_096


def test_a_clearing_that_is_undone_gives_its_findings_back():
    play = Play.of(CaseState.ANSWERED, findings=1, opened_on=NOW.date())

    play.run(lambda work: work.findings.add([replace(FULL_FINDING, group_id=play.group_id, at=NOW)]))
    play.now += timedelta(minutes=1)
    play.step(Step.CLEAR, "不能认定")
    assert [each.marked_wrong_at for each in play.store.tables.findings.values()] == [play.now]
    play.now += timedelta(minutes=10)
    play.undo()
    assert [each.marked_wrong_at for each in play.store.tables.findings.values()] == [None]

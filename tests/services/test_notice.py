"""A notice tells what was confirmed or put right, in the office's own words, and nothing that is open or disputed."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core import cases
from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Clearing, Deed, Shown, Terms
from bot.core.changes import Role
from bot.core.model import Category
from bot.core.notice import Told
from bot.core.periods import Per, period_of
from bot.core.policy import Policy
from bot.services.notice import gather_notice, make_notice
from tests.fakes import InMemoryStore
from tests.handlers.stage import SHANGHAI

QUARTER = period_of(Per.QUARTER, date(2026, 3, 11))
START = datetime(2026, 2, 2, 10, tzinfo=SHANGHAI)
LATER = datetime(2026, 4, 8, 10, tzinfo=SHANGHAI)
CHARGE, REASON = "要求逐一回复“收到”", "情况属实"
DECIDED = (Step.TAKE, Step.SEND, Step.ANSWER)


async def played(work, *steps: Step, start: datetime = START, **fields) -> Case:
    """A case after some steps, one a day, each with words that say whose they are."""
    case = await work.cases.add(Case(Category.RECEIPT, start.date(), start.date(), **fields))
    for number, step in enumerate(steps):
        at = start + timedelta(days=number)
        by = Role.UNIT_CONTACT if step in {Step.ANSWER, Step.OBJECT} else Role.OFFICE
        words = {Step.SEND: CHARGE, Step.ANSWER: "单位的说明", Step.OBJECT: "单位的异议"}.get(step, REASON)
        clearing = Clearing.NOTICE if step is Step.CLEAR else None
        deed = Deed(step, by, at, at.date() if step is not Step.CLOSE else date(2026, 4, 1), words, clearing)
        after, event = cases.done(case, deed, Terms(), lambda day: day.weekday() < 5)
        await work.cases.record(case.id, event, case)
        await work.cases.update(after)
        case = after
    return case


def noticed(prepare, now: datetime = LATER, make=gather_notice):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            await prepare(work)
            found = await make(work, Policy(), SHANGHAI, QUARTER, {}, now)
            return found, await work.cases.in_states(frozenset(CaseState)), [*work.tables.changes.values()]

    return asyncio.run(go())


def test_confirmed_and_corrected_cases_are_told_in_the_offices_words_alone():
    async def prepare(work):
        await played(work, *DECIDED, Step.CONFIRM, Step.CLOSE)
        await played(work, *DECIDED, Step.CORRECT)

    notice, _, _ = noticed(prepare)
    day = date(2026, 2, 5)
    assert notice.confirmed == [Told(1, Category.RECEIPT, day, CHARGE, REASON)]
    assert notice.examples == [Told(2, Category.RECEIPT, day, CHARGE, REASON)]
    assert "单位的" not in repr(notice)


@pytest.mark.parametrize(
    ("steps", "now"),
    [
        pytest.param(DECIDED, LATER, id="not decided"),
        pytest.param((*DECIDED, Step.CONFIRM), START + timedelta(days=5), id="the unit may still object"),
        pytest.param((*DECIDED, Step.CONFIRM, Step.OBJECT), LATER, id="disputed"),
        pytest.param((*DECIDED, Step.CORRECT, Step.OBJECT), LATER, id="a corrected one that is disputed"),
        pytest.param((*DECIDED, Step.CONFIRM, Step.CLEAR), LATER, id="cleared"),
        pytest.param((*DECIDED, Step.CONFIRM, Step.CLOSE, Step.REOPEN), LATER, id="reopened"),
    ],
)
def test_what_is_open_disputed_or_cleared_is_never_told(steps, now):
    async def prepare(work):
        await played(work, *steps)

    notice, found, _ = noticed(prepare, now, make_notice)
    assert (notice.confirmed, notice.examples) == ([], [])
    assert Shown.NOTICE not in found[0].shown


def test_a_decision_on_an_objection_is_told_with_its_own_reason():
    async def prepare(work):
        await played(work, *DECIDED, Step.CONFIRM, Step.OBJECT, Step.CONFIRM)

    assert len(noticed(prepare)[0].confirmed) == 1


def test_what_was_decided_in_another_quarter_stands_in_that_ones_notice():
    async def prepare(work):
        await played(work, *DECIDED, Step.CONFIRM, Step.CLOSE, start=START - timedelta(days=60))

    assert noticed(prepare)[0].confirmed == []


def test_words_that_are_sealed_off_are_counted_and_not_told():
    async def prepare(work):
        case = await played(work, *DECIDED, Step.CONFIRM, Step.CLOSE)
        await work.cases.update(replace(case, sealed_off=True))

    notice, _, _ = noticed(prepare)
    assert (notice.confirmed, notice.wordless) == ([], 1)


def test_making_a_notice_is_noted_once_on_its_cases_and_in_the_log():
    async def prepare(work):
        await played(work, *DECIDED, Step.CONFIRM)
        await played(work, *DECIDED)
        await make_notice(work, Policy(), SHANGHAI, QUARTER, {}, LATER)

    _, found, logged = noticed(prepare, make=make_notice)
    assert [each.shown for each in found] == [{Shown.UNIT, Shown.NOTICE}, {Shown.UNIT}]
    assert [(each.noun, each.noun_id, each.after, each.reason) for each in logged] == [
        ("case", 1, {"shown": "notice"}, "2026-Q1")
    ]

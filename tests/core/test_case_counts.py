"""The counts of cases: one a case, its last decision, and what is owed beyond its day by whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.case_counts import CaseCounts, counted
from bot.core.case_moves import CaseState, Step, move_of
from bot.core.cases import Case, Event
from bot.core.changes import Role
from bot.core.model import Category

DAY = date(2026, 3, 16)
NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


def steps(*made: Step, case_id: int = 1):
    return [
        (case_id, Event(step, Role.OFFICE, CaseState.SUSPECTED, move_of(step).target, NOON + timedelta(hours=n)))
        for n, step in enumerate(made)
    ]


@pytest.mark.parametrize(
    ("made", "counts"),
    [
        pytest.param([Step.TAKE, Step.SEND], CaseCounts(sent=1), id="sent"),
        pytest.param([Step.SEND, Step.ANSWER, Step.SEND], CaseCounts(sent=1), id="sent twice is one case"),
        pytest.param([Step.CORRECT, Step.CLOSE], CaseCounts(corrected=1), id="corrected and closed"),
        pytest.param([Step.CONFIRM, Step.OBJECT], CaseCounts(), id="an objection stands against a decision"),
        pytest.param([Step.CONFIRM, Step.OBJECT, Step.CLEAR], CaseCounts(cleared=1), id="the last decision counts"),
        pytest.param([Step.CLEAR, Step.REOPEN], CaseCounts(), id="reopened"),
    ],
)
def test_a_case_counts_once_and_by_its_last_decision(made, counts):
    assert counted(0, steps(*made), (), DAY) == counts


def test_two_cases_are_two():
    assert counted(5, [*steps(Step.CONFIRM), *steps(Step.CONFIRM, case_id=2)], (), DAY) == CaseCounts(5, confirmed=2)


@pytest.mark.parametrize("state", CaseState)
def test_what_is_owed_beyond_its_day_is_told_by_who_owes_it(state):
    case = Case(Category.RANKING, DAY, DAY, state, due=DAY - timedelta(days=1))
    found = counted(0, (), [case, replace(case, due=DAY)], DAY)
    office = state in {CaseState.SUSPECTED, CaseState.UNDER_CHECK, CaseState.ANSWERED}
    assert (found.unit_late, found.office_late) == (int(state is CaseState.SENT), int(office))
    assert found.late is bool(found.unit_late or found.office_late)
    assert not found.moved

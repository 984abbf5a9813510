"""The moves of a case: every state, step and role as the table says, days by the calendar, and what always holds."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.case_moves import DECIDED, DONE, MOVES, CaseState, Guard, Move, Step, move_of
from bot.core.cases import (
    LONGEST,
    UNDO_WITHIN,
    Case,
    Clearing,
    Deed,
    Shown,
    Terms,
    done,
    opened,
    possible,
    undo,
    working_days_later,
)
from bot.core.changes import Role
from bot.core.errors import CaseRefused
from bot.core.model import Category
from bot.core.worktime import WorkingHours
from bot.services.places import OfficeTime
from config.calendar import load_calendar
from tests.handlers.stage import SHANGHAI

DOCUMENT = Path(__file__).parents[2] / "ARCHITECTURE.md"
WORKS = OfficeTime(load_calendar(None), WorkingHours(), SHANGHAI).works
THURSDAY = datetime(2026, 2, 12, 10, tzinfo=SHANGHAI)
"""Two working days before the Spring Festival: 13 and 14 February (a make-up Saturday), then rest until the 23rd."""
TODAY = THURSDAY.date()


def case_in(state: CaseState, *, overdue: bool = False) -> Case:
    due = None if state in DONE else TODAY + timedelta(days=-1 if overdue else 5)
    outcome = state if state in DECIDED else CaseState.CONFIRMED if state is CaseState.CLOSED else None
    clearing = Clearing.WRITTEN if state is CaseState.CLEARED else None
    return Case(Category.RANKING, TODAY, TODAY, state, due=due, outcome=outcome, clearing=clearing)


def deed(step: Step, role: Role = Role.OFFICE, at: datetime = THURSDAY, words: str = "理由") -> Deed:
    clearing = Clearing.IN_PERSON if step is Step.CLEAR else None
    return Deed(step, role, at, at.date(), words, clearing)


def expected(move: Move, state: CaseState, role: Role, *, overdue: bool) -> str | CaseState:
    """What the table says: the reason of a refusal, or where the move leads."""
    if role not in move.by:
        return "not_yours"
    if state not in move.sources:
        return "state"
    guards = [guard for source, guard in move.guards if source is state]
    if guards and not overdue:
        return {Guard.OVERDUE: "not_overdue", Guard.OBJECTION_OVER: "may_object"}[guards[0]]
    return move.target


def tried(case: Case, made: Deed) -> str | CaseState:
    try:
        return done(case, made, Terms(), WORKS)[0].state
    except CaseRefused as refused:
        return refused.reason


@pytest.mark.parametrize("overdue", [False, True], ids=["in time", "overdue"])
@pytest.mark.parametrize(("state", "step", "role"), [*product(CaseState, Step, Role)])
def test_every_step_from_every_state_by_everybody_is_as_the_table_says(state, step, role, overdue):
    case = case_in(state, overdue=overdue)
    said = expected(move_of(step), state, role, overdue=overdue and case.due is not None)
    assert tried(case, deed(step, role)) == said
    assert (step in possible(case, role, TODAY)) is isinstance(said, CaseState)


def test_the_table_has_one_row_for_each_step_and_nobody_but_office_and_unit_moves_a_case():
    assert [move.step for move in MOVES] == list(Step)
    assert {role for move in MOVES for role in move.by} == {Role.OFFICE, Role.UNIT_CONTACT}
    assert all({source for source, _ in move.guards} <= move.sources for move in MOVES)


def test_every_state_can_be_reached_and_left():
    assert {move.target for move in MOVES} | {CaseState.SUSPECTED} == {*CaseState}
    assert {source for move in MOVES for source in move.sources} == {*CaseState}


def _row(move: Move) -> list[str]:
    """A move as a row of the documentation."""
    sources = ", ".join(state for state in CaseState if state in move.sources)
    only = "; ".join(f"from {state}: {guard}" for state, guard in move.guards)
    needs = "words and the way" if move.step is Step.CLEAR else "words" if move.words else "–"
    by = ", ".join(role for role in Role if role in move.by)
    return [f"`{move.step}`", by, sources, move.target.value, needs, only or "–"]


def test_the_documentation_has_the_same_table_row_by_row():
    lines = DOCUMENT.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| step | by |")) + 2
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start : start + len(MOVES)]]
    assert rows == [_row(move) for move in MOVES]
    assert not lines[start + len(MOVES)].startswith("|")


@pytest.mark.parametrize("move", [move for move in MOVES if move.words], ids=lambda move: move.step)
@pytest.mark.parametrize(("words", "reason"), [("", "words"), (" \n", "words"), ("字" * (LONGEST + 1), "long")])
def test_what_needs_words_is_refused_without_them_and_with_too_many(move, words, reason):
    case = case_in(next(state for state in CaseState if state in move.sources), overdue=True)
    assert tried(case, deed(move.step, Role.OFFICE, words=words)) == reason


@pytest.mark.parametrize("state", [state for state in CaseState if state in move_of(Step.CLEAR).sources])
def test_a_clearing_says_how(state):
    made = replace(deed(Step.CLEAR), clearing=None)
    assert tried(replace(case_in(state), shown=frozenset({Shown.UNIT})), made) == "clearing"
    assert tried(case_in(state), made) is CaseState.CLEARED, "nobody was told of it"
    after, event = done(case_in(state), deed(Step.CLEAR), Terms(), WORKS)
    assert after.clearing is event.clearing is Clearing.IN_PERSON


@pytest.mark.parametrize(
    ("days", "due"),
    [
        pytest.param(0, "2026-02-12", id="none"),
        pytest.param(1, "2026-02-13", id="the next day"),
        pytest.param(2, "2026-02-14", id="a make-up Saturday is worked"),
        pytest.param(3, "2026-02-24", id="nine days of the festival do not count"),
        pytest.param(7, "2026-02-28", id="another make-up Saturday"),
        pytest.param(8, "2026-03-02", id="a Sunday does not count"),
    ],
)
def test_terms_are_working_days_of_the_official_calendar(days, due):
    assert working_days_later(TODAY, days, WORKS).isoformat() == due


@pytest.mark.parametrize(
    ("state", "step", "due"),
    [
        pytest.param(CaseState.SUSPECTED, Step.TAKE, "2026-03-04", id="ten days to check"),
        pytest.param(CaseState.UNDER_CHECK, Step.SEND, "2026-03-04", id="ten days to answer"),
        pytest.param(CaseState.SENT, Step.ANSWER, "2026-03-04", id="ten days to decide"),
        pytest.param(CaseState.ANSWERED, Step.CONFIRM, "2026-02-26", id="five days to object"),
        pytest.param(CaseState.ANSWERED, Step.CORRECT, "2026-02-26", id="five days to object to that as well"),
        pytest.param(CaseState.SENT, Step.CLEAR, None, id="a cleared case owes nothing"),
    ],
)
def test_each_step_over_the_spring_festival_has_its_day(state, step, due):
    after, _ = done(case_in(state), deed(step), Terms(), WORKS)
    assert (after.due.isoformat() if after.due else None) == due
    assert opened(case_in(CaseState.SUSPECTED), Terms(), WORKS).due.isoformat() == "2026-02-26"


def test_a_day_that_is_owed_is_overdue_only_once_it_has_passed():
    case = replace(case_in(CaseState.SENT), due=TODAY)
    assert tried(case, deed(Step.CONFIRM)) == "not_overdue"
    assert tried(case, deed(Step.CONFIRM, at=THURSDAY + timedelta(days=1))) is CaseState.CONFIRMED


def test_a_step_of_the_office_is_taken_back_within_a_quarter_of_an_hour():
    former = case_in(CaseState.UNDER_CHECK)
    sent, event = done(former, deed(Step.SEND), Terms(), WORKS)
    meanwhile = replace(sent, reports=3, findings=7, unit_id=9, group_id=4)
    back = undo(meanwhile, event, former, THURSDAY + UNDO_WITHIN - timedelta(seconds=1))
    assert back == replace(former, reports=3, findings=7, unit_id=9, group_id=4)
    with pytest.raises(CaseRefused, match="undo_late"):
        undo(sent, event, former, THURSDAY + UNDO_WITHIN)


def test_a_notice_that_went_out_meanwhile_stays_told_after_an_undo():
    former = replace(case_in(CaseState.CONFIRMED, overdue=True), shown=frozenset({Shown.UNIT}))
    closed, event = done(former, deed(Step.CLOSE), Terms(), WORKS)
    noticed = replace(closed, shown=closed.shown | {Shown.NOTICE})
    assert undo(noticed, event, former, THURSDAY).shown == {Shown.UNIT, Shown.NOTICE}


def test_what_a_unit_did_or_was_undone_before_is_not_taken_back():
    former = case_in(CaseState.SENT)
    answered, event = done(former, deed(Step.ANSWER, Role.UNIT_CONTACT), Terms(), WORKS)
    for last, before in ((event, former), (None, None), (replace(event, by=Role.OFFICE, undone=True), former)):
        with pytest.raises(CaseRefused, match="no_undo"):
            undo(answered, last, before, THURSDAY)


DEEDS = st.tuples(
    st.sampled_from([*Step, None]),  # None takes the last step back
    st.sampled_from([Role.OFFICE, Role.OFFICE, Role.UNIT_CONTACT, Role.MEMBER]),
    st.integers(0, 60 * 24 * 30),
    st.sampled_from(["理由", "理由", ""]),
    st.sampled_from([None, *Clearing]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(DEEDS, max_size=25))
def test_no_sequence_of_deeds_breaks_what_is_promised(deeds):
    at = THURSDAY
    case = opened(Case(Category.RANKING, TODAY, TODAY), Terms(), WORKS)
    last = former = None
    for step, role, minutes, words, clearing in deeds:
        at += timedelta(minutes=minutes)
        before = case
        try:
            if step is None:
                case, last = undo(case, last, former, at), None
            else:
                case, last = done(case, Deed(step, role, at, at.date(), words, clearing), Terms(), WORKS)
                former = before
        except CaseRefused:
            assert case is before
            continue
        _holds(case)
        if step is Step.CONFIRM:
            assert before.heard or before.is_overdue(at.date())
        if step is Step.CLOSE:
            assert before.state is CaseState.CLEARED or before.is_overdue(at.date())


def _holds(case: Case) -> None:
    """What is true of a case after any number of steps."""
    assert (case.due is None) is (case.state in DONE)
    assert case.due is None or WORKS(case.due)
    assert (case.outcome is None) is (case.state not in DECIDED | {CaseState.CLOSED})
    assert case.state not in DECIDED or case.outcome is case.state
    assert case.clearing is None or case.outcome is CaseState.CLEARED
    assert case.outcome is not CaseState.CLEARED or case.clearing is not None or not case.shown
    assert case.outcome is not CaseState.CONFIRMED or Shown.UNIT in case.shown
    assert not case.objected or case.state in {CaseState.ANSWERED, CaseState.SENT}
    assert not case.heard or Shown.UNIT in case.shown

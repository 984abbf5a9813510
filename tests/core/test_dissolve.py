"""The end of a group: its stages, and the one question that is open on a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import dissolve
from bot.core.dissolve import GRACE, LifeStage, Terms, milestone, stage_of
from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType, Platform

END = date(2026, 6, 30)
TERMS = Terms()
PROJECT = LedgerObject(1, ObjectType.GROUP, Platform.TELEGRAM, "防汛专班", 1, GroupKind.PROJECT, end_date=END)
STANDING = replace(PROJECT, kind=GroupKind.STANDING, end_date=None)


def left(days: int) -> date:
    return END - timedelta(days=days)


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        pytest.param(left(15), None, id="fifteen days before: nothing"),
        pytest.param(left(14), "14", id="fourteen days before"),
        pytest.param(left(8), "14", id="eight days before the fourteen-day question is still the open one"),
        pytest.param(left(7), "7", id="a week before"),
        pytest.param(left(1), "1", id="the day before"),
        pytest.param(left(0), "0", id="on the day"),
        pytest.param(left(-7), "0", id="in the grace nothing new"),
        pytest.param(left(-8), GRACE, id="the grace is over: once more"),
        pytest.param(left(-900), GRACE, id="and never anything else"),
    ],
)
def test_each_step_before_and_after_the_end_has_its_question(today, asked):
    assert milestone(PROJECT, TERMS, today) == asked


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(STANDING, id="a standing group"),
        pytest.param(replace(PROJECT, end_date=None), id="a project group without an end"),
        pytest.param(replace(PROJECT, state=ObjectState.AWAITING), id="one that is being closed"),
        pytest.param(replace(PROJECT, state=ObjectState.DISSOLVED), id="one that is gone"),
        pytest.param(replace(PROJECT, object_type=ObjectType.APP), id="an app"),
    ],
)
def test_nobody_is_asked_about(row):
    assert milestone(row, TERMS, END) is None


@given(st.integers(-40, 40), st.sets(st.integers(0, 30)), st.integers(0, 20))
def test_a_bot_that_looks_every_day_asks_each_step_once_and_one_that_slept_only_the_latest(start, days, grace):
    terms = Terms(tuple(sorted(days, reverse=True)), grace)
    seen = [milestone(PROJECT, terms, END + timedelta(days=day)) for day in range(-40, 41)]
    steps = [step for step, before in zip(seen, [None, *seen], strict=False) if step is not None and step != before]
    assert steps == [*map(str, terms.prompt_days), GRACE]
    late = milestone(PROJECT, terms, END + timedelta(days=start))
    assert late is None or late in steps


@pytest.mark.parametrize(
    ("row", "today", "stage"),
    [
        pytest.param(PROJECT, left(30), LifeStage.RUNNING, id="running"),
        pytest.param(PROJECT, left(14), LifeStage.DUE, id="due from the first question on"),
        pytest.param(PROJECT, left(-7), LifeStage.DUE, id="still due in the grace"),
        pytest.param(PROJECT, left(-8), LifeStage.OVERDUE, id="overdue after the grace"),
        pytest.param(dissolve.extended(PROJECT, left(-90)), left(0), LifeStage.EXTENDED, id="extended"),
        pytest.param(dissolve.closing(PROJECT), left(0), LifeStage.AWAITING, id="awaiting the owner's word"),
        pytest.param(replace(PROJECT, state=ObjectState.MERGED), left(0), LifeStage.MERGED, id="merged"),
    ],
)
def test_a_group_has_come_as_far_as(row, today, stage):
    assert stage_of(row, TERMS, today) is stage


@pytest.mark.parametrize(
    ("row", "silent_since", "dormant"),
    [
        pytest.param(STANDING, left(59), False, id="silent for 59 days"),
        pytest.param(STANDING, left(60), True, id="silent for 60 days"),
        pytest.param(STANDING, None, False, id="not seen: silence is not evidence"),
        pytest.param(replace(STANDING, seasonal=True), left(300), False, id="a group of a season"),
    ],
)
def test_a_group_is_dormant_only_where_its_silence_was_seen(row, silent_since, dormant):
    assert (stage_of(row, TERMS, END, silent_since) is LifeStage.DORMANT) is dormant


def test_the_second_extension_needs_the_office():
    once = dissolve.extended(PROJECT, left(-30))
    assert (dissolve.needs_office(PROJECT), dissolve.needs_office(once)) == (False, True)
    assert (once.end_date, once.extensions) == (left(-30), 1)


def test_a_group_that_is_gone_says_how_that_is_known():
    row = dissolve.gone(PROJECT, END, Evidence.OWNER, dissolve.reason_for(PROJECT, END))
    assert (row.state, row.closed_on, row.evidence) == (ObjectState.DISSOLVED, END, Evidence.OWNER)
    assert row.closing_reason is ClosingReason.FINISHED
    assert dissolve.reason_for(STANDING, END) is ClosingReason.UNUSED

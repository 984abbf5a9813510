"""Findings that come together become a case, once; when it is cleared they are taken back, and undo gives them back."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Event
from bot.core.changes import Role
from bot.core.group import GroupState
from bot.core.ledger_log import HOST
from bot.core.model import Category, Direction
from bot.core.office import Place, PlaceKind
from bot.core.policy import Policy
from bot.core.units import Unit, UnitLevel
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkingHours
from bot.jobs.suspicions import run
from bot.services import ledger, units
from bot.services.case_findings import charged, give_back, open_cases, take_back
from bot.services.intake import amounts_of
from bot.services.places import OfficeTime
from config.calendar import load_calendar
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import runtime
from tests.handlers.stage import SHANGHAI
from tests.services.test_snapshot import group, row
from tests.storage.make_values import finding

NOW = datetime(2026, 3, 11, 10, 5, tzinfo=SHANGHAI)
TODAY = NOW.date()
OFFICE = OfficeTime(load_calendar(None), WorkingHours(), SHANGHAI)
POLICY = Policy(case_findings=3)
DESK = -1008


async def found(work, group_id: int, count: int, at: datetime = NOW - timedelta(days=1), first: int = 1, **fields):
    """Findings with their counts, as the intake leaves them."""
    made = [finding(first + n, group_id=group_id, at=at, **fields) for n in range(count)]
    await work.findings.add(made)
    for each in made:
        await work.counts.add(group_id, at.date(), amounts_of(each, 1))


def answers(**fields):
    made = finding(**fields)
    return made.finding._replace(direction=Direction.ANSWERS)


def played(play, policy: Policy = POLICY):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            await work.office.bind(Place(PlaceKind.DESK, DESK, "办公群", NOW))
            seen = await work.groups.add(group())
            return await play(work, seen, policy)

    return asyncio.run(go())


async def cases(work):
    return await work.cases.in_states(frozenset(CaseState))


def test_enough_findings_of_a_week_become_one_suspected_case_with_its_unit_and_its_day():
    async def play(work, seen, policy):
        (town,) = await units.add(work, [Unit("前柏镇", UnitLevel.TOWNSHIP)], HOST, NOW)
        await ledger.enter(work, [row(town.id, group_id=seen.id)], HOST, NOW)
        await found(work, seen.id, 3)
        assert [await open_cases(work, policy, OFFICE, NOW) for _ in range(2)] == [1, 0]
        (case,) = await cases(work)
        assert case == Case(
            *(Category.RECEIPT, TODAY, TODAY),
            group_id=seen.id,
            unit_id=town.id,
            findings=3,
            due=TODAY + timedelta(days=7),
            id=case.id,
        )
        (change,) = await work.changes.of("case", case.id)
        assert (change.role, change.after) == ("system", {"state": "suspected", "category": "receipt"})
        posts = [row.entry.outgoing for row in work.tables.outbox.values()]
        assert [(each.chat_id, each.speech.parts[0].fields["count"]) for each in posts] == [(DESK, 1)]

    played(play)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"at": NOW - timedelta(days=8)}, id="older than a week"),
        pytest.param({"marked_wrong_at": NOW}, id="marked wrong"),
        pytest.param({"finding": answers()}, id="answers at night bear the load"),
        pytest.param({"count": 2}, id="too few"),
    ],
)
def test_what_does_not_count_makes_no_case(fields):
    async def play(work, seen, policy):
        await found(work, seen.id, **{"count": 3, **fields})
        assert await open_cases(work, policy, OFFICE, NOW) == 0
        assert not work.tables.outbox

    played(play)


def test_a_group_that_is_not_watched_makes_no_case():
    async def play(work, seen, policy):
        await found(work, seen.id, 3)
        await work.groups.update(replace(seen, state=GroupState.LEFT))
        assert await open_cases(work, policy, OFFICE, NOW) == 0

    played(play)


def test_beside_an_undecided_case_none_is_opened_and_its_count_follows():
    async def play(work, seen, policy):
        await work.cases.add(Case(Category.RECEIPT, TODAY, TODAY, CaseState.SENT, seen.id, reports=1))
        await found(work, seen.id, 4)
        assert await open_cases(work, policy, OFFICE, NOW) == 0
        await found(work, seen.id, 2, NOW + timedelta(hours=1), first=9)
        assert await open_cases(work, policy, OFFICE, NOW + timedelta(days=1)) == 0
        assert [(each.findings, each.reports) for each in await cases(work)] == [(6, 1)]
        await work.findings.mark_wrong(1, NOW)
        await open_cases(work, policy, OFFICE, NOW + timedelta(days=20))
        assert [each.findings for each in await cases(work)] == [5]

    played(play)


@pytest.mark.parametrize("gone", [True, False], ids=["the group is gone", "its records were deleted"])
def test_a_count_stays_as_it_was_where_the_records_are_gone(gone):
    async def play(work, seen, policy):
        case = Case(Category.RECEIPT, TODAY, TODAY, group_id=None if gone else seen.id, findings=5)
        await work.cases.add(case)
        await work.groups.update(replace(seen, watching_since=NOW))
        assert await open_cases(work, policy, OFFICE, NOW + timedelta(days=1)) == 0
        assert [each.findings for each in await cases(work)] == [5]

    played(play)


@pytest.mark.parametrize("state", [CaseState.CORRECTED, CaseState.CONFIRMED, CaseState.CLOSED])
def test_what_was_decided_is_not_put_forward_again_but_what_comes_after_it_is(state):
    async def play(work, seen, policy):
        first = TODAY - timedelta(days=3)
        outcome = CaseState.CONFIRMED if state is CaseState.CLOSED else state
        old = Case(Category.RECEIPT, first, TODAY, state, seen.id, findings=5, outcome=outcome)
        old = await work.cases.add(old)
        decided = Event(Step.CONFIRM, Role.OFFICE, CaseState.ANSWERED, outcome, NOW - timedelta(hours=20))
        await work.cases.record(old.id, decided, old)
        await found(work, seen.id, 5)
        assert await open_cases(work, policy, OFFICE, NOW) == 0
        await found(work, seen.id, 3, NOW - timedelta(hours=1), first=9)
        assert await open_cases(work, policy, OFFICE, NOW) == 1
        assert [each.findings for each in await cases(work)] == [5, 3]
        (new,) = [each for each in await cases(work) if each.id != old.id]
        assert await take_back(work, new, SHANGHAI, NOW) == 3

    played(play)


def test_after_a_clearing_the_machine_is_silent_for_a_month():
    async def play(work, seen, policy):
        cleared = {"state": CaseState.CLEARED, "outcome": CaseState.CLEARED, "group_id": seen.id}
        await work.cases.add(Case(Category.RECEIPT, TODAY, TODAY, **cleared))
        later = NOW + timedelta(days=30)
        await found(work, seen.id, 3, later - timedelta(hours=1))
        assert await open_cases(work, policy, OFFICE, later) == 0
        assert await open_cases(work, policy, OFFICE, later + timedelta(days=1)) == 1

    played(play)


def test_a_clearing_takes_the_findings_back_and_undo_gives_exactly_those_back():
    async def play(work, seen, _):
        await found(work, seen.id, 3)
        await found(work, seen.id, 1, NOW - timedelta(days=30), first=50)
        await found(work, seen.id, 1, first=60, finding=answers())
        await work.findings.mark_wrong(2, NOW - timedelta(hours=1))
        case = await work.cases.add(Case(Category.RECEIPT, TODAY, TODAY, group_id=seen.id, findings=2))
        day = (NOW - timedelta(days=1)).date()
        before = dict(await work.counts.sums(seen.id, day, day))
        assert await take_back(work, case, SHANGHAI, NOW) == 2
        assert (await work.counts.sums(seen.id, day, day))["finding.receipt"] == before["finding.receipt"] - 2
        assert await work.findings.taken_back(NOW, NOW + timedelta(seconds=1)) == 2
        assert await take_back(work, case, SHANGHAI, NOW) == 0
        later = NOW + timedelta(minutes=14)
        assert await give_back(work, case, SHANGHAI, later) == 0
        cleared = Event(Step.CLEAR, Role.OFFICE, CaseState.SUSPECTED, CaseState.CLEARED, NOW, undone=True)
        await work.cases.record(case.id, cleared, case)
        assert await give_back(work, case, SHANGHAI, later) == 2
        assert dict(await work.counts.sums(seen.id, day, day)) == before
        assert [each.id for each in await charged(work, case, SHANGHAI, NOW)] == [1, 3]
        assert await give_back(work, case, SHANGHAI, later) == 0

    played(play)


def test_a_case_that_only_people_reported_takes_no_finding_with_it():
    async def play(work, seen, _):
        await found(work, seen.id, 3)
        case = Case(Category.RECEIPT, TODAY, TODAY, group_id=seen.id, reports=2)
        assert await take_back(work, case, SHANGHAI, NOW) == 0

    played(play)


@pytest.mark.parametrize(
    ("now", "count"),
    [
        pytest.param(NOW, 1, id="a working morning"),
        pytest.param(NOW.replace(hour=20), 0, id="in the evening"),
        pytest.param(NOW + timedelta(days=3), 0, id="on a Saturday"),
    ],
)
def test_the_job_runs_in_working_time_alone(now, count):
    async def go():
        store = InMemoryStore()
        running = runtime(store, FixedClock(now), case_findings=3)
        assert isinstance(running.calendar, WorkCalendar)
        async with store.begin() as work:
            seen = await work.groups.add(group())
            await found(work, seen.id, 3, now - timedelta(hours=2))
            await work.commit()
        await run(running, now)
        return len(store.tables.cases)

    assert asyncio.run(go()) == count

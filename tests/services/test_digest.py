"""The numbers of a week are gathered."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.case_counts import CaseCounts
from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Event
from bot.core.changes import Role
from bot.core.digest import dump, load
from bot.core.exemption import UrgentWindow
from bot.core.group import Gap, GroupKind, GroupState
from bot.core.ledger import Evidence, ObjectState
from bot.core.ledger_log import HOST
from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.core.policy import BaseForms, Policy
from bot.core.snapshot import UnitDay
from bot.services import ledger
from bot.services.notice import gather_notice
from tests.fakes import InMemoryStore
from tests.handlers.stage import SHANGHAI
from tests.services.make_digest import MONDAY, WEDNESDAY, WEEK, busy, gathered, village
from tests.services.test_snapshot import group, row
from tests.storage.make_values import finding


def test_a_week_stands_beside_the_one_before_and_no_other():
    async def prepare(work, _, seen):
        for day, count in ((1, 100), (2, 1), (8, 2), (9, 4), (15, 8), (16, 200)):
            await work.counts.add(seen.id, date(2026, 3, day), {"messages": count, "finding.receipt": count})

    data = gathered(prepare)
    assert (data.load.messages, data.load_before.messages) == (12, 3)
    assert (data.categories, data.categories_before) == ({Category.RECEIPT: 12}, {Category.RECEIPT: 3})


def test_what_was_counted_in_a_group_that_left_since_stays_counted():
    async def prepare(work, _, seen):
        await work.counts.add(seen.id, WEDNESDAY.date(), {"messages": 7})
        await work.groups.update(replace(seen, state=GroupState.LEFT, left_at=WEDNESDAY))

    data = gathered(prepare)
    assert (data.groups, data.load.messages) == (1, 7)


def test_members_are_counted_as_far_as_they_are_known():
    async def prepare(work, town, seen):
        await ledger.enter(work, [row(town.id, group_id=seen.id, members=3)], HOST, WEDNESDAY)

    async def prepare_two(work, town, seen):
        await prepare(work, town, seen)
        await work.groups.add(group(-2))

    assert gathered(prepare).members == gathered(prepare_two).members == 3
    assert gathered(prepare_two).groups == 2


def test_a_gap_is_told_with_its_time_within_the_week():
    async def prepare(work, _, seen):
        await work.groups.open_gap(Gap(seen.id, datetime(2026, 3, 7, tzinfo=UTC), "outage"))
        await work.groups.close_gaps(seen.id, WEDNESDAY)

    (gap,) = gathered(prepare).unseen
    assert (gap.since, gap.until, gap.groups) == (datetime(2026, 3, 9, tzinfo=SHANGHAI), WEDNESDAY, 1)


def test_a_gap_that_lasts_beyond_the_week_has_no_end_in_it():
    async def prepare(work, _, seen):
        await work.groups.open_gap(Gap(seen.id, WEDNESDAY, "privacy"))

    assert [gap.until for gap in gathered(prepare).unseen] == [None]


def test_of_a_group_left_long_ago_no_gap_is_told_week_after_week():
    async def prepare(work, _, seen):
        left = WEDNESDAY - timedelta(days=20)
        await work.groups.update(replace(seen, state=GroupState.LEFT, left_at=left))
        await work.groups.open_gap(Gap(seen.id, left, "removed"))

    data = gathered(prepare)
    assert (data.groups, data.unseen) == (0, ())


def test_emergency_windows_count_with_their_hours_in_the_week():
    async def prepare(work, _, seen):
        start = datetime(2026, 3, 8, 20, tzinfo=SHANGHAI)
        await work.exemptions.open_window(UrgentWindow(seen.id, start, start + timedelta(hours=10), "防汛"))
        await work.exemptions.open_window(UrgentWindow(seen.id, MONDAY, MONDAY + timedelta(hours=1), "防汛"))

    data = gathered(prepare)
    assert (data.windows, data.window_hours) == (1, 6)


def test_what_was_taken_back_in_the_week_is_told():
    async def prepare(work, _, seen):
        for number, at in enumerate((WEDNESDAY, MONDAY, None), 1):
            await work.findings.add([finding(number, group_id=seen.id, marked_wrong_at=at)])

    assert gathered(prepare).taken_back == 1


def test_the_bots_own_posts_of_the_week_are_told():
    async def prepare(work, _, seen):
        for kind, at in (("hint", WEDNESDAY), ("sign", WEDNESDAY), ("hint", MONDAY)):
            await work.posts.add(seen.id, kind, at)

    data = gathered(prepare)
    assert (data.posts, data.posted) == ({"hint": 1, "sign": 1}, 1)


def test_the_trend_leaves_out_days_that_nobody_counted():
    async def prepare(work, town, _):
        for day in (date(2026, 2, 15), date(2026, 3, 8), date(2026, 3, 15)):
            await work.snapshots.put([UnitDay(town.id, day, standing=2)])

    assert gathered(prepare).over == ((date(2026, 2, 15), 1, 1), (date(2026, 3, 8), 1, 1), (date(2026, 3, 15), 1, 1))


def test_in_a_week_that_still_runs_the_latest_day_tells():
    async def prepare(work, town, _):
        await work.snapshots.put([UnitDay(town.id, date(2026, 3, 10), standing=3)])

    data = gathered(prepare, now=WEDNESDAY)
    assert data.over_now == (1, 1)


def test_project_groups_due_and_past_their_grace_are_counted():
    async def prepare(work, town, _):
        ends = (date(2026, 3, 7), date(2026, 3, 14), date(2026, 3, 29), date(2026, 3, 30))
        rows = [row(town.id, kind=GroupKind.PROJECT, end_date=end) for end in ends]
        await ledger.enter(work, rows, HOST, WEDNESDAY)

    data = gathered(prepare)
    assert (data.closing, data.overdue) == (2, 1)


def test_what_ended_in_the_week_is_told_with_its_evidence_alone():
    async def prepare(work, town, _):
        ended = {"state": ObjectState.DISSOLVED, "closed_on": WEDNESDAY.date()}
        rows = [row(town.id, **ended, evidence=Evidence.OWNER), row(town.id, **ended)]
        await ledger.enter(work, rows, HOST, WEDNESDAY)

    assert gathered(prepare).dissolved == 1


@pytest.mark.parametrize(
    ("joined", "fresh"),
    [
        pytest.param(datetime(2026, 3, 9, 7, 30, tzinfo=SHANGHAI), 1, id="in the morning of Monday"),
        pytest.param(datetime(2026, 3, 16, 7, 30, tzinfo=SHANGHAI), 0, id="in the morning of the Monday after"),
    ],
)
def test_a_group_is_new_in_the_week_of_the_offices_own_day(joined, fresh):
    async def prepare(work, town, _):
        newcomer = await work.groups.add(group(-2, joined_at=joined.astimezone(UTC)))
        await ledger.enter(work, [row(town.id, group_id=newcomer.id)], HOST, WEDNESDAY)

    assert gathered(prepare).fresh == fresh


def test_what_the_office_changed_after_the_week_does_not_change_the_week():
    async def prepare(work, town, _):
        (first,) = await ledger.enter(work, [row(town.id)], HOST, WEDNESDAY)
        ended = replace(first, state=ObjectState.DISSOLVED, closed_on=WEDNESDAY.date(), evidence=Evidence.OFFICE)
        await ledger.alter(work, [(first, ended)], HOST, MONDAY)

    assert gathered(prepare, now=MONDAY + timedelta(days=1)).dissolved == 0


def merger(after: int, members: int = 200):
    async def prepare(work, town, seen):
        other = await work.groups.add(group(-2))
        (stays,) = await ledger.enter(work, [row(town.id, group_id=seen.id, members=members)], HOST, WEDNESDAY)
        merged = {"state": ObjectState.MERGED, "closed_on": date(2026, 3, 11), "evidence": Evidence.OWNER}
        gone = row(town.id, group_id=other.id, members=100, merged_into=stays.id, **merged)
        await ledger.enter(work, [gone], HOST, WEDNESDAY)
        for step in (-2, -1):
            for id_ in (seen.id, other.id):
                await work.counts.add(id_, date(2026, 3, 11) + timedelta(days=step), {"messages": 50})
        for step in (1, 2):
            await work.counts.add(seen.id, date(2026, 3, 11) + timedelta(days=step), {"messages": after})

    return prepare


@pytest.mark.parametrize(("after", "relieved"), [(40, 1), (100, 0)])
def test_a_merger_is_relief_only_where_members_read_no_more_than_before(after, relieved):
    data = gathered(merger(after))
    assert (data.merged, data.relieved) == (1, relieved)


def test_forms_stand_beside_the_base_and_the_sum_of_the_year():
    async def prepare(work, _, seen):
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 10), date(2026, 3, 16)):
            await work.counts.add(seen.id, day, {"data_collection": 5, "messages": 5})

    data = gathered(prepare, Policy(base_forms=BaseForms(2025, 1200)))
    assert (data.forms, data.forms_year, data.base_forms) == (5, 10, 1200)


def test_a_notice_begins_with_the_first_counted_day_of_its_quarter_itself():
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            town, _ = await village(work)
            for day, standing in ((date(2025, 12, 28), 1), (date(2026, 1, 3), 3)):
                await work.snapshots.put([UnitDay(town.id, day, standing=standing)])
            return await gather_notice(work, Policy(), SHANGHAI, period_of(Per.QUARTER, WEEK.last), {}, MONDAY)

    assert asyncio.run(go()).over_first == (1, 1)


def test_a_notice_has_the_figures_of_its_quarter():
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            town, seen = await village(work)
            await busy(work, town, seen)
            await ledger.enter(work, [row(town.id)], HOST, WEDNESDAY)
            for day, standing in ((date(2026, 1, 3), 3), (date(2026, 3, 31), 1)):
                await work.snapshots.put([UnitDay(town.id, day, standing=standing)])
            return await gather_notice(work, Policy(), SHANGHAI, period_of(Per.QUARTER, WEEK.last), {}, MONDAY)

    notice = asyncio.run(go())
    assert (notice.data.findings, notice.moved.found, notice.over_first) == (3, 1, (1, 1))


def test_cases_of_the_week_are_counted_for_the_whole_office_and_no_undone_step():
    async def prepare(work, town, _):
        opened = WEDNESDAY.date()
        case = await work.cases.add(Case(Category.RECEIPT, opened, opened, CaseState.SENT, unit_id=town.id, due=opened))
        before, after = CaseState.UNDER_CHECK, CaseState.SENT
        sent = Event(Step.SEND, Role.OFFICE, before, after, WEDNESDAY, "请说明")
        await work.cases.record(case.id, sent, case)
        await work.cases.record(case.id, replace(sent, step=Step.CLEAR, after=CaseState.CLEARED, undone=True), case)
        await work.cases.record(case.id, replace(sent, step=Step.CONFIRM, at=WEDNESDAY - timedelta(days=7)), case)

    data = gathered(prepare)
    assert data.cases == CaseCounts(opened=1, sent=1, unit_late=1)
    assert not data.silent
    assert load(dump(data)) == data

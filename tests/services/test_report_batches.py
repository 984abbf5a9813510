"""Batches: what is held becomes part of cases at set times, in no order, and the office hears of it once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.case_moves import CaseState
from bot.core.cases import Case
from bot.core.changes import Role
from bot.core.group import Group
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from bot.jobs import reports as job
from bot.services.report_batches import former_of
from tests.fakes import FixedClock, InMemoryStore
from tests.fakes_cases import FakeReports
from tests.handlers.parts import runtime

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 11)
ELEVEN = datetime(2026, 3, 11, 11, 2, tzinfo=ZONE)
DESK = -77


class Office:
    """A bot with a desk and one group, whose reports are shown when told."""

    def __init__(self, **policy):
        self.store, self.clock = InMemoryStore(), FixedClock(ELEVEN)
        self.runtime = runtime(self.store, self.clock, office_chat=DESK, language="zh-Hans", **policy)
        self.group = self.play(lambda work: work.groups.add(Group(-5, "群", unit="某镇")))

    def play(self, act):
        async def within():
            async with self.store.begin() as work:
                done = await act(work)
                await work.commit()
                return done

        return asyncio.run(within())

    def report(self, number, *, category=Category.RANKING, group=True, **fields):
        fields = {"group_id": self.group.id if group else None, "words": "x", **fields}
        self.play(lambda work: work.reports.add(Report(number, DAY, category, f"{number:032}", **fields)))

    def case(self, **fields):
        return self.play(lambda work: work.cases.add(Case(Category.RANKING, DAY, DAY, **fields)))

    def show(self, at=ELEVEN):
        asyncio.run(job.run(self.runtime, at))

    @property
    def cases(self):
        return [*self.store.tables.cases.values()]

    @property
    def said(self):
        return [
            {part.key.removeprefix("report.desk."): dict(part.fields) for part in each.speech.parts}
            for each in self.store.queued()
        ]


def test_reports_of_one_matter_are_one_case_with_a_count():
    office = Office()
    for number in (9, 4, 7):
        office.report(number)
    office.report(5, category=Category.VOTE_LIKE)
    office.show()
    assert sorted((each.category.value, each.reports) for each in office.cases) == [("ranking", 3), ("vote_like", 1)]
    assert {each.state for each in office.store.tables.reports.values()} == {ReportState.OPEN}
    assert office.said == [{"batch": {"new": 2, "grown": 0}, "look": {}}]
    office.report(8)
    office.show(ELEVEN.replace(hour=16))
    assert [each.reports for each in office.cases if each.category is Category.RANKING] == [4]
    assert office.said[1:] == [{"batch": {"new": 0, "grown": 1}, "look": {}}]


def test_what_names_no_group_stands_alone_unless_the_place_reads_alike():
    office = Office()
    office.report(1, group=False)
    office.report(2, group=False)
    office.report(3, group=False, place="某 微信群")
    office.report(4, group=False, place="某微信群")
    office.show()
    assert sorted(each.reports for each in office.cases) == [1, 1, 2]
    office.report(5, group=False, place="某微信群")
    office.show(ELEVEN.replace(hour=16))
    assert sorted(each.reports for each in office.cases) == [1, 1, 3]
    assert {each.place for each in office.cases} == {""}


@pytest.mark.parametrize(
    ("at", "shows"),
    [
        pytest.param(ELEVEN.replace(hour=10, minute=59), False, id="before eleven"),
        pytest.param(ELEVEN, True, id="at eleven"),
        pytest.param(ELEVEN.replace(hour=12, minute=30), False, id="at noon the office rests"),
        pytest.param(ELEVEN.replace(hour=15), True, id="in the afternoon, what was missed"),
        pytest.param(ELEVEN.replace(hour=20), False, id="in the evening"),
        pytest.param(ELEVEN.replace(day=14), False, id="on a Saturday"),
    ],
)
def test_a_batch_is_shown_while_the_office_works(at, shows):
    office = Office()
    office.report(1)
    office.show(at)
    assert bool(office.cases) is shows
    assert bool(office.said) is shows


def test_between_two_batches_nothing_is_shown():
    office = Office()
    office.show()
    office.report(1)
    office.show(ELEVEN + timedelta(minutes=5))
    assert office.cases == []
    office.show(ELEVEN.replace(hour=16))
    assert len(office.cases) == 1


def test_the_log_tells_the_moment_of_the_batch_and_nobody():
    office = Office()
    office.report(1)
    assert office.store.tables.changes == {}
    office.show()
    (change,) = office.store.tables.changes.values()
    assert (change.at, change.role, change.actor, change.noun) == (ELEVEN, Role.SYSTEM, "", "case")
    assert dict(change.after) == {"state": "suspected"}


def test_a_case_that_is_done_with_is_not_reopened_by_a_machine():
    office = Office()
    former = office.case(group_id=office.group.id, state=CaseState.CLOSED)
    office.report(1)
    office.show()
    old, new = office.cases
    assert (old, new.state, new.reports) == (former, CaseState.SUSPECTED, 1)
    assert office.said == [{"batch": {"new": 1, "grown": 0}, "again": {"count": 1}, "look": {}}]
    assert office.play(lambda work: former_of(work, new, DAY)) == former


def test_an_old_case_takes_up_nothing():
    office = Office()
    office.case(group_id=office.group.id)
    office.play(lambda work: work.cases.update(replace(office.cases[0], moved_on=DAY - timedelta(days=31))))
    office.report(1)
    office.show()
    assert [each.reports for each in office.cases] == [0, 1]


def test_notes_wait_for_the_batch_and_are_told_as_a_number():
    office = Office()
    office.report(1)
    office.show()
    office.play(lambda work: work.reports.say(Note(3, 1, DAY, "还有", held=True)))
    office.show(ELEVEN.replace(hour=16))
    assert [each.held for each in office.store.tables.report_notes.values()] == [False]
    assert office.said[1:] == [{"notes": {"count": 1}, "look": {}}]


def test_few_reports_of_a_matter_are_shown_and_not_told():
    office = Office(reports_ping=2)
    office.report(1)
    office.show()
    assert len(office.cases) == 1
    assert office.said == []
    office.report(2)
    office.show(ELEVEN.replace(hour=16))
    assert office.said == [{"batch": {"new": 0, "grown": 1}, "look": {}}]


def test_what_was_withdrawn_is_no_longer_counted_after_the_next_batch():
    office = Office()
    office.report(1)
    office.report(2)
    office.show()
    report = office.store.tables.reports[1]
    office.play(lambda work: work.reports.update(replace(report, state=ReportState.WITHDRAWN)))
    office.show(ELEVEN.replace(hour=16))
    assert [each.reports for each in office.cases] == [1]


def test_nothing_of_a_withdrawn_report_that_was_held_becomes_a_case():
    office = Office()
    office.report(1, state=ReportState.WITHDRAWN)
    office.show()
    assert (office.cases, office.said) == ([], [])


def test_attack_a_flood_of_places_is_not_searched_anew_for_each_report(monkeypatch):
    office, asked = Office(), []
    for name in ("of_case", "of_cases"):
        real = getattr(FakeReports, name)

        async def counting(self, which, real=real, name=name):
            asked.append(name)
            return await real(self, which)

        monkeypatch.setattr(FakeReports, name, counting)
    for number in range(40):
        office.report(number + 1, group=False, place=f"地方{number}")
    office.show()
    for number in range(40):
        office.report(number + 101, group=False, place=f"地方 {number + 20}")
    asked.clear()
    office.show(ELEVEN.replace(hour=16))
    assert len(asked) <= 2
    assert sorted(case.reports for case in office.cases) == [1] * 40 + [2] * 20

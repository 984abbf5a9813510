"""Cases and reports in memory; part of `tests.fakes.InMemoryStore`."""
# ruff: noqa: A002 - the names are those of the ports.

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from bot.core.case_moves import CaseState
from bot.core.cases import Case, Event, Shown
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from tests.fakes_approvals import ApprovalTables


@dataclass(slots=True)
class CaseTables(ApprovalTables):
    """The rows; values are immutable."""

    cases: dict[int, Case] = field(default_factory=dict)
    case_events: dict[int, tuple[int, Event, Case | None]] = field(default_factory=dict)
    reports: dict[int, Report] = field(default_factory=dict)
    report_notes: dict[int, Note] = field(default_factory=dict)

    def move_cases(self, group_id: int, to: int | None) -> None:
        """Cases and reports of a group that is gone belong to another one, or to none."""
        for case in [each for each in self.cases.values() if each.group_id == group_id]:
            self.cases[case.id] = replace(case, group_id=to)
        for report in [each for each in self.reports.values() if each.group_id == group_id]:
            self.reports[report.id] = replace(report, group_id=to)


class Numbered(Protocol):
    """The tables with their running numbers."""

    cases: dict[int, Case]
    case_events: dict[int, tuple[int, Event, Case | None]]
    reports: dict[int, Report]
    report_notes: dict[int, Note]

    def number(self, table: str) -> int: ...


@dataclass(slots=True)
class FakeCases:
    tables: Numbered

    async def add(self, case: Case) -> Case:
        stored = replace(case, id=self.tables.number("cases"))
        self.tables.cases[stored.id] = stored
        return stored

    async def get(self, id: int) -> Case | None:
        return self.tables.cases.get(id)

    async def update(self, case: Case) -> None:
        self.tables.cases[case.id] = case

    async def remove(self, id: int) -> None:
        del self.tables.cases[id]
        self.tables.case_events = {n: each for n, each in self.tables.case_events.items() if each[0] != id}
        for report in [*self.tables.reports.values()]:
            if report.case_id == id:
                self.tables.reports[report.id] = replace(report, case_id=None)

    async def in_states(
        self, states: frozenset[CaseState], limit: int = 1_000, *, newest: bool = False
    ) -> Sequence[Case]:
        mine = [each for each in self.tables.cases.values() if each.state in states]
        return (mine[::-1] if newest else mine)[:limit]

    async def of_unit(self, unit_id: int, limit: int = 100) -> Sequence[Case]:
        return [each for each in self.tables.cases.values() if each.unit_id == unit_id][::-1][:limit]

    async def of_matter(self, category: Category, group_id: int | None, since: date) -> Sequence[Case]:
        alike = (each for each in self.tables.cases.values() if (each.category, each.group_id) == (category, group_id))
        return [each for each in alike if each.moved_on >= since][::-1]

    async def due_before(self, day: date) -> Sequence[Case]:
        return [each for each in self.tables.cases.values() if each.due is not None and each.due < day]

    async def record(self, case_id: int, event: Event, former: Case) -> Event:
        stored = replace(event, id=self.tables.number("case_events"))
        self.tables.case_events[stored.id] = (case_id, stored, former)
        return stored

    async def events(self, case_id: int) -> Sequence[Event]:
        return [event for owner, event, _ in self.tables.case_events.values() if owner == case_id]

    async def last(self, case_id: int) -> tuple[Event, Case] | None:
        rows = self.tables.case_events.values()
        mine = [(event, former) for owner, event, former in rows if owner == case_id and not event.undone]
        if not mine or mine[-1][1] is None:
            return None
        event, former = mine[-1]
        assert former is not None
        return event, former

    async def former(self, event_id: int) -> Case | None:
        return self.tables.case_events[event_id][2] if event_id in self.tables.case_events else None

    async def mark_undone(self, event_id: int) -> None:
        owner, event, former = self.tables.case_events[event_id]
        self.tables.case_events[event_id] = (owner, replace(event, undone=True), former)

    async def happened(self, since: datetime, until: datetime) -> Sequence[tuple[int, Event]]:
        rows = self.tables.case_events.values()
        return [(owner, event) for owner, event, _ in rows if since <= event.at < until and not event.undone]

    async def opened_between(self, first: date, last: date) -> int:
        return sum(first <= each.opened_on <= last for each in self.tables.cases.values())

    async def show(self, ids: Sequence[int], place: Shown) -> None:
        for case in [self.tables.cases[id_] for id_ in ids]:
            self.tables.cases[case.id] = replace(case, shown=case.shown | {place})

    async def of_group(self, group_id: int) -> tuple[Sequence[int], Sequence[int]]:
        mine = [each.id for each in self.tables.cases.values() if each.group_id == group_id]
        return mine, sorted(each.id for each in self.tables.reports.values() if each.group_id == group_id)

    async def regroup(self, cases: Sequence[int], reports: Sequence[int], group_id: int) -> None:
        for id_ in cases:
            self.tables.cases[id_] = replace(self.tables.cases[id_], group_id=group_id)
        for id_ in reports:
            self.tables.reports[id_] = replace(self.tables.reports[id_], group_id=group_id)

    async def hand_over(self, unit_id: int, to: int) -> Sequence[int]:
        mine = [each for each in self.tables.cases.values() if each.unit_id == unit_id]
        self.tables.cases.update({each.id: replace(each, unit_id=to) for each in mine})
        return [each.id for each in mine]

    async def seal_off(self, before: date) -> Sequence[int]:
        old = [each for each in self._done(before) if not each.sealed_off]
        self.tables.cases.update({each.id: replace(each, sealed_off=True) for each in old})
        return [each.id for each in old]

    async def ending(self, before: date) -> Sequence[Case]:
        return [each for each in self._done(before) if not each.emptied]

    async def announce_end(self, id: int, last_day: date) -> None:
        self.tables.cases[id] = replace(self.tables.cases[id], words_until=last_day)

    async def empty(self, id: int) -> None:
        mine = {each.id for each in self.tables.reports.values() if each.case_id == id}
        self.tables.report_notes = {
            n: each for n, each in self.tables.report_notes.items() if each.report_id not in mine
        }
        for number in mine:
            report = self.tables.reports[number]
            self.tables.reports[number] = replace(report, words="", place="", known="", message_id=None)
        for number, (owner, event, _) in [*self.tables.case_events.items()]:
            if owner == id:
                self.tables.case_events[number] = (owner, replace(event, words=""), None)
        self.tables.cases[id] = replace(self.tables.cases[id], place="", emptied=True, sealed_off=True)

    def _done(self, before: date) -> Sequence[Case]:
        return [each for each in self.tables.cases.values() if not each.is_open and each.moved_on < before]


@dataclass(slots=True)
class FakeReports:
    tables: Numbered

    async def add(self, report: Report) -> None:
        if report.id in self.tables.reports or await self.of_receipt(report.receipt) is not None:
            raise ValueError(report.id)
        self.tables.reports[report.id] = report

    async def get(self, id: int) -> Report | None:
        return self.tables.reports.get(id)

    async def of_receipt(self, receipt: str) -> Report | None:
        return next((each for each in self._sorted() if each.receipt == receipt), None)

    async def update(self, report: Report) -> None:
        if report.state is ReportState.WITHDRAWN:
            report = replace(report, words="", place="", known="", message_id=None)
            notes = self.tables.report_notes.items()
            self.tables.report_notes = {number: each for number, each in notes if each.report_id != report.id}
        self.tables.reports[report.id] = report

    async def held(self) -> Sequence[Report]:
        return [each for each in self._sorted() if each.state is ReportState.HELD]

    async def of_case(self, case_id: int) -> Sequence[Report]:
        return [each for each in self._sorted() if each.case_id == case_id]

    async def of_cases(self, case_ids: Sequence[int]) -> Sequence[Report]:
        return [each for each in self._sorted() if each.case_id in case_ids]

    async def counts(self, case_ids: Sequence[int]) -> Mapping[int, int]:
        open_ = [each.case_id for each in self._sorted() if each.state is ReportState.OPEN]
        return {id_: open_.count(id_) for id_ in case_ids if id_ in open_}

    async def say(self, note: Note) -> None:
        self.tables.report_notes[note.id] = note

    async def talk(self, report_id: int) -> Sequence[Note]:
        mine = (each for each in self.tables.report_notes.values() if each.report_id == report_id)
        return sorted(mine, key=lambda note: (note.day, note.id))

    async def release_notes(self) -> Sequence[Note]:
        held = sorted((each for each in self.tables.report_notes.values() if each.held), key=lambda note: note.id)
        shown = [replace(each, held=False) for each in held]
        self.tables.report_notes.update({each.id: each for each in shown})
        return shown

    async def empty(self, before: date) -> int:
        alone = [each.id for each in self._sorted() if each.day < before and each.case_id is None]
        for number in alone:
            del self.tables.reports[number]
        notes = self.tables.report_notes.items()
        self.tables.report_notes = {number: each for number, each in notes if each.report_id not in alone}
        return len(alone)

    def _sorted(self) -> Sequence[Report]:
        return sorted(self.tables.reports.values(), key=lambda report: report.id)

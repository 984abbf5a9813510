"""The cases with their files, and the reports behind them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.case_moves import CaseState
from bot.core.cases import Case, Event, Shown
from bot.core.model import Category
from bot.core.reports import Note, Report


class Cases(Protocol):
    """The cases; what was said in them is sealed."""

    async def add(self, case: Case) -> Case:
        """Store a new case; returns it with its number."""
        ...

    async def get(self, id: int) -> Case | None:  # noqa: A002
        """The case of a number."""
        ...

    async def update(self, case: Case) -> None:
        """Store a changed case."""
        ...

    async def remove(self, id: int) -> None:  # noqa: A002
        """Take away a case that nobody has seen."""
        ...

    async def in_states(
        self, states: frozenset[CaseState], limit: int = 1_000, *, newest: bool = False
    ) -> Sequence[Case]:
        """The cases in some states, oldest first, or newest first."""
        ...

    async def of_unit(self, unit_id: int, limit: int = 100) -> Sequence[Case]:
        """The cases of a unit, newest first."""
        ...

    async def of_matter(self, category: Category, group_id: int | None, since: date) -> Sequence[Case]:
        """The cases of a category in a group (None: in no watched group) that moved on or after a day, newest first."""
        ...

    async def due_before(self, day: date) -> Sequence[Case]:
        """The cases whose next step is owed since before a day, oldest first."""
        ...

    async def record(self, case_id: int, event: Event, former: Case) -> Event:
        """Keep a step, with the case as it was before it; returns it with its number."""
        ...

    async def events(self, case_id: int) -> Sequence[Event]:
        """The steps of a case, in order."""
        ...

    async def last(self, case_id: int) -> tuple[Event, Case] | None:
        """The last step that was not undone, and the case before it."""
        ...

    async def former(self, event_id: int) -> Case | None:
        """The case as it was before a step; None once that is deleted."""
        ...

    async def mark_undone(self, event_id: int) -> None:
        """A step was taken back."""
        ...

    async def happened(self, since: datetime, until: datetime) -> Sequence[tuple[int, Event]]:
        """The steps of all cases from a moment until before another, undone ones left out; with the case's number."""
        ...

    async def opened_between(self, first: date, last: date) -> int:
        """How many cases were opened in a stretch of days, both included."""
        ...

    async def show(self, ids: Sequence[int], place: Shown) -> None:
        """The charge of some cases was shown at a place."""
        ...

    async def of_group(self, group_id: int) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the cases and of the reports of a group."""
        ...

    async def regroup(self, cases: Sequence[int], reports: Sequence[int], group_id: int) -> None:
        """Let cases and reports belong to a group."""
        ...

    async def hand_over(self, unit_id: int, to: int) -> Sequence[int]:
        """Give all cases of a unit to another one; returns which, oldest first."""
        ...

    async def seal_off(self, before: date) -> Sequence[int]:
        """No longer show the words of cases that were done before a day; returns which."""
        ...

    async def ending(self, before: date) -> Sequence[Case]:
        """The done cases that moved last before a day and whose words are still there, oldest first."""
        ...

    async def announce_end(self, id: int, last_day: date) -> None:  # noqa: A002
        """The desk was told until which day the words of a case are kept."""
        ...

    async def empty(self, id: int) -> None:  # noqa: A002
        """Delete the words of a case and of all its reports; states, days and counts stay."""
        ...


class Reports(Protocol):
    """The reports: words sealed, days alone, and nothing of who it was."""

    async def add(self, report: Report) -> None:
        """Keep a report under its random number."""
        ...

    async def get(self, id: int) -> Report | None:  # noqa: A002
        """The report of a number."""
        ...

    async def of_receipt(self, receipt: str) -> Report | None:
        """The report of a receipt's keyed hash."""
        ...

    async def update(self, report: Report) -> None:
        """Store a changed report; a withdrawn one has no words any more, nor has its talk."""
        ...

    async def held(self) -> Sequence[Report]:
        """The reports that wait for the next batch, in the order of their random numbers."""
        ...

    async def of_case(self, case_id: int) -> Sequence[Report]:
        """The reports of a case, in the order of their random numbers."""
        ...

    async def of_cases(self, case_ids: Sequence[int]) -> Sequence[Report]:
        """The reports of several cases, in the order of their random numbers."""
        ...

    async def counts(self, case_ids: Sequence[int]) -> Mapping[int, int]:
        """How many reports of each case are not withdrawn."""
        ...

    async def say(self, note: Note) -> None:
        """Keep a line of the talk."""
        ...

    async def talk(self, report_id: int) -> Sequence[Note]:
        """The talk about a report, by day; what is held back is in it."""
        ...

    async def release_notes(self) -> Sequence[Note]:
        """Show the notes that were held back; returns them."""
        ...

    async def empty(self, before: date) -> int:
        """Delete reports from before a day that never became part of a case; returns how many."""
        ...

"""The reports and the talk about them in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update
from sqlalchemy import delete as deleted

from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from storage.session import Session
from storage.tables.case import report_notes, reports

_PLAIN = ("id", "day", "category", "receipt", "group_id", "message_id", "open_handed", "joined", "state", "case_id")
_SEALED = ("words", "place", "known")


@dataclass(slots=True)
class SqlReports:
    """Fulfils `ports.Reports`."""

    session: Session

    async def add(self, report: Report) -> None:
        """Keep a report under its random number."""
        self.session.purged = True  # SQLite's log would tell with which update it came
        await self.session.run(insert(reports).values(self._row(report)))

    async def get(self, id: int) -> Report | None:  # noqa: A002
        """The report of a number."""
        return next(iter(await self._found(select(reports).where(reports.c.id == id))), None)

    async def of_receipt(self, receipt: str) -> Report | None:
        """The report of a receipt's keyed hash."""
        return next(iter(await self._found(select(reports).where(reports.c.receipt == receipt))), None)

    async def update(self, report: Report) -> None:
        """Store a changed report; a withdrawn one has no words any more, nor has its talk."""
        if report.state is ReportState.WITHDRAWN:
            self.session.purged = True
            report = replace(report, words="", place="", known="", message_id=None)
            await self.session.run(deleted(report_notes).where(report_notes.c.report_id == report.id))
        await self.session.run(update(reports).where(reports.c.id == report.id).values(self._row(report)))

    async def held(self) -> Sequence[Report]:
        """The reports that wait for the next batch, in the order of their random numbers."""
        return await self._found(select(reports).where(reports.c.state == ReportState.HELD.value))

    async def of_case(self, case_id: int) -> Sequence[Report]:
        """The reports of a case, in the order of their random numbers."""
        return await self._found(select(reports).where(reports.c.case_id == case_id))

    async def of_cases(self, case_ids: Sequence[int]) -> Sequence[Report]:
        """The reports of several cases, in the order of their random numbers."""
        mine = select(reports).where(self.session.chosen(reports.c.case_id)).order_by(reports.c.id)
        return [self._report(row) for row in await self.session.run(mine, {"ids": self.session.ids(case_ids)})]

    async def counts(self, case_ids: Sequence[int]) -> Mapping[int, int]:
        """How many reports of each case are not withdrawn."""
        mine = self.session.chosen(reports.c.case_id)
        wanted = select(reports.c.case_id, func.count()).where(mine, reports.c.state == ReportState.OPEN.value)
        grouped = wanted.group_by(reports.c.case_id)
        rows = await self.session.run(grouped, {"ids": self.session.ids(case_ids)})
        return {row[0]: row[1] for row in rows}

    async def say(self, note: Note) -> None:
        """Keep a line of the talk."""
        self.session.purged = self.session.purged or note.held
        plain = {name: getattr(note, name) for name in ("id", "report_id", "day", "from_office", "held")}
        await self.session.run(insert(report_notes).values({**plain, "words": self.session.sealed_text(note.words)}))

    async def talk(self, report_id: int) -> Sequence[Note]:
        """The talk about a report, by day; what is held back is in it."""
        mine = select(report_notes).where(report_notes.c.report_id == report_id)
        return await self._notes(mine.order_by(report_notes.c.day, report_notes.c.id))

    async def release_notes(self) -> Sequence[Note]:
        """Show the notes that were held back; returns them."""
        found = await self._notes(select(report_notes).where(report_notes.c.held.is_(True)).order_by(report_notes.c.id))
        if found:
            await self.session.run(update(report_notes).where(report_notes.c.held.is_(True)).values(held=False))
        return [replace(each, held=False) for each in found]

    async def empty(self, before: date) -> int:
        """Delete reports from before a day that never became part of a case; returns how many."""
        self.session.purged = True
        alone = deleted(reports).where(reports.c.day < before, reports.c.case_id.is_(None))
        return (await self.session.run(alone)).rowcount

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Report]:
        return [self._report(row) for row in await self.session.run(wanted.order_by(reports.c.id))]

    async def _notes(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Note]:
        return [
            Note(row.id, row.report_id, row.day, self.session.unsealed_text(row.words), row.from_office, row.held)
            for row in await self.session.run(wanted)
        ]

    def _row(self, report: Report) -> dict[str, Any]:
        sealed = {name: self.session.sealed_text(getattr(report, name)) for name in _SEALED}
        return {name: getattr(report, name) for name in _PLAIN} | sealed

    def _report(self, row: Row[*tuple[Any, ...]]) -> Report:
        tree: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
        tree |= {name: self.session.unsealed_text(getattr(row, name)) for name in _SEALED}
        tree["category"], tree["state"] = Category(tree["category"]), ReportState(tree["state"])
        return Report(**tree)

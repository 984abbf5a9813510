"""Emergency windows, duty hours and quiet days in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, select, update

from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from storage.session import Session
from storage.tables.exemption import duty, quiet, windows


@dataclass(slots=True)
class SqlExemptions:
    """Fulfils `ports.Exemptions`."""

    session: Session

    async def open_window(self, window: UrgentWindow) -> UrgentWindow:
        """Store a window; returns it with its number."""
        added = await self.session.run(insert(windows).values(self._window(window)).returning(windows.c.id))
        return replace(window, id=added.scalar_one())

    async def update_window(self, window: UrgentWindow) -> None:
        """Store an ended or reviewed window."""
        await self.session.run(update(windows).where(windows.c.id == window.id).values(self._window(window)))

    def _window(self, window: UrgentWindow) -> Mapping[str, Any]:
        return {
            "group_id": window.group_id,
            "start": window.start,
            "end": window.end,
            "reason": self.session.vault.seal(window.reason.encode()),
            "reviewed": window.reviewed,
        }

    async def windows(self, since: datetime, group_id: int | None = None) -> Sequence[UrgentWindow]:
        """The windows that last into the time from `since`, of one group or of all."""
        lasting = select(windows).where(windows.c.end >= since).order_by(windows.c.start, windows.c.id)
        rows = await self.session.run(lasting if group_id is None else lasting.where(windows.c.group_id == group_id))
        unsealed = self.session.unsealed_text
        return [
            UrgentWindow(row.group_id, row.start, row.end, unsealed(row.reason), row.id, row.reviewed) for row in rows
        ]

    async def set_duty(self, duty: Sequence[DutyHours], unit: str, group_id: int | None) -> None:
        """Replace the duty hours and shifts of a unit or a group."""
        rows = [{"unit": unit, "group_id": group_id, "start": each.start, "end": each.end} for each in duty]
        await self._put(_duty, rows, unit, group_id)

    async def duty(self) -> Sequence[DutyHours]:
        """All duty hours and shifts."""
        rows = await self.session.run(select(duty).order_by(duty.c.start, duty.c.id))
        return [DutyHours(row.start, row.end, row.unit, row.group_id) for row in rows]

    async def set_quiet(self, spans: Sequence[QuietSpan], unit: str, group_id: int | None) -> None:
        """Replace the quiet days of a unit or a group (both empty: of the office)."""
        scope = {"unit": unit, "group_id": group_id}
        rows = [scope | {"first": each.first, "last": each.last, "note": each.note} for each in spans]
        await self._put(quiet, rows, unit, group_id)

    async def quiet(self) -> Sequence[QuietSpan]:
        """All quiet days."""
        rows = await self.session.run(select(quiet).order_by(quiet.c.first, quiet.c.id))
        return [QuietSpan(row.first, row.last, row.note, row.unit, row.group_id) for row in rows]

    async def _put(self, table: Table, rows: Sequence[Mapping[str, Any]], unit: str, group_id: int | None) -> None:
        await self.session.run(delete(table).where(_scope(table, unit, group_id)))
        if rows:
            await self.session.run(insert(table), rows)


_duty = duty
"""The table; a parameter of a method has its name."""


def _scope(table: Table, unit: str, group_id: int | None) -> ColumnElement[bool]:
    same_group = table.c.group_id.is_(None) if group_id is None else table.c.group_id == group_id
    return and_(table.c.unit == unit, same_group)

"""The counts of units by day, in SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, case, delete, func, select

from bot.core.load import Load
from bot.core.snapshot import UnitDay
from storage.session import Insert, Session
from storage.sqlite_driver import MANY
from storage.tables.ledger import unit_days

COLUMNS = [each.name for each in fields(UnitDay)]
LOAD = ("members", "messages", "readings", "receipts", "tasks", "work", "late")
"""The columns that make the load of a stretch of days, in the order of `Load`."""
_ALL = select(*(unit_days.c[name] for name in COLUMNS))


@dataclass(slots=True)
class SqlSnapshots:
    """Fulfils `ports.Snapshots`."""

    session: Session

    async def put(self, days: Iterable[UnitDay]) -> None:
        """Store the counts of a day; those of the same unit and day are replaced."""
        rows = [{name: getattr(each, name) for name in COLUMNS} for each in days]
        if rows:
            await self.session.run(_upsert(self.session.insert), rows)

    async def of_day(self, day: date) -> Sequence[UnitDay]:
        """All counts of one day, by unit."""
        return await self._found(_ALL.prefix_with(MANY).where(unit_days.c.day == day).order_by(unit_days.c.unit_id))

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[UnitDay]:
        """The counts of one unit in a stretch of days, both included, by day."""
        mine = _ALL.where(unit_days.c.unit_id == unit_id, unit_days.c.day.between(first, last))
        return await self._found(mine.order_by(unit_days.c.day))

    async def loads(self, first: date, last: date) -> Mapping[int, Load]:
        """The load of each unit in a stretch of days, both included."""
        sums = (func.sum(unit_days.c[name]) for name in LOAD)
        found = select(unit_days.c.unit_id, *sums).where(unit_days.c.day.between(first, last))
        rows = await self.session.run(found.group_by(unit_days.c.unit_id).prefix_with(MANY))
        return {unit_id: Load(*map(int, row)) for unit_id, *row in rows}

    async def over(self, days: Sequence[date]) -> Mapping[date, tuple[int, int]]:
        """For each of these days that has counts: how many units there were, and how many above their cap."""
        above = func.sum(case((unit_days.c.standing > unit_days.c.cap, 1), else_=0))
        counted = select(unit_days.c.day, func.count(), above).where(unit_days.c.day.in_(days))
        rows = await self.session.run(counted.group_by(unit_days.c.day))
        return {day: (int(units), int(over)) for day, units, over in rows}

    async def forget(self, before: date) -> None:
        """Delete the counts of days before one."""
        await self.session.run(delete(unit_days).where(unit_days.c.day < before))

    async def last_day(self, until: date) -> date | None:
        """The latest day with counts, not after `until`."""
        latest = select(func.max(unit_days.c.day)).where(unit_days.c.day <= until)
        day: date | None = (await self.session.run(latest)).scalar()
        return day

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[UnitDay]:
        return [UnitDay(*row) for row in await self.session.run(wanted)]


@cache
def _upsert(insert: Callable[[Table], Insert]) -> Insert:
    statement = insert(unit_days)
    changed = {name: statement.excluded[name] for name in COLUMNS if name not in {"unit_id", "day"}}
    return statement.on_conflict_do_update(index_elements=["day", "unit_id"], set_=changed)

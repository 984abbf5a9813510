"""The rows of the ledger in SQL."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update

from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType, Platform, Source
from bot.core.units import UnitLevel
from storage.numbering import insert_numbered
from storage.session import Session
from storage.sqlite_driver import MANY
from storage.tables.ledger import AWAITING, objects

BATCH = 1_000
"""Rows that are turned into values before others get their turn."""

CODED: Mapping[str, type[Enum]] = {
    "object_type": ObjectType, "platform": Platform, "kind": GroupKind, "owner_level": UnitLevel,
    "state": ObjectState, "closing_reason": ClosingReason, "evidence": Evidence, "source": Source,
}  # fmt: skip
"""The fields that are words of a list."""
COLUMNS = [each.name for each in fields(LedgerObject)]
STORED = [name for name in COLUMNS if name != "id"]
MEMBERS: Mapping[str, Mapping[str | None, Any]] = {
    name: {None: None} | {each.value: each for each in words} for name, words in CODED.items()
}

_ALL = select(*(objects.c[name] for name in COLUMNS)).order_by(objects.c.id)
_RUNS = objects.c.state.not_in([state.value for state in ObjectState if state.ended])
_UPDATE = update(objects).where(objects.c.id == bindparam("mine")).values({name: bindparam(name) for name in STORED})


@dataclass(slots=True)
class SqlObjects:
    """Fulfils `ports.Objects`."""

    session: Session

    async def get(self, id: int) -> LedgerObject | None:  # noqa: A002
        """The row of our own number."""
        return await self._one(_ALL.where(objects.c.id == id))

    async def of_group(self, group_id: int) -> LedgerObject | None:
        """The row of a watched group."""
        return await self._one(_ALL.where(objects.c.group_id == group_id))

    async def named(self, platform: Platform, name: str) -> Sequence[LedgerObject]:
        """The rows that have not ended, of exactly this name on a platform."""
        return await self._found(_ALL.where(_RUNS, objects.c.name == name, objects.c.platform == platform.value))

    async def of_unit(self, unit_id: int | None) -> Sequence[LedgerObject]:
        """All rows of a unit (None: of those not yet assigned), ended ones too, in the order of their coming."""
        return await self._found(_ALL.where(objects.c.unit_id == unit_id))

    async def all(self, *, ended: bool = False) -> Sequence[LedgerObject]:
        """Every row; those that ended too when `ended`."""
        return await self._found(_ALL.prefix_with(MANY) if ended else _ALL.prefix_with(MANY).where(_RUNS))

    async def awaiting(self) -> Sequence[LedgerObject]:
        """The rows that were told to be closed, and of which nobody has said yet that they are gone."""
        return await self._found(_ALL.where(AWAITING))

    async def ending(self, first: date, last: date) -> Sequence[LedgerObject]:
        """The rows that have not ended and whose end date lies in a stretch of days, both included."""
        return await self._found(_ALL.where(_RUNS, objects.c.end_date.between(first, last)))

    async def add(self, objects: Sequence[LedgerObject]) -> Sequence[LedgerObject]:
        """Store new rows; returns them with their numbers, in the same order."""
        if not objects:
            return []
        numbers = await insert_numbered(self.session, _objects, [_values(each) for each in objects])
        return [replace(each, id=number) for each, number in zip(objects, numbers, strict=True)]

    async def update(self, objects: Sequence[LedgerObject]) -> None:
        """Store changed rows."""
        if objects:
            await self.session.run(_UPDATE, [_values(each) | {"mine": each.id} for each in objects])

    async def _one(self, wanted: Select[*tuple[Any, ...]]) -> LedgerObject | None:
        row = (await self.session.run(wanted)).first()
        return None if row is None else _object(row)

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[LedgerObject]:
        rows = (await self.session.run(wanted)).all()
        found: list[LedgerObject] = []
        for start in range(0, len(rows), BATCH):
            found += [_object(row) for row in rows[start : start + BATCH]]
            await asyncio.sleep(0)
        return found


_objects = objects
"""The table; a parameter of a method has its name."""


def _values(each: LedgerObject) -> dict[str, Any]:
    values = {name: getattr(each, name) for name in STORED}
    for name in CODED:
        if values[name] is not None:
            values[name] = values[name].value
    return values


def _object(row: Row[*tuple[Any, ...]]) -> LedgerObject:
    values = [*row]
    for place, members in _PLACES:
        values[place] = members[values[place]]
    return LedgerObject(*values)


_PLACES = [(COLUMNS.index(name), members) for name, members in MEMBERS.items()]

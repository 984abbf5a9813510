"""The units in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import orjson
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.core.units import ContactRole, Unit, UnitLevel, comparable
from storage.numbering import insert_numbered
from storage.session import Session
from storage.tables.ledger import unit_names, units

PLAIN = ("name", "parent_id", "is_department", "hours", "place", "merged_into", "closed_on", "cap", "project_cap")
"""The fields that are columns as they are."""
LEVELS = {level.value: level for level in UnitLevel}
_ALL = select(*(units.c[each.name] for each in fields(Unit)))


@dataclass(slots=True)
class SqlUnits:
    """Fulfils `ports.Units`; names are compared by a table of their own, contacts are sealed."""

    session: Session

    async def all(self, *, ended: bool = False) -> Sequence[Unit]:
        """Every unit by its place; those that were merged or closed too when `ended`."""
        wanted = _IN_ORDER if ended else _IN_ORDER.where(*_OPEN)
        return [self._unit(row) for row in await self.session.run(wanted)]

    async def get(self, id: int) -> Unit | None:  # noqa: A002
        """The unit of our own number."""
        row = (await self.session.run(_ALL.where(units.c.id == id))).first()
        return None if row is None else self._unit(row)

    async def named(self, name: str) -> Unit | None:
        """The open unit of a name or alias; None when there is none, and when several share the name."""
        ids = select(unit_names.c.unit_id).where(unit_names.c.name == comparable(name))
        rows = (await self.session.run(_ALL.where(units.c.id.in_(ids)).limit(2))).all()
        return self._unit(rows[0]) if len(rows) == 1 else None

    async def part(self, first: int, limit: int) -> Sequence[Unit]:
        """Some open units by their place, from the one with so many before it."""
        wanted = _IN_ORDER.where(*_OPEN).offset(first).limit(limit)
        return [self._unit(row) for row in await self.session.run(wanted)]

    async def count(self) -> int:
        """How many open units there are."""
        return int((await self.session.run(select(func.count()).select_from(units).where(*_OPEN))).scalar() or 0)

    async def like(self, words: str, limit: int) -> Sequence[Unit]:
        """The first open units with words in their name or an alias, compared as people write them; none for none."""
        wanted = comparable(words)
        if not wanted:
            return []
        ids = select(unit_names.c.unit_id).where(unit_names.c.name.contains(wanted, autoescape=True))
        return [self._unit(row) for row in await self.session.run(_IN_ORDER.where(units.c.id.in_(ids)).limit(limit))]

    async def add(self, units: Sequence[Unit]) -> Sequence[Unit]:
        """Store new units; returns them with their numbers and places, in the same order."""
        if not units:
            return []
        last = int((await self.session.run(select(func.max(_units.c.place)))).scalar() or 0)
        placed = [replace(each, place=each.place or last + number) for number, each in enumerate(units, 1)]
        numbers = await insert_numbered(self.session, _units, [self._values(each) for each in placed])
        stored = [replace(each, id=number) for each, number in zip(placed, numbers, strict=True)]
        await self._name(stored)
        return stored

    async def update(self, units: Sequence[Unit]) -> None:
        """Store changed units."""
        if not units:
            return
        self.session.purged = any(each.contacts for each in units) or self.session.purged
        rows = [{**self._values(each), "mine": each.id} for each in units]
        await self.session.run(_UPDATE, rows)
        await self.session.run(_UNNAME, [{"mine": each.id} for each in units])
        await self._name(units)

    async def _name(self, stored: Sequence[Unit]) -> None:
        """Let open units be found by their names."""
        rows = [
            {"name": name, "unit_id": each.id}
            for each in stored
            if each.is_open
            for name in sorted({comparable(word) for word in (each.name, *each.aliases)} - {""})
        ]
        if rows:
            await self.session.run(insert(unit_names), rows)

    def _values(self, unit: Unit) -> Mapping[str, Any]:
        contacts = orjson.dumps({role.value: words for role, words in unit.contacts.items()})
        return {name: getattr(unit, name) for name in PLAIN} | {
            "level": unit.level.value,
            "aliases": orjson.dumps(unit.aliases).decode(),
            "contacts": self.session.vault.seal(contacts) if unit.contacts else None,
        }

    def _unit(self, row: Row[*tuple[Any, ...]]) -> Unit:
        name, level, id_, parent_id, is_department, aliases, hours, contacts, *rest = row
        plain = None if contacts is None else self.session.unsealed(contacts)
        return Unit(
            *(name, LEVELS[level], id_, parent_id, is_department),
            () if aliases == "[]" else tuple(orjson.loads(aliases)),
            hours,
            {} if plain is None else {ContactRole(role): words for role, words in orjson.loads(plain).items()},
            *rest,
        )


_IN_ORDER = _ALL.order_by(units.c.place, units.c.id)
_OPEN = (units.c.merged_into.is_(None), units.c.closed_on.is_(None))
_units = units
"""The table; a parameter of a method has its name."""
_UPDATE = (
    update(units)
    .where(units.c.id == bindparam("mine"))
    .values({name: bindparam(name) for name in (*PLAIN, "level", "aliases", "contacts")})
)
_UNNAME = delete(unit_names).where(unit_names.c.unit_id == bindparam("mine"))

"""All rows of a database, in pieces that fit SQLite and PostgreSQL alike."""

import base64
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    case,
    column,
    func,
    insert,
    literal,
    select,
    table,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.types import NullType, TypeEngine

from bot.core.errors import BadBackup
from storage.engine import SNAPSHOT
from storage.migrations import HEAD, knows, migrate_within, revision_of
from storage.tables import METADATA
from storage.tables.columns import Moment
from storage.tables.inbox import inbox
from storage.tables.outbox import outbox

ROWS = 500
"""Rows that are held at a time."""
IN_USE = ("groups", "inbox", "outbox", "findings", "people")
"""A database with a row in any of these is in use; the others fill at the first start."""
TYPES: Mapping[str, TypeEngine[Any]] = {
    "moment": Moment(),
    "date": Date(),
    "bytes": LargeBinary(),
    "truth": Boolean(),
    "plain": NullType(),
}


@dataclass(frozen=True, slots=True)
class SqlArchive:
    """Fulfils `ports.Archive`. The first piece names the schema, each other one holds rows of a table."""

    engine: AsyncEngine

    async def dump(self) -> AsyncIterator[tuple[int, bytes]]:
        """All rows as of one moment, with how many are in a piece; others may write meanwhile.

        What is sealed for its day alone is in no backup: neither the updates that wait (of which the bare numbers are
        kept, so that a repeat is known) nor what is said fleetingly.
        """
        async with self.engine.connect() as connection:
            await self._hold(connection)
            yield 0, orjson.dumps({"revision": await revision_of(connection)})
            for each in METADATA.sorted_tables:
                async for rows in _pages(connection, each):
                    yield len(rows), _piece(each, rows)

    async def _hold(self, connection: AsyncConnection) -> None:
        """Let all further reads be of one moment."""
        if self.engine.dialect.name == "sqlite":
            await connection.execution_options(**{SNAPSHOT: True})
        else:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def load(self, pieces: AsyncIterable[bytes], *, replace: bool) -> int:
        """Put back what was dumped, all or nothing, and bring it up to the present schema; returns the rows."""
        first, total = True, 0
        async with self.engine.begin() as connection:
            async for piece in pieces:
                tree = orjson.loads(piece)
                if first:
                    await _prepare(connection, tree["revision"], replace=replace)
                else:
                    total += await _put(connection, tree)
                first = False
            await _count_on(connection)
            await migrate_within(connection, HEAD)
        return total


async def _pages(connection: AsyncConnection, each: Table) -> AsyncIterator[Sequence[Row[*tuple[Any, ...]]]]:
    """The rows in the order of their keys, from the last key of one page to the next page."""
    keys = [*each.primary_key]
    wanted: Select[*tuple[Any, ...]] = _lasting(each).order_by(*keys).limit(ROWS)
    page = (await connection.execute(wanted)).all()
    while page:
        yield page
        last = [literal(page[-1]._mapping[key.name], key.type) for key in keys]  # noqa: SLF001 - its public name
        page = (await connection.execute(wanted.where(tuple_(*keys) > tuple_(*last)))).all()


def _lasting(each: Table) -> Select[*tuple[Any, ...]]:
    """What of a table is in a backup."""
    if each is outbox:
        return select(each).where(outbox.c.fleeting.is_(False))
    if each is inbox:
        kept = case((inbox.c.aside_at.is_not(None), inbox.c.payload), else_=None).label("payload")
        return select(*(kept if one is inbox.c.payload else one for one in inbox.columns))
    return select(each)


def _piece(each: Table, rows: Sequence[Row[*tuple[Any, ...]]]) -> bytes:
    columns = {one.name: _kind(one) for one in each.columns}
    tree = {"table": each.name, "columns": columns, "rows": [[*row] for row in rows]}
    return orjson.dumps(tree, default=lambda value: base64.b64encode(value).decode())


def _kind(one: Column[Any]) -> str:
    kinds = {Moment: "moment", Date: "date", LargeBinary: "bytes", Boolean: "truth"}
    return next((name for kind, name in kinds.items() if isinstance(one.type, kind)), "plain")


async def _prepare(connection: AsyncConnection, revision: str, *, replace: bool) -> None:
    """Make the schema of the backup in a database that is empty or to be replaced."""
    if not knows(revision):
        raise BadBackup("newer")
    found = MetaData()
    await connection.run_sync(found.reflect)
    for name in IN_USE if not replace else ():
        if name in found.tables and (await connection.execute(select(found.tables[name]).limit(1))).first():
            raise BadBackup("not_empty")
    await connection.run_sync(found.drop_all)
    await migrate_within(connection, revision)


async def _put(connection: AsyncConnection, tree: Mapping[str, Any]) -> int:
    columns: Mapping[str, str] = tree["columns"]
    into = table(tree["table"], *(column(name, TYPES[kind]) for name, kind in columns.items()))
    rows = [
        {name: _value(kind, value) for (name, kind), value in zip(columns.items(), row, strict=True)}
        for row in tree["rows"]
    ]
    await connection.execute(insert(into), rows)
    return len(rows)


def _value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    match kind:
        case "moment":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "bytes":
            return base64.b64decode(value)
        case _:
            return value


async def _count_on(connection: AsyncConnection) -> None:
    """Let running numbers go on where they stood; SQLite does so by itself."""
    if connection.dialect.name == "sqlite":
        return
    found = MetaData()
    await connection.run_sync(found.reflect)
    for each in found.sorted_tables:
        (key, *others) = each.primary_key
        if key.name == "id" and isinstance(key.type, Integer) and not others:
            highest = (await connection.execute(select(func.max(key)))).scalar()
            sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :value, :used)")
            values = {"name": each.name, "value": highest or 1, "used": highest is not None}
            await connection.execute(sequence, values)

"""Inserting many rows at once and knowing the number of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, text

from storage.session import Session

_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


async def insert_numbered(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert rows of a table that counts by itself; returns their numbers in the same order.

    SQLite tells numbers one row at a time alone; but it has one writer, so that the next numbers are known.
    """
    if not session.is_sqlite:
        new = insert(table).returning(table.c.id, sort_by_parameter_order=True)
        return [*(await session.run(new, rows)).scalars()]
    last = int((await session.run(_LAST, {"name": table.name})).scalar() or 0)
    numbers = range(last + 1, last + 1 + len(rows))
    await session.run(insert(table), [{**row, "id": number} for row, number in zip(rows, numbers, strict=True)])
    return numbers

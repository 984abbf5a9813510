"""Sealing anew what older keys sealed, so that these can be dropped; in batches, to be gone on with after a stop."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core.errors import BadKeyFile, BadSeal
from storage.crypto import ID_BYTES, KeyVault
from storage.tables import METADATA
from storage.tables.upkeep import leases

ROWS = 500
"""Rows of a batch, which is one transaction."""


@dataclass(slots=True)
class Resealed:
    """How many values were sealed anew, and how many no known key opens: these are left as they are."""

    values: int = 0
    unreadable: int = 0


async def reseal(engine: AsyncEngine, vault: KeyVault, now: datetime) -> Resealed:
    """Seal with the present key whatever another one sealed.

    What a day key sealed is left alone: it goes with its key. Raises `BadKeyFile` while a bot runs on the database: it
    would go on sealing with the key that it knows.
    """
    done = Resealed()
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                async for batch in _batches(engine, table, column, vault, now):
                    done.values += batch.values
                    done.unreadable += batch.unreadable
    if engine.dialect.name == "sqlite":  # what was overwritten is not to live on in the log
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None  # noqa: S101
            await driver.executescript("PRAGMA wal_checkpoint(TRUNCATE);")
    return done


async def _batches(
    engine: AsyncEngine, table: Table, column: Column[Any], vault: KeyVault, now: datetime
) -> AsyncIterator[Resealed]:
    keys = [*table.primary_key]
    old = func.substr(column, 1, ID_BYTES, type_=LargeBinary).not_in([vault.present_id, *vault.fleeting_ids])
    wanted = select(*keys, column).where(column.is_not(None), old).order_by(*keys).limit(ROWS)
    page = wanted
    while True:
        async with engine.begin() as connection:
            await _check_idle(connection, now)
            rows = (await connection.execute(page)).all()
            batch = Resealed()
            for *row_key, sealed in rows:
                fresh = _resealed(vault, sealed)
                if fresh is None:
                    batch.unreadable += 1
                    continue
                mine = [key == value for key, value in zip(keys, row_key, strict=True)]
                await connection.execute(update(table).where(*mine).values({column: fresh}))
                batch.values += 1
        if not rows:
            return
        yield batch
        last = [literal(value, key.type) for key, value in zip(keys, rows[-1], strict=False)]
        page = wanted.where(tuple_(*keys) > tuple_(*last))


def _resealed(vault: KeyVault, sealed: bytes) -> bytes | None:
    try:
        return vault.seal(vault.unseal(sealed))
    except BadSeal:
        return None


async def _check_idle(connection: AsyncConnection, now: datetime) -> None:
    held = select(leases.c.name).where(leases.c.name.in_(("worker", "sender")), leases.c.until > now).limit(1)
    if (await connection.execute(held)).first() is not None:
        raise BadKeyFile("running")

"""The engine of an address: a path or `sqlite+aiosqlite:///…` for SQLite, `postgresql://…` for PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import sqlite_driver

SNAPSHOT = "jianfu_snapshot"
"""Execution option of a connection that only reads, from one moment, and shuts out no writer."""

PRAGMAS = {
    "journal_mode": "WAL",  # a reader and the writer do not wait for one another
    # Telegram is told that an update is stored, so it must not go with the power. Some commits need not wait for the
    # disk, and say so (`Store.begin`).
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "busy_timeout": str(sqlite_driver.BUSY_TIMEOUT),
    "secure_delete": "ON",  # an emptied payload is overwritten, not only unlinked
    "temp_store": "MEMORY",
}


def address_of(address: str) -> URL:
    """The full address; SQLite for anything without a scheme."""
    if "://" not in address:
        return URL.create("sqlite+aiosqlite", database=address)
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite+aiosqlite")
    # `sslmode` is how everybody but asyncpg spells it.
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+asyncpg", query=query)


def open_engine(address: str) -> AsyncEngine:
    """An engine; the folder of an SQLite file is made, nothing is connected yet."""
    url = address_of(address)
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # A session ends its transaction before it gives a connection back; the pool need not do it again.
    # An error must not carry what was to be written, for errors reach logs and terminals.
    engine = create_async_engine(
        url,
        connect_args={"async_creator_fn": sqlite_driver.connect},
        pool_reset_on_return=None,
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    # The driver would begin only at the first write, and could then find its snapshot outdated.
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get(SNAPSHOT)
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite_driver.Connection)  # noqa: S101
    if driver.in_hand:
        return  # it was begun by a statement that went past SQLAlchemy
    driver.at_hand = sqlite_driver.SHARED and not reads
    if reads or not driver.begins():
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

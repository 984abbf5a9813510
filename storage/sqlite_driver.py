"""aiosqlite without most of its trips to another thread, which are most of what SQLite costs in an event loop.

What is over in less time than a trip is done in the loop's own thread: the statements inside a transaction, its
beginning when nobody else writes, and its end on a quick disk. The thread waits for other writers and slow disks,
and does what reads or deletes many rows.
"""

import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Self

import aiosqlite

SHARED = sqlite3.threadsafety == 3
"""Whether the library lets the loop's thread and the connection's own take turns."""

BUSY_TIMEOUT = 15_000
"""Milliseconds that the thread waits for another process which writes."""

QUICK = 0.005
"""Seconds that a commit may hold up the loop; after one that took longer the thread waits for the disk."""


def _is_short(operation: str) -> bool:
    """Whether a statement concerns few rows, as those that delete or sum up may not."""
    return not operation.startswith("DELETE") and "GROUP BY" not in operation


class Cursor:
    """What SQLAlchemy needs of a cursor; the rows are fetched along with the statement."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        """Run one statement."""
        return await self._run(sqlite3.Cursor.execute, operation, parameters)

    async def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run one statement for many rows."""
        return await self._run(sqlite3.Cursor.executemany, operation, parameters)

    async def _run(self, method: Any, operation: str, parameters: Any) -> Self:
        connection = self._connection
        if connection.at_hand and connection.here.in_transaction and _is_short(operation):
            self._run_here(method, operation, parameters)
        else:
            await connection.in_thread(partial(self._run_here, method, operation, parameters))
        return self

    def _run_here(self, method: Any, operation: str, parameters: Any) -> None:
        cursor = self._connection.here.cursor()
        try:
            method(cursor, operation, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> Sequence[Any]:
        """The rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open any more."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors run short statements here, and take one trip for each of the others."""

    at_hand = False
    """Whether the loop's thread may use the connection: never for a reader, which may read everything."""
    _slow_disk = _away = False
    _waits = True

    def cursor(self) -> Cursor:  # type: ignore[override]
        """A cursor."""
        return Cursor(self)

    @property
    def here(self) -> sqlite3.Connection:
        """The connection itself, for use in its own thread."""
        return self._conn

    async def in_thread(self, function: Any) -> None:
        """Run a function in the thread of the connection."""
        self._away = True
        await self._execute(function)  # type: ignore[no-untyped-call]
        self._away = False  # never where it was not waited for

    @property
    def in_hand(self) -> bool:
        """Whether a transaction is open in which the loop's thread may work."""
        return self.at_hand and self.here.in_transaction

    def wait_for_disk(self, *, waits: bool) -> None:
        """Whether the next commit is on the disk when it is made, or by the next one that is."""
        if waits is not self._waits and SHARED:
            self.here.execute(f"PRAGMA synchronous = {'FULL' if waits else 'NORMAL'}")
            self._waits = waits

    def begins(self) -> bool:
        """Begin a transaction that writes, at once or not at all: another process may be writing."""
        if not SHARED:
            return False
        here = self.here
        here.execute("PRAGMA busy_timeout = 0")
        try:
            here.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            here.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        self.at_hand = True
        return True

    def roll_back(self) -> None:
        """Undo what is open."""
        if self.here.in_transaction:
            self.here.rollback()

    def undone(self) -> bool:
        """Undo what is open, at once; False when the thread is at it, or may be."""
        if self._away or not self.at_hand:
            return False
        self.roll_back()
        return True

    async def commit(self) -> None:
        """Make the transaction last."""
        started = time.perf_counter()
        if self.at_hand and not self._slow_disk:
            self.here.commit()
        else:
            await self.in_thread(self.here.commit)
        self._slow_disk = time.perf_counter() - started > QUICK


def connect(database: str, **options: Any) -> Connection:
    """A connection to be awaited; its thread ends with the process."""
    connection = Connection(partial(_connect_here, database, options), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does itself
    return connection


def _connect_here(database: str, options: Mapping[str, Any]) -> sqlite3.Connection:
    if not options.get("uri") and database not in {"", ":memory:"}:
        # Titles and counts are not sealed: a new file is its owner's alone, and its log takes after it.
        with suppress(OSError):  # SQLite itself says what is wrong
            os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    connection: sqlite3.Connection = sqlite3.connect(database, **{**options, "check_same_thread": not SHARED})
    return connection

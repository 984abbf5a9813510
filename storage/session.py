"""What the repositories share: the connection of one transaction, the vault, and statements of either dialect."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import orjson
from sqlalchemy import ARRAY, BigInteger, ColumnElement, Executable, Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.core.errors import BadSeal
from bot.ports import Vault
from storage.engine import PRAGMAS
from storage.prepared import Answer, prepared
from storage.sqlite_driver import Connection

Insert: TypeAlias = postgresql.Insert | sqlite.Insert
Values: TypeAlias = Mapping[str, Any]


@dataclass(slots=True)
class Gate:
    """Lets one transaction of this process through at a time: SQLite has one writer, and asking in turn is fair.

    A task that would wait for itself is told so. The connection stays with the gate from one to the next.
    """

    connection: AsyncConnection | None = None
    driver: Connection | None = None
    """The driver's own connection under it."""
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _holder: asyncio.Task[Any] | None = None

    async def enter(self) -> None:
        """Wait for one's turn."""
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("a unit of work inside another one of the same task waits for itself")
        await self._lock.acquire()
        self._holder = asyncio.current_task()

    def leave(self) -> None:
        """Let the next one in."""
        self._holder = None
        self._lock.release()


@dataclass(slots=True)
class Session:
    """One connection, on which a transaction begins with the first statement and ends with `commit` or `close`."""

    engine: AsyncEngine
    vault: Vault
    gate: Gate | None
    before_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    """Called whenever a transaction ends, either way: caches are emptied."""
    purged: bool = False
    lasting: bool = True
    """Whether a commit waits for the disk (see `ports.Store.begin`)."""
    _connection: AsyncConnection | None = None
    _driver: Connection | None = None
    _inside: bool = False

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def insert(self) -> Callable[[Table], Insert]:
        """Makes an insert that knows `on conflict`."""
        return sqlite.insert if self.is_sqlite else postgresql.insert

    @property
    def chosen(self) -> Callable[[ColumnElement[int]], ColumnElement[bool]]:
        """Makes the condition that a number is in the parameter `ids` (see `ids`), however many there are."""
        return _in_json if self.is_sqlite else _in_array

    def ids(self, numbers: Sequence[int]) -> Any:
        """The value of the parameter `ids`."""
        return orjson.dumps(numbers).decode() if self.is_sqlite else [*numbers]

    async def alone(self, subject: str) -> None:
        """Wait for other transactions that write of a subject, until this one ends; SQLite has one writer anyway."""
        if not self.is_sqlite:
            number = int.from_bytes(hashlib.sha256(f"jianfu {subject}".encode()).digest()[:7], "big")
            await self.run(select(func.pg_advisory_xact_lock(number)))

    async def run(
        self, statement: Executable, values: Sequence[Values] | Values | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Execute a statement in the transaction."""
        connection = self._connection if self._inside else await self._begin()
        assert connection is not None  # noqa: S101
        return await connection.execute(statement, values)

    async def ask(self, statement: Executable, values: Sequence[Values] | Values) -> Answer:
        """Execute a statement that each message needs (see `storage/prepared.py`), which lives as long as the process.

        All rows of `values` have the same names.
        """
        connection = self._connection if self._inside else await self._begin()
        assert connection is not None  # noqa: S101
        driver = self._driver
        if driver is None or not (driver.in_hand or (not connection.in_transaction() and driver.begins())):
            result = await connection.execute(statement, values)
            return Answer(result.all() if result.returns_rows else (), result.rowcount)
        names = values if isinstance(values, Mapping) else values[0]
        return prepared(statement, [*names], self.engine.dialect).run(driver.here, values)

    async def _begin(self) -> AsyncConnection:
        gate = self.gate
        if gate is not None:
            await gate.enter()
        self._inside = True
        if gate is not None and self._connection is None:
            self._connection, gate.connection = gate.connection, None
            self._driver, gate.driver = gate.driver, None
        if self._connection is None:
            self._connection = await self.engine.connect()
            if gate is not None:
                driver: Any = (await self._connection.get_raw_connection()).driver_connection
                self._driver = driver
        if self._driver is not None:
            self._driver.wait_for_disk(waits=self.lasting)
        return self._connection

    async def commit(self) -> None:
        """Make the transaction last; the next statement begins another."""
        for flush in self.before_commit:
            await flush()
        if self._connection is None or not self._inside:
            return
        driver, connection = self._driver, self._connection
        await (driver if driver is not None and self._is_own() else connection).commit()
        if self.purged and driver is not None:
            await self._empty_log(driver)
        self._give_back()
        self._end()

    async def _empty_log(self, driver: Connection) -> None:
        """Let what was emptied not live on in SQLite's log; a reader in the way leaves this to the next purge."""
        await driver.executescript("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);")
        await driver.execute(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")

    def _is_own(self) -> bool:
        """Whether SQLAlchemy knows nothing of the transaction, if there is one."""
        return self._connection is not None and not self._connection.in_transaction()

    def _give_back(self) -> None:
        """Leave the connection with the gate, for the next transaction of the process."""
        if self.gate is not None:
            self.gate.connection, self._connection = self._connection, None
            self.gate.driver, self._driver = self._driver, None

    def _end(self) -> None:
        self._inside = self.purged = False
        for forget in self.after:
            forget()
        if self.gate is not None:
            self.gate.leave()

    async def close(self) -> None:
        """Undo what was not committed, and give the connection back, even while the task is being cancelled."""
        if self._inside and self._is_own() and self._driver is not None and self._driver.undone():
            self._give_back()
        connection, self._connection = self._connection, None
        driver, self._driver = self._driver, None
        try:
            if connection is not None:
                await asyncio.shield(asyncio.ensure_future(_closed(connection, driver)))
        finally:
            if self._inside:
                self._end()

    def unsealed(self, sealed: bytes | None) -> bytes | None:
        """The plain bytes; None for nothing, or for what no known key opens: the rest must go on."""
        try:
            return None if sealed is None else self.vault.unseal(sealed)
        except BadSeal:
            return None

    def sealed_text(self, words: str) -> bytes | None:
        """A text, sealed; None for an empty one."""
        return self.vault.seal(words.encode()) if words else None

    def unsealed_text(self, sealed: bytes | None) -> str:
        """The text again."""
        return (self.unsealed(sealed) or b"").decode()


async def _closed(connection: AsyncConnection, driver: Connection | None) -> None:
    if driver is not None and not connection.in_transaction():
        await driver.in_thread(driver.roll_back)
    await connection.close()


def _in_json(number: ColumnElement[int]) -> ColumnElement[bool]:
    return number.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value))


def _in_array(number: ColumnElement[int]) -> ColumnElement[bool]:
    return number == func.any(bindparam("ids", type_=ARRAY(BigInteger)))

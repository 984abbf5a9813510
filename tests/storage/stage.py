"""Where a test of the repositories plays."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.ports import Store
from storage.crypto import KeyVault
from storage.tables import METADATA
from storage.unit_of_work import SqlStore, open_store
from tests.fakes import InMemoryStore

VAULT = KeyVault.new()
Play = Callable[[Store], Awaitable[None]]


@dataclass(frozen=True)
class Stage:
    """Where a test plays: `run` opens a fresh store, plays the test on it, and closes it."""

    name: str
    address: str = ""

    def run(self, play: Play) -> None:
        asyncio.run(self._run(play))

    async def _run(self, play: Play) -> None:
        if not self.address:
            await play(InMemoryStore())
            return
        store = await open_store(self.address, VAULT)
        try:
            await play(store)
        finally:
            await store.close()


async def rows_of(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the database has it."""
    async with store.engine.connect() as connection:
        found = {}
        for table in METADATA.sorted_tables:
            rows = await connection.execute(table.select().order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
        return found

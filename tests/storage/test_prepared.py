"""What goes past SQLAlchemy to SQLite belongs to the same transaction, and to the disk as far as it was asked for."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.ports import StoredUpdate
from storage.unit_of_work import SqlStore, open_store
from tests.storage.stage import VAULT

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


def update(number: int) -> StoredUpdate:
    return StoredUpdate(1, number, b"{}", NOW)


def on_file(tmp_path: Path, act: Any) -> Any:
    async def play() -> Any:
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        try:
            return await act(store)
        finally:
            await store.close()

    return asyncio.run(play())


async def kept(store: SqlStore) -> list[int]:
    async with store.begin() as work:
        return [each.update_id for each in await work.inbox.pending(10)]


def test_what_was_not_committed_is_undone(tmp_path):
    async def act(store: SqlStore) -> list[int]:
        async with store.begin() as work:
            await work.inbox.store([update(1)])
        return await kept(store)

    assert on_file(tmp_path, act) == []


@pytest.mark.parametrize("prepared_first", [True, False])
def test_both_ways_to_the_database_are_one_transaction(prepared_first, tmp_path):
    async def act(store: SqlStore) -> tuple[list[int], Any]:
        async with store.begin() as work:
            if prepared_first:
                await work.inbox.store([update(1)])
            await work.state.set("name", "value")
            if not prepared_first:
                await work.inbox.store([update(1)])
        undone = await kept(store), await fact(store)
        async with store.begin() as work:
            if prepared_first:
                await work.inbox.store([update(2)])
            await work.state.set("name", "value")
            if not prepared_first:
                await work.inbox.store([update(2)])
            await work.commit()
        return undone, (await kept(store), await fact(store))

    async def fact(store: SqlStore) -> str | None:
        async with store.begin() as work:
            return await work.state.get("name")

    assert on_file(tmp_path, act) == (([], None), ([2], "value"))


def test_a_transaction_waits_for_another_process_that_writes(tmp_path):
    async def act(store: SqlStore) -> list[int]:
        other = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        try:
            async with other.begin() as theirs:
                await theirs.inbox.store([update(1)])
                mine = asyncio.create_task(keep(store))
                await asyncio.sleep(0.05)
                await theirs.commit()
            await mine
            return await kept(store)
        finally:
            await other.close()

    async def keep(store: SqlStore) -> None:
        async with store.begin() as work:
            await work.inbox.store([update(2)])
            await work.commit()

    assert on_file(tmp_path, act) == [1, 2]


def test_only_what_is_done_anew_does_not_wait_for_the_disk(tmp_path):
    async def act(store: SqlStore) -> list[int]:
        found = []
        for lasting in (True, False, True):
            async with store.begin(lasting=lasting) as work:
                await work.inbox.store([update(1)])
                found.append(await synchronous(work))
                await work.commit()
        return found

    async def synchronous(work: Any) -> int:
        driver = work._session._driver
        return int(driver.here.execute("PRAGMA synchronous").fetchone()[0])

    full, normal = 2, 1
    assert on_file(tmp_path, act) == [full, normal, full]

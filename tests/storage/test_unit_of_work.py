"""Transactions, alike over the fake and both databases."""

import asyncio
import sqlite3

import pytest

from storage import sqlite_driver
from storage.unit_of_work import SqlStore, open_store
from tests.storage.make_values import NOW, group, outgoing, update
from tests.storage.stage import VAULT


def test_what_is_not_committed_is_undone(stage):
    async def play(store):
        async with store.begin() as work:
            await work.inbox.store([update(1)])
            await work.groups.add(group())
            await work.state.set("listened", "then")
        async with store.begin() as work:
            assert [await work.inbox.pending(9), await work.groups.all(), await work.state.get("listened")] == [
                [],
                [],
                None,
            ]

    stage.run(play)


def test_an_error_undoes_all_repositories_together(stage):
    async def play(store):
        async def fail():
            async with store.begin() as work:
                await work.inbox.store([update(1)])
                await work.outbox.add([outgoing()], NOW)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail()
        async with store.begin() as work:
            assert not await work.inbox.pending(9)
            assert await work.outbox.waiting() == 0

    stage.run(play)


def test_work_after_a_commit_is_another_transaction(stage):
    async def play(store):
        async with store.begin() as work:
            await work.state.set("first", "kept")
            await work.commit()
            await work.state.set("second", "lost")
        async with store.begin() as work:
            assert [await work.state.get("first"), await work.state.get("second")] == ["kept", None]

    stage.run(play)


def test_a_commit_of_nothing_is_no_trouble(stage):
    async def play(store):
        async with store.begin() as work:
            await work.commit()
            await work.commit()

    stage.run(play)


def test_an_undone_count_is_not_written_later(stage):
    async def play(store):
        async with store.begin() as work:
            stored = await work.groups.add(group())
            await work.commit()
            await work.counts.add(stored.id, NOW.date(), {"messages": 3})
        async with store.begin() as work:
            await work.counts.add(stored.id, NOW.date(), {"messages": 1})
            await work.commit()
        async with store.begin() as work:
            assert await work.counts.sums(stored.id, NOW.date(), NOW.date()) == {"messages": 1}

    stage.run(play)


def test_units_of_work_side_by_side_lose_nothing(stage):
    async def play(store):
        async with store.begin() as work:
            stored = await work.groups.add(group())
            await work.commit()

        async def count():
            async with store.begin() as work:
                await work.counts.add(stored.id, NOW.date(), {"messages": 1})
                await asyncio.sleep(0)
                await work.commit()

        await asyncio.gather(*(count() for _ in range(20)))
        async with store.begin() as work:
            assert await work.counts.sums(stored.id, NOW.date(), NOW.date()) == {"messages": 20}

    stage.run(play)


def test_a_cancelled_unit_of_work_is_undone_and_lets_others_in(stage):
    async def play(store):
        begun = asyncio.Event()

        async def stuck():
            async with store.begin() as work:
                await work.state.set("name", "stuck")
                begun.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(stuck())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(10), store.begin() as work:
            assert await work.state.get("name") is None
            await work.commit()

    stage.run(play)


def test_a_writer_beside_the_bot_is_waited_for_while_the_loop_goes_on(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            await work.state.set("name", "before")
            await work.commit()
        beside = sqlite3.connect(tmp_path / "jianfu.db", isolation_level=None)
        beside.execute("BEGIN IMMEDIATE")

        async def leave():
            await asyncio.sleep(0.1)
            beside.execute("ROLLBACK")

        async with asyncio.TaskGroup() as both, store.begin() as work:
            both.create_task(leave())
            await work.state.set("name", "after")
            await work.commit()
        async with store.begin() as work:
            assert await work.state.get("name") == "after"
        beside.close()
        await store.close()

    asyncio.run(play())


@pytest.mark.parametrize("quick", [-1.0, 60.0], ids=["a slow disk", "a quick disk"])
def test_a_commit_lasts_however_quick_the_disk_is(tmp_path, monkeypatch, quick):
    monkeypatch.setattr(sqlite_driver, "QUICK", quick)

    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        for number in range(3):
            async with store.begin() as work:
                await work.state.set("name", str(number))
                await work.commit()
        await store.close()
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            assert await work.state.get("name") == "2"
        await store.close()

    asyncio.run(play())


def test_a_unit_of_work_within_another_says_so_instead_of_waiting(stage):
    async def play(store):
        if isinstance(store, SqlStore) and store.gate is None:
            return  # PostgreSQL lets them run side by side
        async with store.begin() as outer:
            await outer.state.set("name", "outer")
            with pytest.raises(RuntimeError, match="waits for itself"):
                async with store.begin() as inner:
                    await inner.state.get("name")

    stage.run(play)

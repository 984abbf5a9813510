"""Backups of each database restored into each, and files that are refused."""

import asyncio
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import BadBackup
from bot.services.backup import FRAME, TITLE, back_up, restore
from storage.backup import SqlArchive
from storage.crypto import KeyVault
from storage.engine import open_engine
from storage.migrations import migrate
from storage.unit_of_work import open_store
from tests.storage.make_values import FULL_FINDING, FULL_GROUP, FULL_OUTGOING, NOW, finding, group, update
from tests.storage.stage import VAULT, rows_of
from tests.storage.test_approvals import fill_approvals
from tests.storage.test_cases import fill_cases
from tests.storage.test_groups import _fill
from tests.storage.test_ledger import fill_ledger


async def fill(address, updates=1_200):
    """A database with rows in every table, more of some than fit a page."""
    store = await open_store(address, VAULT)
    async with store.begin() as work:
        stored = await work.groups.add(FULL_GROUP)
        await work.groups.add(group(-4))
        await work.groups.migrate(-4, -1_000_000_000_004)
        await _fill(work, stored.id, "1")
        await work.findings.add([replace(FULL_FINDING, group_id=stored.id)])
        await work.findings.add([finding(number, group_id=stored.id) for number in range(10, 600)])
        await work.inbox.store([update(number, b"payload " * 20) for number in range(updates)])
        await work.inbox.handled([each.id for each in await work.inbox.pending(updates - 2)], NOW)
        await work.outbox.add([FULL_OUTGOING, replace(FULL_OUTGOING, key="", fleeting=True)], NOW)
        await work.seen.first("album", NOW)
        await work.leases.take("worker", "me", NOW, 30)
        await work.state.set("heard", "二")
        await fill_ledger(work, stored.id)
        await fill_approvals(work)
        await fill_cases(work)
        await work.commit()
    return store


def lasting(rows):
    """The rows as a backup has them: nothing of what is sealed for a day alone."""
    waiting = [(*row[:3], None, *row[4:]) if row[7] is None and row[8] is None else row for row in rows["inbox"]]
    assert [row[3] is None for row in rows["inbox"]].count(False) == 2
    return rows | {"inbox": waiting, "outbox": [row for row in rows["outbox"] if not row[-1]]}


async def play_restored(source, target, file):
    store = await fill(source)
    before = await rows_of(store)
    written = await back_up(SqlArchive(store.engine), VAULT, file)
    await store.close()
    engine = open_engine(target)
    restored = await restore(SqlArchive(engine), VAULT, file)
    await engine.dispose()
    again = await open_store(target, VAULT)
    after = await rows_of(again)
    before = lasting(before)
    async with again.begin() as work:  # numbers go on, and payloads open
        assert (await work.groups.add(group(-77))).id == before["groups"][-1][0] + 1
        assert (await work.outbox.due(NOW, 9, frozenset()))[0].outgoing == FULL_OUTGOING
    await again.close()
    return before, after, written, restored


@pytest.mark.parametrize("target_kind", ["sqlite", "postgres"])
def test_a_restored_database_is_equal_row_for_row(database, target_kind, tmp_path, request):
    target = str(tmp_path / "target.db") if target_kind == "sqlite" else request.getfixturevalue("second_postgres")
    file = tmp_path / "backup"
    before, after, written, restored = asyncio.run(play_restored(database, target, file))
    assert all(before[name] for name in before)
    assert after == before
    assert written == restored == sum(map(len, before.values()))
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_while_others_write_is_of_one_moment(database, tmp_path):
    async def play():
        store = await fill(database)
        stop = asyncio.Event()

        async def write():
            number = 10_000
            while not stop.is_set():
                async with store.begin() as work:
                    await work.inbox.store([update(number)])
                    await work.counts.add(1, NOW.date(), {"stored": 1})
                    await work.commit()
                number += 1
            return number - 10_000

        writer = asyncio.create_task(write())
        await asyncio.sleep(0.05)
        await back_up(SqlArchive(store.engine), VAULT, tmp_path / "backup")
        stop.set()
        written = await writer
        await store.close()
        engine = open_engine(str(tmp_path / "copy.db"))
        await restore(SqlArchive(engine), VAULT, tmp_path / "backup")
        await engine.dispose()
        copy = await open_store(str(tmp_path / "copy.db"), VAULT)
        async with copy.begin() as work:
            stored = len([each for each in await work.inbox.pending(99_999) if each.update_id >= 10_000])
            counted = (await work.counts.sums(1, NOW.date(), NOW.date())).get("stored", 0)
        await copy.close()
        return stored, counted, written

    stored, counted, written = asyncio.run(play())
    assert stored == counted
    assert written > 0


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """A sound backup, as bytes."""
    folder = tmp_path_factory.mktemp("backup")

    async def play():
        store = await fill(str(folder / "source.db"))
        await back_up(SqlArchive(store.engine), VAULT, folder / "backup")
        await store.close()

    asyncio.run(play())
    return (folder / "backup").read_bytes()


def frames(contents: bytes) -> list[bytes]:
    found, place = [], len(TITLE)
    while place < len(contents):
        (length,) = FRAME.unpack_from(contents, place)
        found.append(contents[place : place + FRAME.size + length])
        place += FRAME.size + length
    return found


def _swapped(contents):
    first, second, third, *rest = frames(contents)
    return b"".join([TITLE, first, third, second, *rest])


BROKEN = {
    "altered": {
        "cut in a frame": lambda contents: contents[:-5],
        "cut between frames": lambda contents: TITLE + b"".join(frames(contents)[:-1]),
        "cut after the title": lambda contents: contents[: len(TITLE)],
        "one bit changed": lambda contents: contents[:900] + bytes([contents[900] ^ 1]) + contents[901:],
        "frames swapped": _swapped,
        "a frame left out": lambda contents: TITLE + b"".join([frames(contents)[0], *frames(contents)[2:]]),
        "something added": lambda contents: contents + b"x",
        "a length without end": lambda _: TITLE + b"\xff" * 40,
    },
    "not_backup": {"empty": lambda _: b"", "another file": lambda _: b"SQLite format 3\0"},
}


@pytest.mark.parametrize(
    ("reason", "alter"),
    [pytest.param(reason, alter, id=name) for reason, kinds in BROKEN.items() for name, alter in kinds.items()],
)
def test_a_broken_backup_is_refused_and_leaves_nothing(backup, reason, alter, tmp_path):
    file = tmp_path / "backup"
    file.write_bytes(alter(backup))
    with pytest.raises(BadBackup, match=reason):
        asyncio.run(_restore(tmp_path / "target.db", file))
    assert asyncio.run(_tables(tmp_path / "target.db")) == []


async def _restore(target: Path, file: Path, vault=VAULT, *, replace=False):
    engine = open_engine(str(target))
    try:
        return await restore(SqlArchive(engine), vault, file, replace=replace)
    finally:
        await engine.dispose()


async def _tables(target: Path):
    engine = open_engine(str(target))
    async with engine.connect() as connection:
        found = (await connection.exec_driver_sql("SELECT name FROM sqlite_master")).all()
    await engine.dispose()
    return found


def test_another_key_does_not_open_a_backup(backup, tmp_path):
    (tmp_path / "backup").write_bytes(backup)
    with pytest.raises(BadBackup, match="altered"):
        asyncio.run(_restore(tmp_path / "target.db", tmp_path / "backup", KeyVault.new()))


def test_a_frame_of_another_backup_is_noticed(backup, tmp_path):
    async def play():
        store = await fill(str(tmp_path / "other.db"))
        await back_up(SqlArchive(store.engine), VAULT, tmp_path / "other")
        await store.close()

    asyncio.run(play())
    mixed = frames(backup)
    mixed[2] = frames((tmp_path / "other").read_bytes())[2]
    (tmp_path / "mixed").write_bytes(TITLE + b"".join(mixed))
    with pytest.raises(BadBackup, match="altered"):
        asyncio.run(_restore(tmp_path / "target.db", tmp_path / "mixed"))


def test_a_database_in_use_is_replaced_only_when_told(backup, tmp_path):
    (tmp_path / "backup").write_bytes(backup)

    async def play():
        store = await open_store(str(tmp_path / "target.db"), VAULT)
        async with store.begin() as work:
            await work.groups.add(group(-99, title="keep"))
            await work.commit()
        await store.close()
        with pytest.raises(BadBackup, match="not_empty"):
            await _restore(tmp_path / "target.db", tmp_path / "backup")
        kept = await _titles(tmp_path / "target.db")
        await _restore(tmp_path / "target.db", tmp_path / "backup", replace=True)
        return kept, await _titles(tmp_path / "target.db")

    kept, replaced = asyncio.run(play())
    assert kept == ["keep"]
    assert "keep" not in replaced
    assert len(replaced) == 2


def test_a_started_but_unused_database_takes_a_backup(backup, tmp_path):
    (tmp_path / "backup").write_bytes(backup)

    async def play():
        await (await open_store(str(tmp_path / "target.db"), VAULT)).close()
        await _restore(tmp_path / "target.db", tmp_path / "backup")
        return await _titles(tmp_path / "target.db")

    assert len(asyncio.run(play())) == 2


async def _titles(file: Path):
    store = await open_store(str(file), VAULT)
    async with store.begin() as work:
        titles = [each.title for each in await work.groups.all()]
    await store.close()
    return titles


def test_a_backup_of_a_newer_version_is_refused(tmp_path):
    class Newer:
        async def dump(self):
            yield 0, b'{"revision": "9999"}'

    asyncio.run(back_up(Newer(), VAULT, tmp_path / "backup"))
    with pytest.raises(BadBackup, match="newer"):
        asyncio.run(_restore(tmp_path / "target.db", tmp_path / "backup"))


def test_a_backup_of_the_previous_schema_is_brought_up(tmp_path):
    class Older:
        async def dump(self):
            yield 0, b'{"revision": "0001"}'
            yield 1, b'{"table": "state", "columns": {"name": "plain", "value": "plain"}, "rows": [["heard", "1"]]}'

    async def play():
        await back_up(Older(), VAULT, tmp_path / "backup")
        assert await _restore(tmp_path / "target.db", tmp_path / "backup") == 1
        store = await open_store(str(tmp_path / "target.db"), VAULT)
        async with store.begin() as work:
            assert await work.state.get("heard") == "1"
            assert await work.exemptions.duty() == []
        await store.close()

    asyncio.run(play())


def test_a_file_that_cannot_be_written_or_read_is_named(tmp_path):
    async def play():
        engine = open_engine(str(tmp_path / "source.db"))
        await migrate(engine)
        with pytest.raises(BadBackup, match="unwritable"):
            await back_up(SqlArchive(engine), VAULT, tmp_path / "missing" / "backup")
        with pytest.raises(BadBackup, match="unreadable"):
            await restore(SqlArchive(engine), VAULT, tmp_path / "missing")
        await engine.dispose()

    asyncio.run(play())


def test_a_failed_backup_leaves_the_previous_one(tmp_path):
    class Failing:
        async def dump(self):
            yield 0, b"{}"
            raise ConnectionError

    file = tmp_path / "backup"
    file.write_bytes(b"previous")
    with pytest.raises((ConnectionError, BadBackup)):
        asyncio.run(back_up(Failing(), VAULT, file))
    assert file.read_bytes() == b"previous"
    assert [each.name for each in tmp_path.iterdir()] == ["backup"]


def test_memory_does_not_grow_with_the_data(tmp_path):
    async def peak(updates):
        folder = tmp_path / str(updates)
        store = await fill(str(folder / "source.db"), updates)
        engine = open_engine(str(folder / "target.db"))
        tracemalloc.start()
        await back_up(SqlArchive(store.engine), VAULT, folder / "backup")
        await restore(SqlArchive(engine), VAULT, folder / "backup")
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        await store.close()
        await engine.dispose()
        return highest

    asyncio.run(peak(100))  # imports and caches
    assert asyncio.run(peak(12_000)) < 1.5 * asyncio.run(peak(2_000))

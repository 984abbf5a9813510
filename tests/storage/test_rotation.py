"""Keys are rotated and old ones dropped, over both databases; numbers of people stay."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import LargeBinary

from bot.cli.program import run
from bot.core.errors import BadKeyFile
from bot.safekeeping import retire, rotate
from config.settings import load_settings
from storage import rotation
from storage.crypto import ID_BYTES, KeyVault, open_vault
from storage.forgotten import ForgottenFile
from storage.tables import METADATA
from storage.unit_of_work import open_store
from tests.storage.make_values import FULL_FINDING, FULL_GROUP, NOW, outgoing, update
from tests.storage.stage import rows_of
from tests.storage.test_groups import _fill
from tests.storage.test_restored import traces


def settings(folder, database):
    return load_settings(database=database, key_file=folder / "jianfu.key")


async def fill(database, vault):
    store = await open_store(database, vault)
    async with store.begin() as work:
        stored = await work.groups.add(FULL_GROUP)
        await _fill(work, stored.id, "1")
        await work.findings.add([replace(FULL_FINDING, group_id=stored.id)])
        await work.inbox.store([update(number) for number in range(25)])
        for each in await work.inbox.pending(25):
            await work.inbox.set_aside(each.id, "ValueError", NOW, each.payload)
        await work.inbox.store([update(number) for number in range(30, 33)])
        await work.outbox.add([outgoing(), outgoing(key="", fleeting=True)], NOW)
        await work.commit()
    await store.close()


async def sealed(database, vault):
    """What is sealed for good, as (place, plain), and the keys that sealed it; four values are sealed for a day."""
    store = await open_store(database, vault)
    rows = await rows_of(store)
    await store.close()
    plain, ids, fleeting = [], set(), 0
    for table in METADATA.sorted_tables:
        for place, column in enumerate(table.columns):
            if isinstance(column.type, LargeBinary):
                found = [row[place] for row in rows[table.name] if row[place] is not None]
                lasting = [value for value in found if value[:ID_BYTES] not in vault.fleeting_ids]
                fleeting += len(found) - len(lasting)
                ids |= {value[:ID_BYTES] for value in lasting}
                plain += [(table.name, column.name, vault.unseal(value)) for value in lasting]
    assert fleeting == 4
    return plain, ids


def test_all_that_is_stored_is_sealed_anew_and_the_old_keys_are_dropped(database, tmp_path, monkeypatch):
    monkeypatch.setattr(rotation, "ROWS", 7)

    async def play():
        own = settings(tmp_path, database)
        old = open_vault(own.key_file)
        await fill(database, old)
        ForgottenFile.beside(own.key_file, old).add(traces(42), NOW)
        before, _ = await sealed(database, old)
        assert len({place for place, *_ in before}) > 5
        assert rotate(own) == 2
        both = open_vault(own.key_file)
        assert both.seal_keys[1:] == old.seal_keys
        assert (await sealed(database, both))[0] == before
        dropped, done = await retire(own)
        assert (dropped, done.values, done.unreadable) == (1, len(before), 0)
        present = open_vault(own.key_file)
        assert (present.name_key, present.seal_keys) == (old.name_key, both.seal_keys[:1])
        assert await sealed(database, present) == (before, {present.present_id})
        assert [*ForgottenFile.beside(own.key_file, present).since(None)] == [traces(42)]
        assert own.key_file.stat().st_mode & 0o777 == 0o600
        assert (await retire(own))[1].values == 0

    asyncio.run(play())


def test_it_goes_on_after_a_stop_half_way(database, tmp_path, monkeypatch):
    monkeypatch.setattr(rotation, "ROWS", 7)

    class Stopped(Exception): ...

    class Stopping(KeyVault):
        def seal(self, plain):
            left[0] -= 1
            if not left[0]:
                raise Stopped
            return super().seal(plain)

    left = [20]

    async def play():
        own = settings(tmp_path, database)
        await fill(database, open_vault(own.key_file))
        rotate(own)
        both = open_vault(own.key_file)
        before, _ = await sealed(database, both)
        store = await open_store(database, both)
        with pytest.raises(Stopped):
            await rotation.reseal(store.engine, Stopping(both.name_key, both.seal_keys), NOW)
        await store.close()
        _, done = await retire(own)
        assert 0 < done.values < len(before)
        assert (await sealed(database, open_vault(own.key_file)))[0] == before

    asyncio.run(play())


def test_no_key_is_dropped_while_a_bot_runs(database, tmp_path):
    async def play():
        own = settings(tmp_path, database)
        rotated = open_vault(own.key_file).rotated()
        store = await open_store(database, rotated)
        async with store.begin() as work:
            await work.leases.take("worker", "a bot", NOW.replace(year=2100), 5)
            await work.commit()
        with pytest.raises(BadKeyFile, match="running"):
            await rotation.reseal(store.engine, rotated, NOW)
        await store.close()

    asyncio.run(play())


def test_what_no_key_opens_is_left_and_told(database, tmp_path):
    async def play():
        own = settings(tmp_path, database)
        vault = open_vault(own.key_file)
        stranger = KeyVault(vault.name_key, KeyVault.new().seal_keys)
        await fill(database, stranger)
        _, done = await retire(own)
        assert done.values == 0
        assert done.unreadable > 25
        assert (await sealed(database, stranger))[1] == {stranger.present_id}

    asyncio.run(play())


def test_the_command_says_what_is_to_be_done(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JIANFU_DATABASE", str(tmp_path / "jianfu.db"))
    monkeypatch.setenv("JIANFU_KEY_FILE", str(tmp_path / "jianfu.key"))
    assert run(["keys", "rotate", "--language", "en"]) == 2
    assert "cannot be read" in capsys.readouterr().err
    open_vault(tmp_path / "jianfu.key")
    assert run(["keys", "rotate", "--language", "en"]) == 0
    assert "2 keys open" in capsys.readouterr().out
    assert run(["keys", "rotate", "--retire", "--language", "en"]) == 0
    assert "Old keys dropped: 1" in capsys.readouterr().out

import asyncio
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import bindparam, func, select, text

from bot.core.errors import BadKeyFile
from storage.crypto import KeyVault
from storage.engine import address_of, open_engine
from storage.migrations import knows, migrate, revision_of
from storage.outgoing import dump_outgoing
from storage.tables import METADATA
from storage.tables.columns import Moment
from storage.unit_of_work import SqlStore, open_store
from tests.storage.make_values import FULL_FINDING, FULL_GROUP, FULL_OUTGOING, NOW, later, outgoing, update
from tests.storage.stage import VAULT, rows_of


def test_the_migrations_make_the_tables_of_the_code(database):
    async def play():
        engine = open_engine(database)
        await migrate(engine)
        async with engine.connect() as connection:
            found = await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), METADATA))
            revision = await revision_of(connection)
        await engine.dispose()
        return found, revision

    found, revision = asyncio.run(play())
    assert found == []
    assert knows(revision)
    assert not knows("9999")


def test_an_upgrade_from_the_first_schema_keeps_its_data(database):
    async def play():
        engine = open_engine(database)
        await migrate(engine, "0001")
        await _fill_first_schema(engine)
        before = await _rows(engine)
        await engine.dispose()
        store = await open_store(database, VAULT)
        after = await rows_of(store)
        async with store.begin() as work:
            (group,) = await work.groups.all()
            assert (group.title, group.announced_sign) == ("青山镇“双减”专班 🌾", False)
            assert [each.payload for each in await work.inbox.pending(9)] == [b"{}"]
            assert await work.counts.sums(group.id, NOW.date(), NOW.date()) == {"messages": 7}
            assert await work.exemptions.duty() == []
            assert [each.outgoing for each in await work.outbox.due(NOW, 9, frozenset())] == [FULL_OUTGOING]
            assert await work.people.language("b") == "en"
        await store.close()
        return before, after

    before, after = asyncio.run(play())
    assert before == {name: len(after[name]) for name in before}


FIRST_GROUP = """
INSERT INTO groups (
    chat_id, title, state, is_supergroup, is_forum, unit, purpose, owner, zone, language, response, exempt_threads,
    is_admin, rights, reads_all
) VALUES (-5, :title, 'watching', :no, :no, '', '', '', '', '', 'watch_only', '[]', :no, '[]', :no)
"""
FIRST_ENTRY = """
INSERT INTO outbox (queue, payload, state, attempts, added_at, reason) VALUES ('a', :payload, 'waiting', 0, :at, '')
"""
FIRST_PERSON = """
INSERT INTO people (person, reachable, language, chosen, question, question_group) VALUES ('b', :yes, 'en', '', '', 0)
"""
FIRST_COUNT = "INSERT INTO counts (group_id, day, name, amount) SELECT id, :day, 'messages', 7 FROM groups"


async def _fill_first_schema(engine):
    async with engine.begin() as connection:
        await connection.execute(text(FIRST_GROUP), {"title": FULL_GROUP.title, "no": False})
        await connection.execute(text(FIRST_COUNT), {"day": NOW.date()})
    store = SqlStore.of(engine, VAULT)
    async with store.begin() as work:
        await work.inbox.store([update(1)])
        await work.findings.add([FULL_FINDING])
        await work.commit()
    await store.close()
    async with engine.begin() as connection:
        entry = {"payload": VAULT.seal(dump_outgoing(FULL_OUTGOING)), "at": NOW}
        await connection.execute(text(FIRST_ENTRY).bindparams(bindparam("at", type_=Moment())), entry)
        await connection.execute(text(FIRST_PERSON), {"yes": True})


async def _rows(engine):
    counted = {}
    async with engine.connect() as connection:
        for name in ("groups", "counts", "inbox", "outbox", "findings", "people"):
            rows = select(func.count()).select_from(METADATA.tables[name])
            counted[name] = (await connection.execute(rows)).scalar()
    return counted


def test_migrating_twice_and_side_by_side_changes_nothing(database):
    async def play():
        engines = [open_engine(database) for _ in range(3)]
        await asyncio.gather(*(migrate(engine) for engine in engines))
        for engine in engines:
            await engine.dispose()
        store = await open_store(database, VAULT)
        await store.close()

    asyncio.run(play())


def test_a_database_refuses_another_key_file(database):
    async def play():
        store = await open_store(database, VAULT)
        await store.close()
        with pytest.raises(BadKeyFile, match="other"):
            await open_store(database, KeyVault.new())
        rotated = KeyVault(VAULT.name_key, (KeyVault.new().seal_keys[0], *VAULT.seal_keys))
        await (await open_store(database, rotated)).close()

    asyncio.run(play())


@pytest.mark.parametrize(
    ("address", "full"),
    [
        ("data/jianfu.db", "sqlite+aiosqlite:///data/jianfu.db"),
        ("/var/lib/jianfu/jianfu.db", "sqlite+aiosqlite:////var/lib/jianfu/jianfu.db"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite+aiosqlite:///x.db"),
        ("postgres://me:pw@host/db", "postgresql+asyncpg://me:pw@host/db"),
        ("postgresql://host/db?sslmode=require", "postgresql+asyncpg://host/db?ssl=require"),
    ],
)
def test_an_address_is_completed(address, full):
    assert address_of(address).render_as_string(hide_password=False) == full


def test_sqlite_is_prepared_for_a_loss_of_power_and_for_secrets(tmp_path):
    async def play():
        engine = open_engine(str(tmp_path / "deep" / "er" / "jianfu.db"))
        async with engine.connect() as connection:
            names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            found = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in names]
        await engine.dispose()
        return found

    assert asyncio.run(play()) == ["wal", 2, 1, 1]


def test_a_new_sqlite_file_is_its_owners_alone(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        modes = {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
        await store.close()
        return modes

    assert asyncio.run(play()) == {0o600}


def test_nothing_personal_stands_in_clear_in_the_file(tmp_path):
    """Neither while it waits, nor (sealed or not) after it was handled and purged."""
    secret, person = "机密的原文", 7_123_456_789
    payload = f'{{"message":{{"from":{{"id":{person}}},"text":"{secret}"}}}}'.encode()

    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            await work.inbox.store([update(1, payload)])
            await work.outbox.add([outgoing(person, key=f"hint:{person}")], NOW)
            await work.commit()
        sealed = [row for rows in (await rows_of(store)).values() for row in rows]
        payloads = [value for row in sealed for value in row if isinstance(value, bytes)]
        _assert_absent(tmp_path, [secret.encode(), str(person).encode()])
        async with store.begin() as work:
            await work.inbox.handled([each.id for each in await work.inbox.pending(9)], NOW)
            for entry in await work.outbox.due(NOW, 9, frozenset()):
                await work.outbox.done(entry.id, NOW, 1)
            await work.inbox.purge(handled_before=NOW, aside_before=NOW)
            await work.commit()
        assert len(payloads) == 2
        _assert_absent(tmp_path, payloads)
        await store.close()

    asyncio.run(play())


def _assert_absent(folder, secrets):
    for file in folder.iterdir():
        contents = file.read_bytes()
        assert not any(secret in contents for secret in secrets), file.name


def test_what_no_key_opens_lets_the_rest_go_on(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            group = await work.groups.add(FULL_GROUP)
            await work.inbox.store([update(1, b"text")])
            await work.outbox.add([FULL_OUTGOING], NOW)
            await work.findings.add([FULL_FINDING])
            await work.commit()
        lost = replace(store, vault=KeyVault(VAULT.name_key, KeyVault.new().seal_keys))
        async with lost.begin() as work:
            assert [each.payload for each in await work.inbox.pending(9)] == [b""]
            assert await work.outbox.due(later(hours=1), 9, frozenset()) == []
            assert await work.outbox.waiting() == 0
            assert (await work.groups.get(group.id)).contact is None
            assert [each.excerpt for each in await work.findings.latest(9)] == [""]
        await store.close()

    asyncio.run(play())

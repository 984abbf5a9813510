"""Files laid in wait, texts that are statements, and what errors and deleted rows leave behind."""

import asyncio
import os
import stat
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from bot.core.errors import BadBackup, BadKeyFile
from bot.core.speech import Outgoing, PostKind, Speech
from bot.services.backup import back_up, restore
from storage.backup import SqlArchive
from storage.crypto import KeyVault, open_vault
from storage.engine import open_engine
from storage.unit_of_work import open_store
from tests.storage.make_values import FULL_FINDING, FULL_GROUP, NOW
from tests.storage.stage import VAULT

STATEMENTS = (
    "'; DROP TABLE groups; --",
    '" OR 1=1 --',
    "x'); DELETE FROM findings; --",
    "%s %(x)s :x ? {0.__class__} $1",
    "\\' \\x00 \u200b \u202e",
)


def _others_may(file) -> int:
    return file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_no_file_is_anybody_elses_whatever_the_umask(tmp_path):
    async def play():
        vault = open_vault(tmp_path / "jianfu.key")
        store = await open_store(str(tmp_path / "jianfu.db"), vault)
        async with store.begin() as work:
            await work.groups.add(FULL_GROUP)
            await work.commit()
        await back_up(SqlArchive(store.engine), vault, tmp_path / "backup")
        found = {file.name: _others_may(file) for file in tmp_path.iterdir()}
        await store.close()
        return found

    found = asyncio.run(play())
    assert {"jianfu.key", "jianfu.db", "jianfu.db-wal", "backup"} <= set(found)
    assert set(found.values()) == {0}


def test_a_link_in_place_of_the_key_file_is_not_followed_to_make_one(tmp_path):
    (tmp_path / "jianfu.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadKeyFile):
        open_vault(tmp_path / "jianfu.key")
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_laid_in_wait_for_a_key_is_not_written_to(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / f"jianfu.key.{os.getpid()}").symlink_to(precious)
    with pytest.raises(BadKeyFile):
        open_vault(tmp_path / "jianfu.key")
    assert precious.read_text() == "mine"


def test_a_link_laid_in_wait_for_a_backup_is_not_written_to(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / f"backup.{os.getpid()}.part").symlink_to(precious)

    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        await back_up(SqlArchive(store.engine), VAULT, tmp_path / "backup")
        await store.close()

    asyncio.run(play())
    assert precious.read_text() == "mine"
    assert not (tmp_path / "backup").is_symlink()


@pytest.mark.parametrize("name", ["missing", "folder", "missing/backup"])
def test_a_place_that_is_no_file_is_named_and_nothing_is_made(name, tmp_path):
    (tmp_path / "folder").mkdir()

    async def play():
        engine = open_engine(str(tmp_path / "target.db"))
        try:
            await restore(SqlArchive(engine), VAULT, tmp_path / name)
        finally:
            await engine.dispose()

    with pytest.raises(BadBackup):
        asyncio.run(play())
    assert not (tmp_path / "target.db").exists()


@pytest.mark.parametrize("words", STATEMENTS)
def test_words_that_are_statements_come_back_as_words(stage, words):
    async def play(store):
        async with store.begin() as work:
            group = await work.groups.add(replace(FULL_GROUP, title=words, unit=words, purpose=words, owner=words))
            await work.findings.add([replace(FULL_FINDING, group_id=group.id, excerpt=words, sender=words[:32])])
            await work.people.expect(words, words, group.id, NOW)
            await work.state.set(words, words)
            await work.outbox.add([Outgoing(1, PostKind.ANSWER, speech=Speech.of("x", words=words), key=words)], NOW)
            await work.commit()
        async with store.begin() as work:
            (group,) = await work.groups.all()
            assert {group.title, group.unit, group.purpose, group.owner} == {words}
            assert [each.excerpt for each in await work.findings.latest(5)] == [words]
            assert await work.state.get(words) == words
            (entry,) = await work.outbox.due(NOW, 5, frozenset({words}))
            assert entry.outgoing.speech == Speech.of("x", words=words)
            await work.outbox.cancel(words)
            assert await work.findings.forget_sender(words[:32]) == 1

    stage.run(play)


def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        try:
            async with store.begin() as work:
                await work.groups.add(replace(FULL_GROUP, chat_id=-5, title="大槐树"))
                await work.groups.update(replace(FULL_GROUP, id=1, chat_id=10**30, title="大槐树"))
        finally:
            await store.close()

    with pytest.raises((DBAPIError, OverflowError)) as caught:
        asyncio.run(play())
    assert "大槐树" not in str(caught.value)


def test_a_deleted_group_is_in_no_page_and_no_log_of_the_database(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            await work.groups.add(replace(FULL_GROUP, title="大槐树", purpose="修渠"))
            await work.commit()
        kept = _bytes(tmp_path)
        async with store.begin() as work:
            await work.groups.delete(1)
            await work.commit()
        gone = _bytes(tmp_path)
        await store.close()
        return kept, gone

    kept, gone = asyncio.run(play())
    assert "大槐树".encode() in kept
    assert "大槐树".encode() not in gone
    assert "修渠".encode() not in gone


def _bytes(folder) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_a_backup_of_another_office_is_refused_and_nothing_is_replaced(tmp_path):
    async def play():
        for name, vault in (("theirs", KeyVault.new()), ("ours", VAULT)):
            store = await open_store(str(tmp_path / name), vault)
            async with store.begin() as work:
                await work.groups.add(replace(FULL_GROUP, title=name))
                await work.commit()
            await back_up(SqlArchive(store.engine), vault, tmp_path / f"{name}.backup")
            await store.close()
        engine = open_engine(str(tmp_path / "ours"))
        try:
            with pytest.raises(BadBackup):
                await restore(SqlArchive(engine), VAULT, tmp_path / "theirs.backup", replace=True)
        finally:
            await engine.dispose()
        store = await open_store(str(tmp_path / "ours"), VAULT)
        async with store.begin() as work:
            titles = [group.title for group in await work.groups.all()]
        await store.close()
        return titles

    assert asyncio.run(play()) == ["ours"]

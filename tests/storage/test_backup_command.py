"""Backing up and restoring by the settings, as the command line does."""

import asyncio

import pytest

from bot.core.errors import BadBackup, BadKeyFile
from bot.safekeeping import back_up, restore
from config.settings import load_settings
from storage.crypto import open_vault
from storage.unit_of_work import open_store
from tests.storage.make_values import NOW, group, outgoing


def settings(folder, database, key="jianfu.key"):
    return load_settings(database=str(folder / database), key_file=folder / key)


def test_a_backup_is_restored_with_the_key_file_and_stays_silent(tmp_path):
    async def play():
        vault = open_vault(tmp_path / "jianfu.key")
        store = await open_store(str(tmp_path / "old.db"), vault)
        async with store.begin() as work:
            await work.groups.add(group())
            await work.outbox.add([outgoing()], NOW)
            await work.commit()
        await store.close()
        written = await back_up(settings(tmp_path, "old.db"), tmp_path / "backup")
        assert (await restore(settings(tmp_path, "new.db"), tmp_path / "backup"))[0] == written
        again = await open_store(str(tmp_path / "new.db"), vault)
        async with again.begin() as work:
            assert len(await work.groups.all()) == 1
            assert await work.outbox.waiting() == 0
        await again.close()

    asyncio.run(play())


@pytest.mark.parametrize("name", ["old.db", "jianfu.key", "notes.txt"])
def test_a_backup_takes_the_place_of_a_backup_alone(tmp_path, name):
    async def play():
        (tmp_path / "notes.txt").write_text("ours", "utf-8")
        mine = settings(tmp_path, "old.db")
        await back_up(mine, tmp_path / "backup")
        before = (tmp_path / name).read_bytes()
        with pytest.raises(BadBackup, match="other_file"):
            await back_up(mine, tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
        assert await back_up(mine, tmp_path / "backup") > 0

    asyncio.run(play())


def test_restoring_without_the_key_file_says_so_and_makes_none(tmp_path):
    (tmp_path / "backup").write_bytes(b"anything")
    with pytest.raises(BadKeyFile, match="unreadable"):
        asyncio.run(restore(settings(tmp_path, "new.db", "lost.key"), tmp_path / "backup"))
    assert [each.name for each in tmp_path.iterdir()] == ["backup"]

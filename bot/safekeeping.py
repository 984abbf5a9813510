"""Backing the database of the settings up and restoring it; rotating the keys."""

from datetime import UTC, datetime
from pathlib import Path

from bot.bookkeeping import book
from bot.services import backup
from config.settings import Settings
from storage.backup import SqlArchive
from storage.crypto import open_vault, replace_keys
from storage.engine import open_engine
from storage.forgotten import ForgottenFile
from storage.rotation import Resealed, reseal
from storage.unit_of_work import SqlStore, open_store


async def back_up(settings: Settings, file: Path) -> int:
    """Write the whole database into one encrypted file; returns the rows. The bot may run meanwhile."""
    async with book(settings) as store:
        return await backup.back_up(SqlArchive(store.engine), store.vault, file)


async def restore(settings: Settings, file: Path, *, replace: bool = False) -> tuple[int, backup.Settled]:
    """Fill the database from a backup; returns the rows, and what became of what waited then."""
    vault = open_vault(settings.key_file, make=False)
    store = SqlStore.of(open_engine(settings.database.get_secret_value()), vault)
    try:
        rows = await backup.restore(SqlArchive(store.engine), vault, file, replace=replace)
        forgotten = ForgottenFile.beside(settings.key_file, vault)
        settled = await backup.settle(store, vault, forgotten, datetime.now(UTC))
    finally:
        await store.close()
    return rows, settled


def rotate(settings: Settings) -> int:
    """Put a fresh key into the key file, which seals from the next start on; returns how many keys open now."""
    vault = open_vault(settings.key_file, make=False).rotated()
    replace_keys(settings.key_file, vault)
    return len(vault.seal_keys)


async def retire(settings: Settings) -> tuple[int, Resealed]:
    """Seal all that is stored with the present key, and drop the others; returns how many, and what was sealed anew.

    May be done again after a stop at any point. Raises `BadKeyFile` while a bot runs on the database.
    """
    vault = open_vault(settings.key_file, make=False)
    store = await open_store(settings.database.get_secret_value(), vault)
    try:
        done = await reseal(store.engine, vault, datetime.now(UTC))
    finally:
        await store.close()
    ForgottenFile.beside(settings.key_file, vault).reseal()
    replace_keys(settings.key_file, vault.retired())
    return len(vault.seal_keys) - 1, done

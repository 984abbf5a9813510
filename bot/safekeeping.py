"""Backing the database of the settings up, and restoring it."""

from datetime import UTC, datetime
from pathlib import Path

from bot.services import backup
from config.settings import Settings
from storage.backup import SqlArchive
from storage.crypto import open_vault
from storage.engine import open_engine
from storage.forgotten import ForgottenFile
from storage.unit_of_work import SqlStore, open_store


async def back_up(settings: Settings, file: Path) -> int:
    """Write the whole database into one encrypted file; returns the rows. The bot may run meanwhile."""
    vault = open_vault(settings.key_file)
    store = await open_store(settings.database.get_secret_value(), vault)
    try:
        return await backup.back_up(SqlArchive(store.engine), vault, file)
    finally:
        await store.close()


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

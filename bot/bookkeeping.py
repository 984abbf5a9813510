"""The store at the command line of its host, opened for one piece of work. The bot may run meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from config.settings import Settings
from storage.crypto import open_vault
from storage.unit_of_work import SqlStore, open_store


@asynccontextmanager
async def book(settings: Settings) -> AsyncIterator[SqlStore]:
    """The store of the settings, closed in the end."""
    store = await open_store(settings.database.get_secret_value(), open_vault(settings.key_file))
    try:
        yield store
    finally:
        await store.close()

"""The store at the command line of its host, opened for one piece of work. The bot may run meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core.errors import BadInput
from config.settings import Settings
from storage.crypto import open_vault
from storage.engine import address_of
from storage.unit_of_work import SqlStore, open_store


@asynccontextmanager
async def book(settings: Settings) -> AsyncIterator[SqlStore]:
    """The store of the settings, closed in the end."""
    store = await open_store(settings.database.get_secret_value(), open_vault(settings.key_file))
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def book_there(settings: Settings) -> AsyncIterator[SqlStore]:
    """The same for what only reads: raises `BadInput` (`no_database`) rather than begin an empty one elsewhere."""
    address = address_of(settings.database.get_secret_value())
    file = address.database or ""
    if address.get_backend_name() == "sqlite" and not file.startswith((":", "file:")) and not Path(file).exists():
        raise BadInput("no_database", file=file)
    async with book(settings) as store:
        yield store

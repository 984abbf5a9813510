"""What `jianfu doctor` asks the database; nothing is made or changed."""

from enum import StrEnum
from pathlib import Path

from storage.engine import address_of, open_engine
from storage.migrations import last_revision, revision_of


class Schema(StrEnum):
    """How far a database is."""

    NONE = "none"
    OLD = "old"
    PRESENT = "present"


async def schema_of(address: str) -> Schema:
    """How far the database of an address is; raises whatever the driver does for one that cannot be opened."""
    url = address_of(address)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return Schema.NONE
    engine = open_engine(address)
    try:
        async with engine.connect() as connection:
            revision = await revision_of(connection)
    finally:
        await engine.dispose()
    if revision is None:
        return Schema.NONE
    return Schema.PRESENT if revision == last_revision() else Schema.OLD

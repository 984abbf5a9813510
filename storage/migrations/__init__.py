"""The schema, step by step. Every start brings the database up to the last revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

HEAD = "head"
_LOCK = 4_206_110_823
"""Any number: the lock on PostgreSQL under which of several replicas one migrates."""


async def migrate(engine: AsyncEngine, revision: str = HEAD) -> None:
    """Bring the schema to a revision, in one transaction: all of it, or nothing."""
    async with engine.begin() as connection:
        await migrate_within(connection, revision)


async def migrate_within(connection: AsyncConnection, revision: str = HEAD) -> None:
    """Bring the schema to a revision within an open transaction."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    await connection.run_sync(_upgrade, revision)


async def revision_of(connection: AsyncConnection) -> str | None:
    """The revision of a database; None for an empty one."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


def knows(revision: str) -> bool:
    """Whether a revision is one of this version's."""
    return revision in {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}


def last_revision() -> str | None:
    """The revision that this version's code works with."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)

"""The stores that one suite runs over: the fake, SQLite in a file, and PostgreSQL in a database of its own."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.tables import METADATA
from storage.unit_of_work import open_store
from tests.storage.postgres import database as database_on_server
from tests.storage.postgres import wipe
from tests.storage.stage import VAULT, Stage


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database that is dropped in the end."""
    yield from database_on_server("")


@pytest.fixture(scope="session")
def postgres_beside() -> Iterator[str]:
    """The address of another one."""
    yield from database_on_server("_beside")


@pytest.fixture
def second_postgres(postgres_beside: str) -> str:
    """The other one, without a schema."""
    asyncio.run(wipe(postgres_beside))
    return postgres_beside


async def empty(address: str) -> None:
    """Delete all rows, where the schema may stay."""
    store = await open_store(address, VAULT)
    names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    try:
        async with store.engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    finally:
        await store.close()


@pytest.fixture(params=["fake", "sqlite", "postgres"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """Each store in turn, empty."""
    if request.param == "fake":
        yield Stage("fake")
    elif request.param == "sqlite":
        yield Stage("sqlite", str(tmp_path / "data" / "jianfu.db"))
    else:
        address = request.getfixturevalue("postgres")
        yield Stage("postgres", address)
        asyncio.run(empty(address))


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of each database in turn, without a schema."""
    if request.param == "sqlite":
        yield str(tmp_path / "jianfu.db")
    else:
        address = request.getfixturevalue("postgres")
        asyncio.run(wipe(address))
        yield address
        asyncio.run(wipe(address))

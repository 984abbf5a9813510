"""The stores that one suite runs over: the fake, SQLite in a file, and PostgreSQL in a database of its own."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from storage.engine import address_of
from storage.tables import METADATA
from storage.unit_of_work import open_store
from tests.storage.stage import VAULT, Stage

POSTGRES = os.environ.get("JIANFU_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(POSTGRES, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _database(suffix: str) -> Iterator[str]:
    name = f"jianfu_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}{suffix}"
    try:
        asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI runs these tests on PostgreSQL as well: {error}")
        pytest.skip(f"no PostgreSQL at hand: {error}")
    yield str(address_of(POSTGRES).set(database=name, drivername="postgresql").render_as_string(hide_password=False))
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database that is dropped in the end. CI must have a server; elsewhere it may lack."""
    yield from _database("")


@pytest.fixture(scope="session")
def postgres_beside() -> Iterator[str]:
    """The address of another one."""
    yield from _database("_beside")


@pytest.fixture
def second_postgres(postgres_beside: str) -> str:
    """The other one, without a schema."""
    asyncio.run(wipe(postgres_beside))
    return postgres_beside


async def wipe(address: str) -> None:
    """Empty a database of the tests, so that the next one begins anew."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    finally:
        await connection.close()


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

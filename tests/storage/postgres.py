"""A database of the tests' own on a PostgreSQL server. CI must have a server; elsewhere it may lack."""

import asyncio
import os
from collections.abc import Iterator

import asyncpg
import pytest

from storage.engine import address_of

POSTGRES = os.environ.get("JIANFU_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(POSTGRES, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def database(suffix: str) -> Iterator[str]:
    """The address of an empty database, which is dropped in the end."""
    name = f"jianfu_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}{suffix}"
    try:
        asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI runs these tests on PostgreSQL as well: {error}")
        pytest.skip(f"no PostgreSQL at hand: {error}")
    yield str(address_of(POSTGRES).set(database=name, drivername="postgresql").render_as_string(hide_password=False))
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


async def wipe(address: str) -> None:
    """Empty a database of the tests, so that the next one begins anew."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    finally:
        await connection.close()

"""The log of changes is appended to and never altered: the database itself refuses, and no code tries."""

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.changes import Change, Role, first_broken
from bot.ports import Changes
from storage.unit_of_work import open_store
from tests.storage.make_values import NOW
from tests.storage.stage import VAULT

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("bot", "handlers", "storage", "config") for path in (ROOT / folder).rglob("*.py")]
TRIED = re.compile(
    r"(?:update|delete|deleted)\(\s*_?changes\s*\)|(?:UPDATE|DELETE\s+FROM|TRUNCATE|DROP\s+TABLE)\s+\"?changes\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("statement", ["UPDATE changes SET reason = 'x'", "DELETE FROM changes"])
def test_the_database_refuses_to_alter_or_delete_a_change(database, statement):
    async def play():
        store = await open_store(database, VAULT)
        async with store.begin() as work:
            await work.changes.append([Change(NOW, Role.OFFICE, "case", 1, {}, {"state": "suspected"})])
            await work.commit()
        with pytest.raises(DBAPIError, match="append-only"):
            async with store.engine.begin() as connection:
                await connection.execute(text(statement))
        async with store.begin() as work:
            (kept,) = await work.changes.page(0, 9)
            await work.changes.append([Change(NOW, Role.SYSTEM, "case", 1, {}, {"state": "closed"})])
            assert first_broken(await work.changes.page(0, 9)) is None
        await store.close()
        return kept.reason

    assert asyncio.run(play()) == ""


def test_no_code_alters_or_deletes_a_change():
    assert [str(path) for path in SOURCES if TRIED.search(path.read_text("utf-8"))] == []
    assert TRIED.search("await run(deleted(changes).where(x))")


def test_the_log_can_be_read_and_appended_to_and_nothing_else():
    methods = {name for name in vars(Changes) if not name.startswith("_")}
    assert methods == {"append", "of", "page", "since", "latest"}

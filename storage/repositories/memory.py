"""What the groups were asked and sent before, in SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Table, delete, insert, or_, select

from bot.core.history import AskedBefore, SentBefore
from storage.session import Insert, Session
from storage.tables.memory import documents, requests, urgent

LIMIT = 1_000
"""The latest requests, and documents, of a group that are loaded: five topics full of them."""

_ASKED = insert(requests)


@dataclass(slots=True)
class SqlMemory:
    """Fulfils `ports.Memory`."""

    session: Session

    async def load(self, group_id: int) -> tuple[Sequence[tuple[str, AskedBefore]], Mapping[str, SentBefore]]:
        """The remembered requests (thread and request) and documents of a group, oldest first."""
        asked = [
            (row.thread, _asked(row.message_id, row.at, payload))
            for row, payload in await self._latest(requests, group_id)
        ]
        sent = {
            payload.decode(): SentBefore(row.message_id, row.at)
            for row, payload in await self._latest(documents, group_id)
        }
        return asked, sent

    async def _latest(self, table: Table, group_id: int) -> Sequence[tuple[Any, bytes]]:
        latest = select(table).where(table.c.group_id == group_id).order_by(table.c.id.desc()).limit(LIMIT)
        rows = [*await self.session.run(latest)][::-1]
        opened = ((row, self.session.unsealed(row.payload)) for row in rows)
        return [(row, payload) for row, payload in opened if payload is not None]

    async def remember(
        self, group_id: int, requests: Sequence[tuple[str, AskedBefore]], documents: Mapping[str, SentBefore]
    ) -> None:
        """Keep further requests and documents; a document that is known keeps its first message."""
        await self._add_requests(group_id, requests)
        await self._add_documents(group_id, documents)

    async def _add_requests(self, group_id: int, added: Sequence[tuple[str, AskedBefore]]) -> None:
        rows = [
            {
                "group_id": group_id,
                "thread": thread,
                "message_id": asked.message_id,
                "at": asked.at,
                "payload": self.session.vault.seal(_words(asked)),
            }
            for thread, asked in added
        ]
        if rows:
            await self.session.ask(_ASKED, rows)

    async def _add_documents(self, group_id: int, added: Mapping[str, SentBefore]) -> None:
        vault = self.session.vault
        rows = [
            {
                "group_id": group_id,
                "key": vault.digest("document", key),
                "message_id": sent.message_id,
                "at": sent.at,
                "payload": vault.seal(key.encode()),
            }
            for key, sent in added.items()
        ]
        if rows:
            await self.session.ask(_sent(self.session.insert), rows)

    async def retract(self, group_id: int, message_id: str) -> None:
        """Forget what one message asked for and brought: it was edited."""
        for table in (requests, documents):
            mine = (table.c.group_id == group_id) & (table.c.message_id == message_id)
            await self.session.run(delete(table).where(mine))

    async def urgent_at(self, group_id: int) -> datetime | None:
        """When the group last spoke of a real emergency."""
        found = await self.session.run(select(urgent.c.at).where(urgent.c.group_id == group_id))
        moment: datetime | None = found.scalar()
        return moment

    async def note_urgent(self, group_id: int, at: datetime) -> None:
        """Keep when the group last spoke of a real emergency."""
        noted = self.session.insert(urgent).values(group_id=group_id, at=at)
        newer = urgent.c.at < noted.excluded.at
        await self.session.run(
            noted.on_conflict_do_update(index_elements=["group_id"], set_={"at": noted.excluded.at}, where=newer)
        )

    async def forget(self, group_id: int, before: datetime) -> None:
        """Delete what is older than `before`, and what states no time."""
        self.session.purged = True
        for table in (requests, documents):
            old = or_(table.c.at.is_(None), table.c.at < before)
            await self.session.run(delete(table).where(table.c.group_id == group_id, old))
        await self.session.run(delete(urgent).where(urgent.c.group_id == group_id, urgent.c.at < before))


@cache
def _sent(insert: Callable[[Table], Insert]) -> Insert:
    return insert(documents).on_conflict_do_nothing(index_elements=["group_id", "key"])


def _words(asked: AskedBefore) -> bytes:
    """What a request is recognised by."""
    words = {
        "pairs": sorted(asked.pairs),
        "links": asked.links,
        "periods": sorted(asked.periods),
        "columns": sorted(asked.columns),
    }
    return orjson.dumps(words)


def _asked(message_id: str, at: datetime | None, payload: bytes) -> AskedBefore:
    words = orjson.loads(payload)
    return AskedBefore(
        message_id,
        at,
        pairs=frozenset(words["pairs"]),
        links=tuple(words["links"]),
        periods=frozenset(words["periods"]),
        columns=frozenset(words["columns"]),
    )

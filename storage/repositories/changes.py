"""The log of changes, and what members pointed out, in SQL."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import Row, Select, func, insert, select, update

from bot.core.changes import Change, Role, chained
from storage.session import Session
from storage.tables.ledger import changes, pointers

_LOCK = int.from_bytes(hashlib.sha256(b"jianfu changes").digest()[:7], "big")
"""What writers of PostgreSQL wait for, so that each one finds the digest of the one before; SQLite has one writer."""


@dataclass(slots=True)
class SqlChanges:
    """Fulfils `ports.Changes`."""

    session: Session

    async def append(self, changes: Sequence[Change]) -> None:
        """Append changes, each chained to the one before it; their `id`, `previous` and `digest` are filled in."""
        if not changes:
            return
        if not self.session.is_sqlite:
            await self.session.run(select(func.pg_advisory_xact_lock(_LOCK)))
        last = select(_changes.c.digest).order_by(_changes.c.id.desc()).limit(1)
        previous = (await self.session.run(last)).scalar()
        rows = [_values(each) for each in chained(changes, previous)]
        await self.session.run(insert(_changes), rows)

    async def page(self, after_id: int, limit: int) -> Sequence[Change]:
        """The next changes after a number, oldest first."""
        return await self._found(select(changes).where(changes.c.id > after_id).order_by(changes.c.id).limit(limit))

    async def since(self, at: datetime, noun: str) -> Sequence[Change]:
        """The changes of all things of a kind from a moment on, oldest first."""
        later = select(changes).where(changes.c.at >= at, changes.c.noun == noun)
        return await self._found(later.order_by(changes.c.id))

    async def latest(self, limit: int) -> Sequence[Change]:
        """The latest changes, newest first."""
        return await self._found(select(changes).order_by(changes.c.id.desc()).limit(limit))

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Change]:
        return [_change(row) for row in await self.session.run(wanted)]


_changes = changes
"""The table; a parameter of a method has its name."""


def _values(each: Change) -> Mapping[str, Any]:
    return {
        "at": each.at,
        "role": each.role.value,
        "actor": each.actor,
        "noun": each.noun,
        "noun_id": each.noun_id,
        "before": orjson.dumps(dict(each.before)).decode(),
        "after": orjson.dumps(dict(each.after)).decode(),
        "reason": each.reason,
        "previous": each.previous,
        "digest": each.digest,
    }


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    return Change(
        at=row.at,
        role=Role(row.role),
        noun=row.noun,
        noun_id=row.noun_id,
        before=orjson.loads(row.before),
        after=orjson.loads(row.after),
        actor=row.actor,
        reason=row.reason,
        id=row.id,
        previous=row.previous,
        digest=row.digest,
    )


@dataclass(slots=True)
class SqlPointers:
    """Fulfils `ports.Pointers`."""

    session: Session

    async def add(self, words: str, day: date) -> int:
        """Keep what was pointed out, sealed; returns its number."""
        row = {"day": day, "words": self.session.vault.seal(words.encode())}
        return int((await self.session.run(insert(pointers).values(row).returning(pointers.c.id))).scalar_one())

    async def open(self, limit: int) -> Mapping[int, str]:
        """What the office has not settled yet, oldest first, by number."""
        wanted = select(pointers.c.id, pointers.c.words).where(pointers.c.words.is_not(None))
        rows = await self.session.run(wanted.order_by(pointers.c.id).limit(limit))
        return {id_: self.session.unsealed_text(words) for id_, words in rows}

    async def settle(self, id: int) -> bool:  # noqa: A002
        """The office is done with it: its words are emptied. False when it was already."""
        self.session.purged = True
        mine = update(pointers).where(pointers.c.id == id, pointers.c.words.is_not(None))
        return (await self.session.run(mine.values(words=None))).rowcount > 0

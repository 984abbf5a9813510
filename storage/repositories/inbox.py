"""The inbox in SQL."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Table, Update, bindparam, delete, func, or_, select, update

from bot.ports import StoredUpdate
from storage.session import Insert, Session
from storage.tables.inbox import inbox

_WAITING = inbox.c.handled_at.is_(None) & inbox.c.aside_at.is_(None)
_PENDING = (
    select(inbox.c.id, inbox.c.bot_id, inbox.c.update_id, inbox.c.payload, inbox.c.received_at, inbox.c.attempts)
    .where(_WAITING)
    .order_by(inbox.c.id)
    .limit(bindparam("at_most"))
)


@dataclass(slots=True)
class SqlInbox:
    """Fulfils `ports.Inbox`."""

    session: Session

    async def store(self, updates: Sequence[StoredUpdate]) -> int:
        """Keep updates; one that is known by bot and update id is passed over. Returns how many are new."""
        if not updates:
            return 0
        rows = [
            {
                "bot_id": each.bot_id,
                "update_id": each.update_id,
                "payload": self.session.vault.seal_fleeting(each.payload),
                "received_at": each.received_at,
                "attempts": each.attempts,
                "error": "",
            }
            for each in updates
        ]
        statement = _adding(self.session.insert)
        if self.session.is_sqlite:  # counts the new rows by itself, over many rows too
            return (await self.session.ask(statement, rows)).touched
        return len((await self.session.run(statement.returning(inbox.c.id), rows)).all())

    async def pending(self, limit: int) -> Sequence[StoredUpdate]:
        """The first updates still to be handled, in order of arrival.

        A payload that no known key opens comes out empty, so that it is set aside like any other broken update.
        """
        found = await self.session.ask(_PENDING, {"at_most": limit})
        return [
            StoredUpdate(bot_id, update_id, self.session.unsealed(payload) or b"", received_at, attempts, id_)
            for id_, bot_id, update_id, payload, received_at, attempts in found.rows
        ]

    async def handled(self, ids: Sequence[int], at: datetime) -> None:
        """Mark as handled and empty the payloads."""
        if ids:
            await self.session.ask(_emptying(self.session.chosen), {"at": at, "ids": self.session.ids(ids)})

    async def failed(self, id: int, error: str) -> int:  # noqa: A002
        """Count one more failed attempt (`error` is a type's name, no text); returns the attempts so far."""
        counted = update(inbox).where(inbox.c.id == id).values(attempts=inbox.c.attempts + 1, error=error)
        return int((await self.session.run(counted.returning(inbox.c.attempts))).scalar() or 0)

    async def set_aside(self, id: int, error: str, at: datetime, payload: bytes | None) -> None:  # noqa: A002
        """Give up on an update; `payload` (without a private sender) is kept sealed for a while, None for nothing."""
        kept = None if payload is None else self.session.vault.seal(payload)
        await self.session.run(update(inbox).where(inbox.c.id == id).values(aside_at=at, error=error, payload=kept))

    async def waiting(self) -> int:
        """How many updates are still to be handled."""
        return int((await self.session.run(select(func.count()).where(_WAITING))).scalar() or 0)

    async def aside(self) -> Sequence[tuple[int, datetime, str]]:
        """What was set aside: update id, when, error."""
        known = select(inbox.c.update_id, inbox.c.aside_at, inbox.c.error).where(inbox.c.aside_at.is_not(None))
        return [(number, at, error) for number, at, error in await self.session.run(known.order_by(inbox.c.id))]

    async def silence(self, at: datetime) -> int:
        """After a restore: what waits may have been handled since, and is not. Returns how many there were."""
        emptied = update(inbox).where(_WAITING).values(handled_at=at, payload=None)
        return (await self.session.run(emptied)).rowcount

    async def purge(self, *, handled_before: datetime, aside_before: datetime) -> int:
        """Delete handled rows older than the one moment, and empty what was set aside before the other.

        What was set aside is deleted once it is older than both.
        """
        self.session.purged = True
        both = min(handled_before, aside_before)
        deleted = await self.session.run(
            delete(inbox).where(or_(inbox.c.handled_at < handled_before, inbox.c.aside_at < both))
        )
        emptied = await self.session.run(
            update(inbox).where(inbox.c.aside_at < aside_before, inbox.c.payload.is_not(None)).values(payload=None)
        )
        return deleted.rowcount + emptied.rowcount


@cache
def _adding(insert: Callable[[Table], Insert]) -> Insert:
    return insert(inbox).on_conflict_do_nothing(index_elements=["bot_id", "update_id"])


@cache
def _emptying(chosen: Callable[[ColumnElement[int]], ColumnElement[bool]]) -> Update:
    return update(inbox).where(chosen(inbox.c.id)).values(handled_at=bindparam("at"), payload=None, error="")

"""The outbox in SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update

from bot.core.speech import Act, Outgoing, PostKind
from bot.ports import OutboxEntry
from storage.outgoing import dump_outgoing, load_outgoing
from storage.session import Session
from storage.tables.outbox import EntryState, outbox

UNSURE = "unsure"
"""The reason of an entry of which the platform gave no answer."""
_OPEN = outbox.c.done_at.is_(None)


@dataclass(slots=True)
class SqlOutbox:
    """Fulfils `ports.Outbox`. Chats and keys are found by their keyed hashes."""

    session: Session
    queued: bool = False

    def queue_of(self, chat_id: int) -> str:
        """The name of a chat's queue: a keyed hash."""
        return self.session.vault.pseudonym("queue", chat_id)

    def _key(self, key: str) -> str | None:
        return self.session.vault.digest("outbox", key) if key else None

    def _queue(self, outgoing: Outgoing) -> str:
        if outgoing.fleeting:
            return self.session.vault.fleeting_name("queue", str(outgoing.chat_id))
        return self.queue_of(outgoing.chat_id)

    def _sealed(self, outgoing: Outgoing) -> bytes:
        vault, plain = self.session.vault, dump_outgoing(outgoing)
        return vault.seal_fleeting(plain) if outgoing.fleeting else vault.seal(plain)

    async def add(self, entries: Iterable[Outgoing], at: datetime) -> None:
        """Queue entries; one whose non-empty `key` is known is passed over."""
        rows = [
            {
                "queue": self._queue(each),
                "key": None if each.fleeting else self._key(each.key),
                "payload": self._sealed(each),
                "state": EntryState.WAITING.value,
                "attempts": 0,
                "added_at": at,
                "not_before": each.not_before,
                "reason": "",
                "fleeting": each.fleeting,
            }
            for each in entries
        ]
        if rows:
            self.queued = True
            await self.session.run(self.session.insert(outbox).on_conflict_do_nothing(index_elements=["key"]), rows)

    async def due(self, now: datetime, limit: int, busy: frozenset[str]) -> Sequence[OutboxEntry]:
        """The first due entry of each queue that is neither busy nor held back, at most `limit`.

        A queue is held back while an entry of it is being sent or was postponed; one that is only not to be sent
        before a later moment lets the others pass. An entry that no known key opens is dropped.
        """
        held = or_(outbox.c.state == EntryState.SENDING, outbox.c.held_until > now)
        closed = select(outbox.c.queue).where(_OPEN, held)
        ready = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now)
        free = and_(outbox.c.queue.not_in(closed), outbox.c.queue.not_in(sorted(busy)))
        first = select(func.min(outbox.c.id)).where(_OPEN, ready, free).group_by(outbox.c.queue)
        columns = (outbox.c.id, outbox.c.queue, outbox.c.payload, outbox.c.attempts)
        wanted = select(*columns).where(outbox.c.id.in_(first)).order_by(outbox.c.id).limit(limit)
        found = []
        for id_, queue, sealed, attempts in (await self.session.run(wanted)).all():
            payload = self.session.unsealed(sealed)
            if payload is None:
                await self.drop(id_, now, "BadSeal")
            else:
                found.append(OutboxEntry(id_, queue, load_outgoing(payload), attempts))
        return found

    async def claim(self, id: int, at: datetime) -> None:  # noqa: A002
        """Mark as being sent, before the call is made; a crash from here on leaves it unsure."""
        attempts = outbox.c.attempts + 1
        await self._change(id, state=EntryState.SENDING, claimed_at=at, held_until=None, attempts=attempts)

    async def done(self, id: int, at: datetime, message_id: int | None) -> None:  # noqa: A002
        """Mark as sent and empty the payload; queue the later deletion where `delete_after` is set."""
        row = await self.session.run(select(outbox.c.payload).where(outbox.c.id == id))
        payload = self.session.unsealed(row.scalar())
        sent = None if payload is None else load_outgoing(payload)
        kept = self._address(sent) if sent is not None and sent.recall else None
        if not await self._vanished(id):
            await self._change(id, state=EntryState.SENT, done_at=at, message_id=message_id, payload=kept)
        if sent is not None and sent.delete_after is not None and message_id is not None:
            moment = at + timedelta(seconds=sent.delete_after)
            later = Outgoing(
                *(sent.chat_id, PostKind.HOUSEKEEPING, Act.DELETE), message_id=message_id, fleeting=sent.fleeting
            )
            await self.add([replace(later, key=f"delete:{id}", not_before=moment)], at)

    def _address(self, sent: Outgoing) -> bytes:
        return self.session.vault.seal(dump_outgoing(Outgoing(sent.chat_id, sent.kind, recall=True)))

    async def postpone(self, id: int, until: datetime) -> None:  # noqa: A002
        """Let an entry (and with it its queue) wait, after a 429 or a lost connection."""
        await self._change(id, state=EntryState.WAITING, held_until=until)

    async def defer(self, id: int, until: datetime) -> None:  # noqa: A002
        """Let one entry wait for its moment while the others of its queue pass it."""
        await self._change(id, not_before=until)

    async def drop(self, id: int, at: datetime, reason: str) -> None:  # noqa: A002
        """Give up on an entry: refused by the platform, or too late."""
        if not await self._vanished(id):
            await self._change(id, state=EntryState.DROPPED, done_at=at, reason=reason, payload=None)

    async def _vanished(self, id_: int) -> bool:
        """Delete an entry that is done with, where it is fleeting; in SQLite's log it does not live on either."""
        gone = await self.session.run(delete(outbox).where(outbox.c.id == id_, outbox.c.fleeting.is_(True)))
        self.session.purged = self.session.purged or bool(gone.rowcount)
        return bool(gone.rowcount)

    async def _change(self, id_: int, **values: Any) -> None:
        await self.session.run(update(outbox).where(outbox.c.id == id_).values(values))

    async def unsure(self, at: datetime) -> int:
        """At start: what was being sent when the process died is not sent again. Returns how many there were."""
        return await self._leave(EntryState.SENDING, at)

    async def silence(self, at: datetime) -> int:
        """After a restore: what waits may have been said since, and is not said. Returns how many there were."""
        return await self._leave(EntryState.WAITING, at)

    async def _leave(self, state: EntryState, at: datetime) -> int:
        """Let go of all entries in a state, of which nobody knows whether they were said."""
        mine = and_(_OPEN, outbox.c.state == state)
        gone = await self.session.run(delete(outbox).where(mine, outbox.c.fleeting.is_(True)))
        self.session.purged = self.session.purged or bool(gone.rowcount)
        left = update(outbox).where(mine).values(state=EntryState.UNSURE, done_at=at, payload=None)
        return gone.rowcount + (await self.session.run(left)).rowcount

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Lead the waiting entries of a migrated group to its new chat."""
        queues = (self.queue_of(old_chat_id), self.session.vault.fleeting_name("queue", str(old_chat_id)))
        waiting = and_(_OPEN, outbox.c.state == EntryState.WAITING, outbox.c.queue.in_(queues))
        for id_, sealed in (await self.session.run(select(outbox.c.id, outbox.c.payload).where(waiting))).all():
            payload = self.session.unsealed(sealed)
            if payload is not None:
                moved = replace(load_outgoing(payload), chat_id=new_chat_id)
                await self._change(id_, queue=self._queue(moved), payload=self._sealed(moved))

    async def cancel(self, key: str) -> None:
        """Take back an entry by its key, unless it is said or being said; its key may come again."""
        if key:
            mine = and_(outbox.c.key == self._key(key), outbox.c.state.not_in((EntryState.SENDING, EntryState.SENT)))
            await self.session.run(delete(outbox).where(mine))

    async def message_of(self, key: str) -> int | None:
        """The id of the message that the entry with this key became."""
        if not key:
            return None
        found = await self.session.run(select(outbox.c.message_id).where(outbox.c.key == self._key(key)))
        number: int | None = found.scalar()
        return number

    async def address_of(self, key: str) -> int | None:
        """The chat of the entry with this key: while it is under way, and once it is sent when it has `recall`."""
        if not key:
            return None
        found = await self.session.run(select(outbox.c.payload).where(outbox.c.key == self._key(key)))
        payload = self.session.unsealed(found.scalar())
        return None if payload is None else load_outgoing(payload).chat_id

    async def forget(self, queue: str) -> int:
        """Cancel what waits in a person's queue unasked, and delete all that was sent; returns how many."""
        self.session.purged = True
        mine = and_(outbox.c.queue == queue, outbox.c.state != EntryState.SENDING)
        gone = []
        for id_, done_at, sealed in await self.session.run(
            select(outbox.c.id, outbox.c.done_at, outbox.c.payload).where(mine)
        ):
            payload = self.session.unsealed(sealed)
            if done_at is not None or payload is None or load_outgoing(payload).kind is not PostKind.ANSWER:
                gone.append(id_)
        await self.session.run(delete(outbox).where(outbox.c.id.in_(gone)))
        return len(gone)

    async def waiting(self) -> int:
        """How many entries wait."""
        count = select(func.count()).where(_OPEN, outbox.c.state == EntryState.WAITING)
        return int((await self.session.run(count)).scalar() or 0)

    async def unsure_since(self, since: datetime) -> int:
        """Of how many entries nobody knows whether they were said, since a moment."""
        lost = or_(outbox.c.state == EntryState.UNSURE, outbox.c.reason == UNSURE)
        count = select(func.count()).where(lost, outbox.c.done_at >= since)
        return int((await self.session.run(count)).scalar() or 0)

    async def purge(self, before: datetime) -> int:
        """Delete done and dropped rows older than `before`."""
        self.session.purged = True
        return (await self.session.run(delete(outbox).where(outbox.c.done_at < before))).rowcount

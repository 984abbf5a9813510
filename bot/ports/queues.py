"""The inbox and the outbox: nothing is lost on its way in, nothing is said that was not decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.speech import Outgoing


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update in the inbox: `id` is its place in the order of arrival, `payload` the raw JSON."""

    bot_id: int
    update_id: int
    payload: bytes
    received_at: datetime
    attempts: int = 0
    id: int = 0


class Inbox(Protocol):
    """Updates that were received, in order; payloads are sealed at rest and emptied when handled."""

    async def store(self, updates: Sequence[StoredUpdate]) -> int:
        """Keep updates; one that is known by bot and update id is passed over. Returns how many are new."""
        ...

    async def pending(self, limit: int) -> Sequence[StoredUpdate]:
        """The first updates still to be handled, in order of arrival."""
        ...

    async def handled(self, ids: Sequence[int], at: datetime) -> None:
        """Mark as handled and empty the payloads."""
        ...

    async def failed(self, id: int, error: str) -> int:  # noqa: A002
        """Count one more failed attempt (`error` is a type's name, no text); returns the attempts so far."""
        ...

    async def set_aside(self, id: int, error: str, at: datetime, payload: bytes | None) -> None:  # noqa: A002
        """Give up on an update; `payload` (without a private sender) is kept sealed for a while, None for nothing."""
        ...

    async def waiting(self) -> int:
        """How many updates are still to be handled."""
        ...

    async def aside(self) -> Sequence[tuple[int, datetime, str]]:
        """What was set aside: update id, when, error."""
        ...

    async def silence(self, at: datetime) -> int:
        """After a restore: what waits may have been handled since, and is not. Returns how many there were."""
        ...

    async def purge(self, *, handled_before: datetime, aside_before: datetime) -> int:
        """Delete handled rows older than the one moment, and empty what was set aside before the other."""
        ...


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A stored entry of the outbox: `queue` names its chat without telling it."""

    id: int
    queue: str
    outgoing: Outgoing
    attempts: int = 0


class Outbox(Protocol):
    """What the bot wants to say, in order per chat; payloads are sealed and emptied once done."""

    queued: bool
    """Whether entries were queued in this unit of work."""

    async def add(self, entries: Iterable[Outgoing], at: datetime) -> None:
        """Queue entries; one whose non-empty `key` is known is passed over."""
        ...

    async def due(self, now: datetime, limit: int, busy: frozenset[str]) -> Sequence[OutboxEntry]:
        """The first due entry of each queue that is neither busy nor held back, at most `limit`."""
        ...

    async def claim(self, id: int, at: datetime) -> None:  # noqa: A002
        """Mark as being sent, before the call is made; a crash from here on leaves it unsure."""
        ...

    async def done(self, id: int, at: datetime, message_id: int | None) -> None:  # noqa: A002
        """Mark as sent and empty the payload; queue the later deletion where `delete_after` is set."""
        ...

    async def postpone(self, id: int, until: datetime) -> None:  # noqa: A002
        """Let an entry (and with it its queue) wait, after a 429 or a lost connection."""
        ...

    async def defer(self, id: int, until: datetime) -> None:  # noqa: A002
        """Let one entry wait for its moment while the others of its queue pass it."""
        ...

    async def drop(self, id: int, at: datetime, reason: str) -> None:  # noqa: A002
        """Give up on an entry: refused by the platform, or too late."""
        ...

    async def unsure(self, at: datetime) -> int:
        """At start: what was being sent when the process died is not sent again. Returns how many there were."""
        ...

    async def silence(self, at: datetime) -> int:
        """After a restore: what waits may have been said since, and is not said. Returns how many there were."""
        ...

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Lead the waiting entries of a migrated group to its new chat."""
        ...

    async def cancel(self, key: str) -> None:
        """Take back an entry by its key, unless it is said or being said; its key may come again."""
        ...

    async def message_of(self, key: str) -> int | None:
        """The id of the message that the entry with this key became."""
        ...

    async def address_of(self, key: str) -> int | None:
        """The chat of the entry with this key: while it is under way, and once it is sent when it has `recall`."""
        ...

    def queue_of(self, chat_id: int) -> str:
        """The name of a chat's queue: a keyed hash."""
        ...

    async def forget(self, queue: str) -> int:
        """Cancel what waits in a person's queue unasked, and delete all that was sent; returns how many.

        Answers that wait are still given.
        """
        ...

    async def waiting(self) -> int:
        """How many entries wait."""
        ...

    async def unsure_since(self, since: datetime) -> int:
        """Of how many entries nobody knows whether they were said, since a moment."""
        ...

    async def purge(self, before: datetime) -> int:
        """Delete done and dropped rows older than `before`."""
        ...

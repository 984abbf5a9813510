"""The groups, what was counted in them, and what they were asked before."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.group import Gap, Group
from bot.core.history import AskedBefore, SentBefore


class Groups(Protocol):
    """The groups; a former chat id of a migrated group leads to the same group."""

    async def of_chat(self, chat_id: int) -> Group | None:
        """The group of a present or former chat id."""
        ...

    async def get(self, id: int) -> Group | None:  # noqa: A002
        """The group of our own number."""
        ...

    async def add(self, group: Group) -> Group:
        """Store a new group; returns it with its number (the stored one where the chat is known already)."""
        ...

    async def update(self, group: Group) -> None:
        """Store the changed group."""
        ...

    async def migrate(self, old_chat_id: int, new_chat_id: int) -> Group | None:
        """Let a group go on under its new chat id, whatever order the events come in; the old one becomes an alias.

        Where both ids already have a group, the newer joins the older: findings, counts and gaps are moved. The new
        chat numbers its messages anew, so findings of the old one go on under negated message ids.
        """
        ...

    async def all(self) -> Sequence[Group]:
        """Every group, in the order of joining."""
        ...

    async def delete(self, id: int) -> None:  # noqa: A002
        """Forget a group with all that hangs on it."""
        ...

    async def open_gap(self, gap: Gap) -> None:
        """Note from when the bot is blind; nothing happens while a gap of the same reason is open."""
        ...

    async def close_gaps(self, group_id: int, at: datetime, reason: str = "") -> None:
        """Note that the bot sees again (of one reason, or of all)."""
        ...

    async def gaps(self, group_id: int, since: datetime) -> Sequence[Gap]:
        """The gaps that last into the time from `since`."""
        ...

    async def gaps_between(self, since: datetime, until: datetime) -> Sequence[Gap]:
        """The gaps of all groups that touch a stretch of time, its end left out, by their beginning."""
        ...


class Counts(Protocol):
    """What was counted by group and day: numbers alone, never who."""

    async def add(self, group_id: int, day: date, amounts: Mapping[str, int]) -> None:
        """Add amounts by name (`messages`, `work`, `task`, `asks`, ...)."""
        ...

    async def sums(self, group_id: int, first: date, last: date) -> Mapping[str, int]:
        """The sums of a stretch of days, both included."""
        ...

    async def by_group(self, first: date, last: date) -> Mapping[int, Mapping[str, int]]:
        """The sums of a stretch of days of every group in which anything was counted."""
        ...

    async def forms(self, first: date, last: date) -> int:
        """How often data was asked for in all groups (`data_collection`), in a stretch of days however long."""
        ...

    async def last_day(self, group_id: int, name: str, until: date) -> date | None:
        """The last day, not after `until`, on which something was counted under a name."""
        ...


class Memory(Protocol):
    """What a group was asked and sent before, sealed, so that repeats are recognised after a restart too."""

    async def load(self, group_id: int) -> tuple[Sequence[tuple[str, AskedBefore]], Mapping[str, SentBefore]]:
        """The remembered requests (thread and request) and documents of a group, oldest first."""
        ...

    async def remember(
        self, group_id: int, requests: Sequence[tuple[str, AskedBefore]], documents: Mapping[str, SentBefore]
    ) -> None:
        """Keep further requests and documents; a document that is known keeps its first message."""
        ...

    async def retract(self, group_id: int, message_id: str) -> None:
        """Forget what one message asked for and brought: it was edited."""
        ...

    async def urgent_at(self, group_id: int) -> datetime | None:
        """When the group last spoke of a real emergency."""
        ...

    async def note_urgent(self, group_id: int, at: datetime) -> None:
        """Keep when the group last spoke of a real emergency."""
        ...

    async def forget(self, group_id: int, before: datetime) -> None:
        """Delete what is older than `before`."""
        ...


class Posts(Protocol):
    """The bot's own unasked posts in groups, which are counted."""

    async def add(self, group_id: int, kind: str, at: datetime) -> None:
        """Count one post."""
        ...

    async def count(self, group_id: int, since: datetime, kind: str = "") -> int:
        """Posts since a moment, of one kind or of all."""
        ...

    async def totals(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Posts in all groups by kind, from a moment until before another."""
        ...

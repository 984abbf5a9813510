"""The findings, and what exempts from one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.core.arrival import StoredFinding
from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.model import Category


class Findings(Protocol):
    """The findings: one for each message and category."""

    async def replace(
        self, group_id: int, message_id: int, findings: Sequence[StoredFinding], edited_at: datetime | None
    ) -> Sequence[StoredFinding]:
        """Make these the findings of the message; returns those that are gone.

        One of a category that is there already is updated in place (keeping when it was made and its mark); others
        are added; those no longer found are deleted.
        """
        ...

    async def add(self, findings: Sequence[StoredFinding]) -> None:
        """Add the findings of new messages in one go; a known one (message and category) is updated."""
        ...

    async def get(self, id: int) -> StoredFinding | None:  # noqa: A002
        """One finding."""
        ...

    async def of_message(self, group_id: int, message_id: int) -> Sequence[StoredFinding]:
        """The findings of one message."""
        ...

    async def of_moment(self, at: datetime, categories: Sequence[Category]) -> Sequence[StoredFinding]:
        """The findings of some categories in messages of one second, of all groups."""
        ...

    async def of_sender(self, sender: str, limit: int) -> Sequence[StoredFinding]:
        """The latest findings of a keyed hash."""
        ...

    async def latest(self, limit: int, before_id: int | None = None) -> Sequence[StoredFinding]:
        """The latest findings not marked wrong, for the office's review."""
        ...

    async def totals(self, group_id: int, since: datetime, until: datetime) -> Mapping[Category, int]:
        """Findings by category that were not marked wrong."""
        ...

    async def by_matter(self, since: datetime, until: datetime) -> Mapping[tuple[int, Category], int]:
        """Findings by group and category, not marked wrong, from a moment until before another; answers left out."""
        ...

    async def of_matter(
        self, group_id: int, category: Category, since: datetime, until: datetime, marked_at: datetime | None = None
    ) -> Sequence[StoredFinding]:
        """The findings of a category in a group from a moment until before another, oldest first; answers left out.

        Those not marked wrong; with a moment, those that were marked wrong at it.
        """
        ...

    async def mark_wrong(self, id: int, at: datetime | None) -> None:  # noqa: A002
        """Take a finding back, or (None) undo that."""
        ...

    async def taken_back(self, since: datetime, until: datetime) -> int:
        """How many findings were marked wrong from a moment until before another, and still are."""
        ...

    async def marks(self) -> Mapping[Category, tuple[int, int]]:
        """For each category how many findings there are, and how many of them were marked wrong."""
        ...

    async def forget_sender(self, sender: str) -> int:
        """Empty the sender and excerpt of all findings of a keyed hash; the counts stay."""
        ...

    async def expire(self, now: datetime) -> int:
        """Empty the sender and excerpt of findings whose retention has ended."""
        ...


class Exemptions(Protocol):
    """Emergency windows, quiet days, duty rosters and shifts."""

    async def open_window(self, window: UrgentWindow) -> UrgentWindow:
        """Store a window; returns it with its number."""
        ...

    async def update_window(self, window: UrgentWindow) -> None:
        """Store an ended or reviewed window."""
        ...

    async def windows(self, since: datetime, group_id: int | None = None) -> Sequence[UrgentWindow]:
        """The windows that last into the time from `since`, of one group or of all."""
        ...

    async def set_duty(self, duty: Sequence[DutyHours], unit: str, group_id: int | None) -> None:
        """Replace the duty hours and shifts of a unit or a group."""
        ...

    async def duty(self) -> Sequence[DutyHours]:
        """All duty hours and shifts."""
        ...

    async def set_quiet(self, spans: Sequence[QuietSpan], unit: str, group_id: int | None) -> None:
        """Replace the quiet days of a unit or a group (both empty: of the office)."""
        ...

    async def quiet(self) -> Sequence[QuietSpan]:
        """All quiet days."""
        ...

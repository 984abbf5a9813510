"""The list of approved inspections, collections and forms; what was refused and asked; and the visits of units."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.core.approvals import Approval, Inquiry, Refusal
from bot.core.visits import Visit


class Approvals(Protocol):
    """The list; its day and revision are facts of `State`."""

    async def all(self) -> Sequence[Approval]:
        """Every item, in the order of their coming."""
        ...

    async def add(self, approvals: Sequence[Approval]) -> Sequence[Approval]:
        """Store new items; returns them with their numbers, in the same order."""
        ...

    async def update(self, approvals: Sequence[Approval]) -> None:
        """Store changed items."""
        ...

    async def remove(self, ids: Sequence[int]) -> None:
        """Take items off the list."""
        ...


class Refusals(Protocol):
    """What was refused: for the office alone, and nobody is named."""

    async def add(self, refusal: Refusal) -> int:
        """Keep a refusal, its words sealed; returns its number."""
        ...

    async def latest(self, limit: int) -> Sequence[Refusal]:
        """The latest, newest first."""
        ...

    async def count(self, first: date, last: date) -> int:
        """How many there were in a stretch of days, both included."""
        ...

    async def purge(self, before: date) -> int:
        """Empty the words of those from before a day, which are counted on; returns of how many."""
        ...


class Inquiries(Protocol):
    """Questions to the office about the list; words and asker are sealed, and gone once they are answered."""

    async def add(self, inquiry: Inquiry) -> int:
        """Keep a question; returns its number."""
        ...

    async def get(self, id: int) -> Inquiry | None:  # noqa: A002
        """A question that waits; None when there is none, or it was answered."""
        ...

    async def waiting(self) -> Sequence[Inquiry]:
        """All that wait, oldest first."""
        ...

    async def close(self, id: int) -> bool:  # noqa: A002
        """It is answered: words and asker are emptied. False when it was already."""
        ...

    async def purge(self, before: date) -> int:
        """Empty those from before a day that were never answered; returns how many."""
        ...


class Visits(Protocol):
    """The visits that units recorded."""

    async def add(self, visit: Visit) -> int:
        """Store a visit; returns its number."""
        ...

    async def get(self, id: int) -> Visit | None:  # noqa: A002
        """The visit of a number."""
        ...

    async def remove(self, id: int) -> None:  # noqa: A002
        """Take back a visit that was recorded by mistake."""
        ...

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[Visit]:
        """The visits of one unit in a stretch of days, both included, the latest first."""
        ...

    async def between(self, first: date, last: date) -> Sequence[Visit]:
        """The visits of all units in a stretch of days, both included, the latest first."""
        ...

"""The ledger: units, objects, daily counts, and the log of every change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.changes import Change
from bot.core.ledger import LedgerObject, Platform
from bot.core.load import Load
from bot.core.snapshot import UnitDay
from bot.core.units import Unit


class Units(Protocol):
    """The tree of units, in the ledger's order."""

    async def all(self, *, ended: bool = False) -> Sequence[Unit]:
        """Every unit by its place; those that were merged or closed too when `ended`."""
        ...

    async def get(self, id: int) -> Unit | None:  # noqa: A002
        """The unit of our own number."""
        ...

    async def named(self, name: str) -> Unit | None:
        """The open unit of a name or alias, compared as people write them (script, width and spaces aside).

        None when there is none, and when several share the name.
        """
        ...

    async def part(self, first: int, limit: int) -> Sequence[Unit]:
        """Some open units by their place, from the one with so many before it."""
        ...

    async def count(self) -> int:
        """How many open units there are."""
        ...

    async def like(self, words: str, limit: int) -> Sequence[Unit]:
        """The first open units with words in their name or an alias, compared as people write them; none for none."""
        ...

    async def add(self, units: Sequence[Unit]) -> Sequence[Unit]:
        """Store new units; returns them with their numbers and places, in the same order."""
        ...

    async def update(self, units: Sequence[Unit]) -> None:
        """Store changed units."""
        ...


class Objects(Protocol):
    """The rows of the ledger."""

    async def get(self, id: int) -> LedgerObject | None:  # noqa: A002
        """The row of our own number."""
        ...

    async def of_group(self, group_id: int) -> LedgerObject | None:
        """The row of a watched group."""
        ...

    async def named(self, platform: Platform, name: str) -> Sequence[LedgerObject]:
        """The rows that have not ended, of exactly this name on a platform."""
        ...

    async def of_unit(self, unit_id: int | None) -> Sequence[LedgerObject]:
        """All rows of a unit (None: of those not yet assigned), ended ones too, in the order of their coming."""
        ...

    async def all(self, *, ended: bool = False) -> Sequence[LedgerObject]:
        """Every row; those that ended too when `ended`."""
        ...

    async def awaiting(self) -> Sequence[LedgerObject]:
        """The rows that were told to be closed, and of which nobody has said yet that they are gone."""
        ...

    async def ending(self, first: date, last: date) -> Sequence[LedgerObject]:
        """The rows that have not ended and whose end date lies in a stretch of days, both included."""
        ...

    async def add(self, objects: Sequence[LedgerObject]) -> Sequence[LedgerObject]:
        """Store new rows; returns them with their numbers, in the same order."""
        ...

    async def update(self, objects: Sequence[LedgerObject]) -> None:
        """Store changed rows."""
        ...


class Snapshots(Protocol):
    """The counts of units by day."""

    async def put(self, days: Iterable[UnitDay]) -> None:
        """Store the counts of a day; those of the same unit and day are replaced."""
        ...

    async def of_day(self, day: date) -> Sequence[UnitDay]:
        """All counts of one day."""
        ...

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[UnitDay]:
        """The counts of one unit in a stretch of days, both included, by day."""
        ...

    async def loads(self, first: date, last: date) -> Mapping[int, Load]:
        """The load of each unit in a stretch of days, both included."""
        ...

    async def over(self, days: Sequence[date]) -> Mapping[date, tuple[int, int]]:
        """For each of these days that has counts: how many units there were, and how many above their cap."""
        ...

    async def forget(self, before: date) -> None:
        """Delete the counts of days before one."""
        ...

    async def last_day(self, until: date) -> date | None:
        """The latest day with counts, not after `until`."""
        ...


class Changes(Protocol):
    """The append-only log."""

    async def append(self, changes: Sequence[Change]) -> None:
        """Append changes, each chained to the one before it; their `id`, `previous` and `digest` are filled in."""
        ...

    async def of(self, noun: str, noun_id: int) -> Sequence[Change]:
        """The changes of one thing, oldest first."""
        ...

    async def page(self, after_id: int, limit: int) -> Sequence[Change]:
        """The next changes after a number, oldest first."""
        ...

    async def since(self, at: datetime, noun: str) -> Sequence[Change]:
        """The changes of all things of a kind from a moment on, oldest first."""
        ...

    async def latest(self, limit: int) -> Sequence[Change]:
        """The latest changes, newest first."""
        ...


class Pointers(Protocol):
    """What members pointed out: groups that are not in the ledger. For the office alone; nobody is named."""

    async def add(self, words: str, day: date) -> int:
        """Keep what was pointed out, sealed; returns its number."""
        ...

    async def open(self, limit: int) -> Mapping[int, str]:
        """What the office has not settled yet, oldest first, by number."""
        ...

    async def settle(self, id: int) -> bool:  # noqa: A002
        """The office is done with it: its words are emptied. False when it was already."""
        ...

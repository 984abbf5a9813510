"""A unit's part of the ledger as it is looked at: what counts against the rule, and what is pointed out beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.dissolve import LifeStage, Terms, stage_of
from bot.core.ledger import LedgerObject, ObjectType
from bot.core.load import Load, together
from bot.core.onegroup import is_project, single
from bot.core.snapshot import UnitDay
from bot.core.units import UnitLevel

LOW_LEVELS = frozenset({UnitLevel.TOWNSHIP, UnitLevel.VILLAGE})
"""Below the county, where in principle no app is built (State Council Office 2026 no. 12 article 2)."""


@dataclass(frozen=True, slots=True)
class UnitView:
    """The rows of a unit that have not ended, by kind.

    `standing` and `projects` are groups, twins once; `not_counted` are the numbers of the second ones.
    """

    groups: Sequence[LedgerObject]
    accounts: Sequence[LedgerObject]
    apps: Sequence[LedgerObject]
    standing: int
    projects: int
    ended: int
    not_counted: frozenset[int] = frozenset()

    @property
    def rows(self) -> Sequence[LedgerObject]:
        """All rows, groups first."""
        return (*self.groups, *self.accounts, *self.apps)


@dataclass(frozen=True, slots=True)
class SeenLoad:
    """The load of so many days on which watched groups were seen; `groups` and `members` as on the last of them."""

    days: int
    groups: int
    members: int
    load: Load


def view_of(rows: Sequence[LedgerObject]) -> UnitView:
    """The view of a unit's rows, counted as `onegroup` counts them."""
    running = [row for row in rows if not row.state.ended]
    by_type = {kind: [row for row in running if row.object_type is kind] for kind in ObjectType}
    once = single(running)
    projects = sum(map(is_project, once))
    counted = (len(once) - projects, projects, len(rows) - len(running))
    groups, twins = by_type[ObjectType.GROUP], {row.id for row in running} - {row.id for row in once}
    return UnitView(groups, by_type[ObjectType.ACCOUNT], by_type[ObjectType.APP], *counted, frozenset(twins))


def days_stale(row: LedgerObject, today: date, local_days: int) -> int | None:
    """The limit in days that an account has overstepped: its own, else the local one; None when it is fresh."""
    days = local_days if row.freshness_days is None else row.freshness_days
    overstepped = row.last_update is not None and today - row.last_update > timedelta(days=days)
    return days if overstepped else None


def low_level(row: LedgerObject, level: UnitLevel) -> UnitLevel | None:
    """The level below the county at which an app is owned (by its row, else by its unit's level); None otherwise."""
    owner = row.owner_level or level
    return owner if row.object_type is ObjectType.APP and owner in LOW_LEVELS else None


def ending(view: UnitView, terms: Terms, today: date) -> int:
    """How many groups are due, overdue, or wait to be confirmed as gone."""
    stages = {LifeStage.DUE, LifeStage.OVERDUE, LifeStage.AWAITING}
    return sum(stage_of(row, terms, today) in stages for row in view.groups)


def load_of(days: Sequence[UnitDay]) -> SeenLoad | None:
    """The load of some days; None where no group was seen on any of them, which is no zero."""
    seen = [day for day in days if day.seen and day.members]
    if not seen:
        return None
    return SeenLoad(len(seen), seen[-1].seen, seen[-1].members, together(day.load for day in seen))

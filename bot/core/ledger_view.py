"""A unit's part of the ledger as it is looked at: what counts against the rule, and what is pointed out beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.dissolve import LifeStage, Terms, stage_of
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType
from bot.core.snapshot import UnitDay
from bot.core.units import UnitLevel

LOW_LEVELS = frozenset({UnitLevel.TOWNSHIP, UnitLevel.VILLAGE})
"""Below the county, where in principle no app is built (State Council Office 2026 no. 12 article 2)."""
PER_PERSON_PLACES = 1


@dataclass(frozen=True, slots=True)
class UnitView:
    """The rows of a unit that have not ended, by kind; `standing` and `projects` count twins once."""

    groups: Sequence[LedgerObject]
    accounts: Sequence[LedgerObject]
    apps: Sequence[LedgerObject]
    standing: int
    projects: int
    ended: int

    @property
    def rows(self) -> Sequence[LedgerObject]:
        """All rows, groups first."""
        return (*self.groups, *self.accounts, *self.apps)


@dataclass(frozen=True, slots=True)
class Load:
    """What the watched groups of a unit put on their members in some days; `share` of tasks is in percent."""

    days: int
    seen: int
    members: int
    per_member_and_day: float
    receipts: int
    share: int


def view_of(rows: Sequence[LedgerObject]) -> UnitView:
    """The view of a unit's rows; a group of which nobody said that it ends counts as standing."""
    running = [row for row in rows if not row.state.ended]
    by_type = {kind: [row for row in running if row.object_type is kind] for kind in ObjectType}
    groups = by_type[ObjectType.GROUP]
    here = {row.id for row in groups}
    once = [row for row in groups if row.twin_of not in here]
    projects = sum(row.kind is GroupKind.PROJECT for row in once)
    counted = (len(once) - projects, projects, len(rows) - len(running))
    return UnitView(groups, by_type[ObjectType.ACCOUNT], by_type[ObjectType.APP], *counted)


def days_stale(row: LedgerObject, today: date, local_days: int) -> int | None:
    """The limit in days that an account has overstepped: its own, else the local one; None when it is fresh."""
    days = row.freshness_days or local_days
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


def load_of(days: Sequence[UnitDay]) -> Load | None:
    """The load of some days; None where no group was seen on any of them, which is no zero."""
    seen = [day for day in days if day.seen and day.members]
    if not seen:
        return None
    messages = sum(day.messages for day in seen)
    each = messages / sum(day.members for day in seen)
    share = round(100 * sum(day.tasks for day in seen) / messages) if messages else 0
    receipts = sum(day.receipts for day in seen)
    return Load(len(seen), seen[-1].seen, seen[-1].members, round(each, PER_PERSON_PLACES), receipts, share)

"""The end of a group: how far its life has come, and on which days its owner is asked what shall become of it.

A project group is dissolved promptly after its work ends (Baotou 2019 item 21: 工作结束后应及时解散). No text says
within how many days, so every number of days here is a local setting and is shown as one. Whoever does not answer is
asked once more when the grace ends, and never again: from then on the group stands in the digest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bot.core.dates import months_later
from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType


class LifeStage(StrEnum):
    """How far the life of a group has come, as people are told."""

    RUNNING = "running"
    DUE = "due"
    OVERDUE = "overdue"
    EXTENDED = "extended"
    AWAITING = "awaiting"
    DISSOLVED = "dissolved"
    MERGED = "merged"
    DORMANT = "dormant"


@dataclass(frozen=True, slots=True)
class Terms:
    """The local numbers of days: before the end at which the owner is asked, of grace after it, of silence."""

    prompt_days: tuple[int, ...] = (14, 7, 1, 0)
    grace_days: int = 7
    dormant_days: int = 60


GRACE = "grace"
"""The last question, when the grace has ended."""


def stage_of(row: LedgerObject, terms: Terms, today: date, silent_since: date | None = None) -> LifeStage:
    """How far a row has come; `silent_since` is the day of the last message, where it is surely known.

    A word that a group is to be closed does not keep it from being overdue: only that it is gone does.
    """
    if row.state.ended:
        return LifeStage(row.state)
    if row.state is ObjectState.AWAITING:
        return LifeStage.OVERDUE if _is_late(row, terms, today) else LifeStage.AWAITING
    if _is_late(row, terms, today):
        return LifeStage.OVERDUE
    if row.kind is GroupKind.PROJECT and row.end_date is not None:
        left = (row.end_date - today).days
        if left <= max(terms.prompt_days, default=0):
            return LifeStage.DUE
    if is_dormant(row, terms, today, silent_since):
        return LifeStage.DORMANT
    return LifeStage.EXTENDED if row.state is ObjectState.EXTENDED else LifeStage.RUNNING


def _is_late(row: LedgerObject, terms: Terms, today: date) -> bool:
    """Whether the end of a project group and the grace after it are past."""
    if row.kind is not GroupKind.PROJECT or row.end_date is None:
        return False
    return (row.end_date - today).days < -terms.grace_days


def is_dormant(row: LedgerObject, terms: Terms, today: date, silent_since: date | None) -> bool:
    """Whether nobody has written for so long; a group of a season sleeps without being asked (汛期, 考试, 供暖).

    Whose end is near or past is asked about that, and not about its silence too.
    """
    if row.seasonal or row.state.ended or row.state is ObjectState.AWAITING or silent_since is None:
        return False
    if row.object_type is not ObjectType.GROUP or milestone(row, terms, today) is not None:
        return False
    return today - silent_since >= timedelta(days=terms.dormant_days)


def milestone(row: LedgerObject, terms: Terms, today: date) -> str | None:
    """Which question of the owner is open today: a number of days before the end, or `GRACE`; None for none.

    Of several that were missed, as after a stop or over a holiday, only the latest is asked.
    """
    if row.object_type is not ObjectType.GROUP or row.kind is not GroupKind.PROJECT or row.end_date is None:
        return None
    if row.state.ended or row.state is ObjectState.AWAITING:
        return None
    left = (row.end_date - today).days
    if left < -terms.grace_days:
        return GRACE
    reached = [days for days in terms.prompt_days if left <= days]
    return str(min(reached)) if reached else None


def horizon(terms: Terms, today: date) -> date:
    """The latest end date of which the owner is asked today."""
    return today + timedelta(days=max(terms.prompt_days, default=0))


def needs_office(row: LedgerObject) -> bool:
    """Whether a new end date needs the office: the second one does."""
    return row.extensions > 0


def prolonged(row: LedgerObject, months: int, today: date) -> date:
    """The new end date: so many months after the present one, or after today where that has passed."""
    return months_later(max(row.end_date or today, today), months)


def extended(row: LedgerObject, until: date) -> LedgerObject:
    """The row with a new end date."""
    return replace(row, end_date=until, state=ObjectState.EXTENDED, extensions=row.extensions + 1)


def made_standing(row: LedgerObject) -> LedgerObject:
    """The row of a group that stays; from now on it counts against the one-group rule.

    To stay is to be extended without an end, so another end is the office's to decide.
    """
    return replace(
        row, kind=GroupKind.STANDING, end_date=None, state=ObjectState.RUNNING, extensions=row.extensions + 1
    )


def closing(row: LedgerObject) -> LedgerObject:
    """The row of a group that is told to be closed; only the platform or the owner can say that it is gone."""
    return replace(row, state=ObjectState.AWAITING)


def gone(row: LedgerObject, today: date, evidence: Evidence, reason: ClosingReason) -> LedgerObject:
    """The row of a group that is gone, with how that is known."""
    return replace(row, state=ObjectState.DISSOLVED, closed_on=today, evidence=evidence, closing_reason=reason)


def reason_for(row: LedgerObject, today: date) -> ClosingReason:
    """Why a group ends: its project did, or nobody used it."""
    ended = row.kind is GroupKind.PROJECT and row.end_date is not None and row.end_date <= today + timedelta(days=31)
    return ClosingReason.FINISHED if ended else ClosingReason.UNUSED


def in_order(rows: Sequence[LedgerObject]) -> list[LedgerObject]:
    """The rows by their end date, then in the ledger's order; what has no end date last."""
    return sorted(rows, key=lambda row: (row.end_date or date.max, row.id))

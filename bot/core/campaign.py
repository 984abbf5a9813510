"""A clean-up between two dates: what was found, dissolved, merged and kept, and how each is known (D5, L9, L24).

Only what the platform, the owner or the office's own ledger says is gone counts as gone. A group with a new name is the
same row still, and one that the bot was removed from is kept, for nothing is known of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.ledger import Evidence, LedgerObject, ObjectState, ObjectType
from bot.core.load import Load, relieves


class Fate(StrEnum):
    """What became of a group."""

    DISSOLVED = "dissolved"
    MERGED = "merged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Case:
    """One group of the campaign: since when it is known, what became of it, when, and how that is known.

    `relieves` is asked of merged groups alone: whether the load of its members became less with it; None when it was
    not seen.
    """

    row: LedgerObject
    fate: Fate
    began: date | None = None
    ended: date | None = None
    evidence: Evidence | None = None
    into: int | None = None
    relieves: bool | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """All groups that were there between two dates, both included, in the ledger's order."""

    first: date
    last: date
    cases: tuple[Case, ...]

    @property
    def found(self) -> int:
        """How many groups there were."""
        return len(self.cases)

    def count(self, fate: Fate) -> int:
        """How many of them had one fate."""
        return sum(case.fate is fate for case in self.cases)

    @property
    def relieved(self) -> int:
        """How many mergers surely lightened the load of members; the others are counted as merged and no more."""
        return sum(case.relieves is True for case in self.cases)

    @property
    def unproven(self) -> int:
        """How many groups are said to be gone without a date or without anybody who says so; they are kept."""
        return sum(case.fate is Fate.KEPT and case.row.state.ended and case.ended is None for case in self.cases)


def campaign(
    rows: Iterable[LedgerObject],
    began: Mapping[int, date],
    first: date,
    last: date,
    loads: Mapping[int, tuple[Load, Load]] | None = None,
) -> Campaign:
    """The campaign of a stretch of days.

    `rows` include ended ones. `loads` are, by row, those of a merged group and its target together before the merger
    and of the target after it, over equally long times.
    """
    cases = []
    for row in rows:
        begun = began.get(row.id, row.created_on)
        proven = row.state.ended and row.closed_on is not None and row.evidence is not None
        if row.object_type is not ObjectType.GROUP or (begun is not None and begun > last):
            continue
        if proven and row.closed_on is not None and row.closed_on < first:
            continue
        gone = proven and row.closed_on is not None and row.closed_on <= last
        cases.append(_case(row, begun, (loads or {}).get(row.id), gone=gone))
    return Campaign(first, last, tuple(cases))


def _case(row: LedgerObject, began: date | None, loads: tuple[Load, Load] | None, *, gone: bool) -> Case:
    if not gone:
        return Case(row, Fate.KEPT, began)
    if row.state is ObjectState.MERGED:
        lightened = None if loads is None else relieves(*loads)
        return Case(row, Fate.MERGED, began, row.closed_on, row.evidence, row.merged_into, lightened)
    return Case(row, Fate.DISSOLVED, began, row.closed_on, row.evidence)

"""The values of the sheet of all units: filled by a service, and laid out by a renderer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.case_counts import CaseCounts
from bot.core.load import Load
from bot.core.periods import Period
from bot.core.snapshot import UnitDay


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: its count on the last day that was counted, the one a period before, and the load of the period.

    `load` is None where nothing was seen, and where its watched groups have so few members that one could be meant.
    """

    path: str
    day: UnitDay
    before: int | None
    load: Load | None


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The sheet of a period: `day` is that of the counts, None where nothing was; `unassigned` rows have no unit.

    `cases` are the office's, of all units together.
    """

    period: Period
    day: date | None
    lines: Sequence[UnitLine]
    unassigned: int
    cases: CaseCounts = field(default_factory=CaseCounts)

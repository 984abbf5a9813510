"""What exempts from a finding by decision, not by wording: emergency windows, duty hours, quiet days."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class UrgentWindow:
    """An emergency that an admin declared with a reason and an end (Baotou 2019 item 21: 除紧急公务外).

    It is counted and reviewed by the office, since "urgent" is the first loophole (Gansu 2024 no. 24, item 3).
    """

    group_id: int
    start: datetime
    end: datetime
    reason: str
    id: int = 0
    reviewed: str = ""  # "", "agreed" or "doubted"


@dataclass(frozen=True, slots=True)
class DutyHours:
    """A stretch in which a unit or a group is on duty or works a shift: its messages are in working time."""

    start: datetime
    end: datetime
    unit: str = ""
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Days kept free of work messages (无会日, 静默日), both ends included; of a unit, a group or the office."""

    first: date
    last: date
    note: str = ""
    unit: str = ""
    group_id: int | None = None

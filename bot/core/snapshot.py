"""A unit on one day: its groups counted against the rule, and the load they put on their members beside the count."""

from dataclasses import dataclass
from datetime import date

from bot.core.load import Load


@dataclass(frozen=True, slots=True)
class UnitDay:
    """The count of one unit on one day; groups only, twins once (Baotou 2019 item 21: 原则上一个单位只建1个工作群).

    `standing` is held against `cap`; project groups stand apart. `unfiled` groups have no approval in the ledger, which
    is no wrong. Load is what was seen in watched groups alone: `seen` is how many were watched without a gap, `members`
    belong to those among them whose number is known, and `messages`, `readings`, `receipts`, `tasks`, `work` and `late`
    are those of that day (see `Load`).
    """

    unit_id: int
    day: date
    standing: int = 0
    cap: int = 1
    projects: int = 0
    overdue: int = 0
    accounts: int = 0
    apps: int = 0
    seen: int = 0
    members: int = 0
    messages: int = 0
    receipts: int = 0
    tasks: int = 0
    unfiled: int = 0
    readings: int = 0
    work: int = 0
    late: int = 0

    @property
    def over(self) -> int:
        """How many standing groups there are above the cap."""
        return max(0, self.standing - self.cap)

    @property
    def load(self) -> Load:
        """The load of that day."""
        seats = self.members
        return Load(seats, self.messages, self.readings, self.receipts, self.tasks, self.work, self.late)

"""The load that groups put on their members: beside every count of groups, since fewer groups may burden more (E1, E2).

Everybody in a group reads what is posted there. A message in a group of 300 costs 300 readings, so that a merger can be
weighed without knowing who is in both groups: it relieves only where the readings of a day become fewer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Load:
    """What was seen in watched groups over one or more days.

    `seats` are members times days: a person in two groups has two seats a day. `readings` are messages times members,
    of the groups whose members are known. `late` is the work outside working hours.
    """

    seats: int = 0
    messages: int = 0
    readings: int = 0
    receipts: int = 0
    tasks: int = 0
    work: int = 0
    late: int = 0

    @classmethod
    def of_counts(cls, counts: Mapping[str, int], members: int | None, days: int = 1) -> "Load":
        """The load of one group from what was counted there, and the number of its members where that is known."""
        messages = counts.get("messages", 0)
        return cls(
            seats=(members or 0) * days,
            messages=messages,
            readings=messages * (members or 0),
            receipts=counts.get("receipts", 0),
            tasks=counts.get("task", 0),
            work=counts.get("work", 0),
            late=counts.get("late_work", 0),
        )

    @property
    def per_seat(self) -> float | None:
        """How many messages one member of a group gets to read in a day; None when nothing is known of members."""
        return self.readings / self.seats if self.seats else None

    @property
    def task_share(self) -> float | None:
        """The share of messages that give a task; None without messages."""
        return self.tasks / self.messages if self.messages else None

    @property
    def late_share(self) -> float | None:
        """The share of work messages outside working hours; None without any."""
        return self.late / self.work if self.work else None


def together(loads: Iterable[Load]) -> Load:
    """Several loads added up."""
    names = [each.name for each in fields(Load)]
    sums = dict.fromkeys(names, 0)
    for load in loads:
        for name in names:
            sums[name] += getattr(load, name)
    return Load(**sums)


def relieves(before: Load, after: Load) -> bool:
    """Whether a merger lightened the load: the readings of equally long stretches became fewer, or at least not more.

    N1 item 2 asks for 真减负; "解散了之" into one group of hundreds is the known failure.
    """
    return after.readings <= before.readings

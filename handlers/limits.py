"""How much of one person is answered in a minute, so that nobody drowns the others; known by keyed hash, in memory."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

MINUTE = timedelta(seconds=60)
KEPT = 10_000


class Allowed(Enum):
    """Whether an action is answered: `LAST` is answered by asking to wait, later ones of that minute not at all."""

    YES = "yes"
    LAST = "last"
    NO = "no"


@dataclass(slots=True)
class Limits:
    """The actions of people in the present minute (or `span`); whoever was quiet for longest is forgotten first."""

    per_minute: int
    span: timedelta = MINUTE
    _counts: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)
    _judged: OrderedDict[tuple[str, int], Allowed] = field(default_factory=OrderedDict)

    def count(self, person: str, now: datetime, number: int | None = None) -> Allowed:
        """Count one action of a person; one of a `number` counts once, however often its transaction is begun anew."""
        if number is None:
            return self._count(person, now)
        if (person, number) not in self._judged:
            self._judged[person, number] = self._count(person, now)
            if len(self._judged) > KEPT:
                self._judged.popitem(last=False)
        return self._judged[person, number]

    def _count(self, person: str, now: datetime) -> Allowed:
        since, before = self._counts.get(person, (now, 0))
        if not timedelta(0) <= now - since < self.span:
            since, before = now, 0
        self._counts[person] = (since, before + 1)
        self._counts.move_to_end(person)
        if len(self._counts) > KEPT:
            self._counts.popitem(last=False)
        if before < self.per_minute:
            return Allowed.YES
        return Allowed.LAST if before == self.per_minute else Allowed.NO

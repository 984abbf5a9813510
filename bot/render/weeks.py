"""The weeks of a report laid side by side, several joined into one where there are too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.audit import WeekCount
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class Stretch:
    """One week, or a few in a row: from its first Monday to its last Sunday."""

    first: date
    last: date
    messages: int
    suspected: Mapping[Category, int]

    @property
    def weeks(self) -> int:
        """How many weeks it is long."""
        return ((self.last - self.first).days + 1) // 7

    @property
    def label(self) -> str:
        """The Monday it begins on, and the Sunday it ends on where it is longer than a week."""
        return f"{self.first}" if self.weeks < 2 else f"{self.first} – {self.last}"


def stretches(weeks: Sequence[WeekCount], most: int) -> tuple[Stretch, ...]:
    """Return at most `most` stretches of equal length, without gaps; a week without messages is there too."""
    if not weeks:
        return ()
    start, end = weeks[0].monday.toordinal(), weeks[-1].monday.toordinal()
    length = -(-((end - start) // 7 + 1) // most) * 7
    parts: list[list[WeekCount]] = [[] for _ in range((end - start) // length + 1)]
    for week in weeks:
        parts[(week.monday.toordinal() - start) // length].append(week)
    latest = min(end + 6, date.max.toordinal())
    firsts = range(start, end + 1, length)
    return tuple(
        _joined(first, min(first + length - 1, latest), part) for first, part in zip(firsts, parts, strict=True)
    )


def _joined(first: int, last: int, weeks: Sequence[WeekCount]) -> Stretch:
    suspected: dict[Category, int] = {}
    for week in weeks:
        for category, count in week.suspected.items():
            suspected[category] = suspected.get(category, 0) + count
    messages = sum(week.messages for week in weeks)
    return Stretch(date.fromordinal(first), date.fromordinal(last), messages, suspected)

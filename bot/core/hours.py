"""Working hours written down again, in the notation that `WorkingHours.parse` reads."""

from itertools import groupby

from bot.core.worktime import Range, WorkingHours

_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKDAYS = "Mon-Fri "
"""What the notation of an ordinary office week begins with."""


def notation(hours: WorkingHours) -> str:
    """The hours as `Mon-Fri 08:30-12:00 14:00-18:00; Sat 09:00-12:00`; empty when nobody ever works."""
    parts: list[str] = []
    for ranges, days in groupby(range(7), key=lambda day: hours.days[day]):
        if ranges:
            chosen = list(days)
            names = _NAMES[chosen[0]] if len(chosen) == 1 else f"{_NAMES[chosen[0]]}-{_NAMES[chosen[-1]]}"
            parts.append(f"{names} {' '.join(_written(item) for item in ranges)}")
    return "; ".join(parts)


def weekday_ranges(text: str) -> str:
    """The ranges of an ordinary office week written as `Mon-Fri ...` alone; empty for any other week."""
    return text.removeprefix(WEEKDAYS) if text.startswith(WEEKDAYS) and ";" not in text else ""


def _written(item: Range) -> str:
    start, end = item
    return f"{start:%H:%M}-{'24:00' if (end.hour, end.minute) == (0, 0) else format(end, '%H:%M')}"

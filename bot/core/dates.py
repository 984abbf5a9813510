"""Dates that people type or choose, so many months from today, and moments as people read them."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, tzinfo

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?", re.ASCII)
_FIGURES = re.compile(r"[\W\d_年月日号號]*")
SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?", re.ASCII)
"""A day without its year."""


def read_day(text: str, today: date) -> date | None:
    """Read `2027-03-31`, `2027年3月31日` or `3月31日` (the next one); None when it is no date."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _FULL.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
        return real_day(year, month, day)
    if match := SHORT.fullmatch(plain):
        month, day = (int(part) for part in match.groups())
        this_year = real_day(today.year, month, day)
        return this_year if this_year is not None and this_year >= today else real_day(today.year + 1, month, day)
    return None


def only_figures(words: str) -> bool:
    """Whether words hold nothing but figures and signs, as a date does, also one that the calendar has not."""
    return _FIGURES.fullmatch(words) is not None


def months_later(today: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    years, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def shown(moment: datetime, zone: tzinfo | None, named: str = "", *, year: bool = False) -> str:
    """A moment as people read it, `03-18 08:30`, with the name of its zone where one is given.

    A group with a zone of its own has it named at each time, for a reader may sit in another.
    """
    words = moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return (words if year else words[5:]) + (f" ({named})" if named else "")


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None

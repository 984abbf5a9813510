"""What a person meant by the value of a cell: a day, a number, yes or no. A text is as people type it."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TypeAlias

from bot.core.dates import SHORT, real_day

Cell: TypeAlias = object
"""The value of a cell: text, number, truth, date, None; a member of an `Enum` stands for what could not be read."""

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119; whatever else is no date of a ledger
_FULL = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?(?:[\sT]\s*\d{1,2}:\d{2}[\d:.]*)?", re.ASCII
)
_PACKED = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)", re.ASCII)
_COUNT = re.compile(
    r"[约約共计計]?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?\s*[余餘多]?\s*[人名位个個天日]?", re.ASCII
)
_YES = frozenset({"是", "有", "对", "√", "✓", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "不", "×", "x", "n", "no", "false", "0"})
_NONE = frozenset({"-", "--", "—", "——", "/", "无", "無", "none", "n/a"})


def words_of(value: Cell) -> str:
    """What stands in a cell, as text in one line; empty for what could not be read."""
    if value is None or isinstance(value, Enum):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    return " ".join(str(value).split())


def is_none(words: str) -> bool:
    """Whether a text says that there is nothing, as `无` or a dash."""
    return words.lower() in _NONE


def day_of(value: Cell, today: date, *, ahead: bool) -> date | None:
    """The day that is meant: a date, Excel's number of one, or `2026.3.1`, `2026年3月1日`, `20260301`, `3月1日`.

    A day without a year is the next one where it lies `ahead`, else the last one. None when it is no day.
    """
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case bool() | Enum():
            return None
        case int() | float():
            return _of_number(value)
    return _of_text(value, today, ahead=ahead) if isinstance(value, str) and len(value) <= 40 else None


def count_of(value: Cell) -> int | None:
    """The whole number that is meant: 45, 45.0, `45人`, `约1,200人`; None when it is none, or below zero."""
    if isinstance(value, bool | Enum):
        return None
    if isinstance(value, int | float):
        return int(value) if value >= 0 and value == int(value) else None
    if not isinstance(value, str) or len(value) > 40:
        return None
    match = _COUNT.fullmatch(unicodedata.normalize("NFKC", value).strip())
    return int(match[1].replace(",", "")) if match else None


def truth_of(value: Cell) -> bool | None:
    """Yes or no; None for anything else."""
    if isinstance(value, bool):
        return value
    words = words_of(value).lower()
    return True if words in _YES else False if words in _NO else None


def _of_text(value: str, today: date, *, ahead: bool) -> date | None:
    text = unicodedata.normalize("NFKC", value).strip()
    if match := _FULL.fullmatch(text) or _PACKED.fullmatch(text):
        return real_day(*(int(part) for part in match.groups()))
    if match := SHORT.fullmatch(text):
        return _nearest(int(match[1]), int(match[2]), today, ahead=ahead)
    return _of_number(float(text)) if re.fullmatch(r"\d{5}(?:\.\d{1,10})?", text, re.ASCII) else None


def _of_number(number: float) -> date | None:
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(number))
    match = _PACKED.fullmatch(str(int(number))) if 0 < number < 1e9 and number == int(number) else None
    return real_day(*(int(part) for part in match.groups())) if match else None


def _nearest(month: int, day: int, today: date, *, ahead: bool) -> date | None:
    years = (today.year, today.year + 1) if ahead else (today.year, today.year - 1)
    days = (real_day(year, month, day) for year in years)
    return next((each for each in days if each is not None and (each >= today if ahead else each <= today)), None)

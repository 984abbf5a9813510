"""The values of cells, their addresses, and what a person meant by a date or a number written in one."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

LONGEST_TEXT = 32_767
"""The most characters of a cell; the formats hold no more."""

_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # October 1954 to January 2119: whatever else is no date of a ledger
_EPOCH = date(1899, 12, 30)
_DATE = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?"
    r"(?:\s*T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?"
)
_PACKED = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_COUNT = re.compile(r"(?:约|共|计)?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?\s*(?:余|多)?\s*[人名位个]?")
_UNSEEN = {"Cc", "Cf", "Co", "Cs"}


class Fault(StrEnum):
    """What stands in a cell instead of a value."""

    ERROR = "error"  # #REF!, #N/A, #DIV/0! ...
    UNCOMPUTED = "uncomputed"  # a formula of which the file holds no result
    TOO_LONG = "too_long"


Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | Fault | None
"""What a cell holds: its type tells the kind. Texts are without blanks at their ends; an empty cell is None."""


def letter(column: int) -> str:
    """The letters over a column, counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The column under some letters, counted from 0."""
    column = 0
    for each in letters.upper():
        column = column * 26 + ord(each) - 64
    return column - 1


def tidy(value: object) -> Value:
    """A value as it is handed on: nothing unseen in a text, no blanks around it, whole numbers as such."""
    if isinstance(value, str):
        return _tidy_text(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return Fault.ERROR
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return value if isinstance(value, int | date | time | timedelta) else None


def _tidy_text(text: str) -> Value:
    if len(text) > LONGEST_TEXT:
        return Fault.TOO_LONG
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(each for each in text if each in "\n\t" or _is_seen(each))
    return text.strip() or None


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in "\ufffe\uffff"  # the two no file can hold


def plain(text: str) -> str:
    """A text in half width."""
    return unicodedata.normalize("NFKC", text).strip()


def as_text(value: Value) -> str:
    """What stands in a cell, as text; a fault is no text."""
    if value is None or isinstance(value, Fault):
        return ""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    return str(value)


def as_date(value: Value) -> date | None:
    """The day that is meant: a date, Excel's number of one, or a text as 2026-3-1, 2026年3月1日 or 20260301.

    None when it is no whole date, as of 2026年3月.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, str):
        return _of_text(plain(value)) if len(value) <= 40 else None
    return _of_number(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def as_count(value: Value) -> int | None:
    """The whole number that is meant: 45, 45.0, "45人", "约1,200人"; None when it is none, or below zero."""
    if isinstance(value, bool | Fault):
        return None
    if isinstance(value, int | float):
        return int(value) if value >= 0 and value == int(value) else None
    if not isinstance(value, str) or len(value) > 40:
        return None
    match = _COUNT.fullmatch(plain(value))
    return int(match[1].replace(",", "")) if match else None


def _of_text(text: str) -> date | None:
    if match := _DATE.fullmatch(text) or _PACKED.fullmatch(text):
        return _day(*(int(part) for part in match.groups()))
    return _of_number(float(text)) if re.fullmatch(r"\d{5}(?:\.\d{1,10})?", text, re.ASCII) else None


def _of_number(number: float) -> date | None:
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        return _EPOCH + timedelta(days=int(number))
    match = _PACKED.fullmatch(str(int(number))) if number == int(number) else None
    return _day(*(int(part) for part in match.groups())) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

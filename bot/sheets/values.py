"""The values of cells and their addresses; what a person meant by one is read in `bot/core/cells.py`."""

import math
import unicodedata
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

LONGEST_TEXT = 32_767
"""The most characters of a cell; the formats hold no more."""

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
        text = "".join(each for each in text if each in "\r\n\t" or _is_seen(each))
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # only now: what is unseen may stand between the two
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

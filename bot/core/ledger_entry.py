"""One row of an office's file becomes values of the ledger; what cannot be read is a problem with its field."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from bot.core.cells import Cell, count_of, day_of, is_none, truth_of, words_of
from bot.core.ledger_columns import CODES
from bot.core.units import comparable

LONGEST = 200
"""Characters of a text in a row."""
TEXTS = frozenset({"unit", "name", "owner", "purpose", "approved_by", "twin_of", "merged_into", "filing_number"})
PAST_DAYS = frozenset({"approved_on", "created_on", "closed_on", "last_update"})
COUNTS = frozenset({"members", "freshness_days", "id"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell or (without a field) with a row; `key` under `ledger_file.problem`."""

    row: int
    field: str
    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that was read: the values of the cells that hold something; None in them means that there is none.

    `left_out` counts cells with nothing but a name or number of a person, which the ledger does not take: it holds
    roles.
    """

    row: int
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    left_out: int = 0


class LeftOut(Exception):
    """A cell holds nothing but a person's name or number."""


_ROLE_ENDS = frozenset("长長任记記员員管部人理师師办辦科室处處局站心席事组組委主干幹监監书書院所校会會社村镇鎮乡鄉街")
_BODY_ENDS = _ROLE_ENDS | frozenset("府县縣市区區省州盟旗部厅廳司团團队隊协協联聯心导導意批报報")
"""How also bodies end that approve, and remarks as 同意 or 已报批."""
_PIECES = re.compile(r"[\s、，,;；/（）()：:]+")
_REACHED = re.compile(r"[+\d][\d\-*]{5,}[\dXx*]")
"""A telephone or identity number, as it stands beside the name."""
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_NUMBER = re.compile(
    r"(?<!\d)(?:(?!(?:19|20)\d{6}(?!\d))\d{7,17}[\dXx]?|0\d{2,3}[- ]\d{7,8}|1\d{2}[- ]\d{4}[- ]\d{4})(?!\d)", re.ASCII
)
"""A telephone or identity number, and no date as 20260301."""


def without_numbers(words: str) -> str:
    """A text without telephone and identity numbers, full-width ones too."""
    plain = unicodedata.normalize("NFKC", words)
    return " ".join(_NUMBER.sub(" ", plain).split()) if _NUMBER.search(plain) else words


def role_of(words: str, ends: Collection[str] = _ROLE_ENDS) -> str:
    """A role without the name or number of a person beside it; empty when there is nothing else.

    Two to four Chinese characters are a name unless they end as `ends` do.
    """
    words = without_numbers(words).strip(" ,，、;；")
    pieces = [piece for piece in _PIECES.split(words) if piece]
    roles = [piece for piece in pieces if not (_REACHED.fullmatch(piece) or _is_name(piece, ends))]
    return words if len(roles) == len(pieces) else " ".join(roles)


def _is_name(piece: str, ends: Collection[str] = _ROLE_ENDS) -> bool:
    return _PERSON.fullmatch(piece) is not None and piece[-1] not in ends


Reader = Callable[[Cell, date], Any]
"""Reads a cell; raises `ValueError` with the key of what is wrong."""


def read_entry(row: int, cells: Mapping[str, Cell], today: date, readers: Mapping[str, Reader] | None = None) -> Entry:
    """Read the cells of a row by field; fields that are not in the `readers` (those of the ledger) are passed over.

    An empty cell has no value, so that it leaves what is known as it is; a dash or `无` says that there is none.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    left_out = 0
    for name, cell in cells.items():
        reader = (READERS if readers is None else readers).get(name)
        if reader is None or cell is None or cell == "":
            continue
        try:
            values[name] = _read(reader, cell, today)
        except LeftOut:
            left_out += 1
        except ValueError as error:
            problems.append(Problem(row, name, str(error), words_of(cell)[:40]))
    return Entry(row, values, tuple(problems), left_out)


def _read(reader: Reader, cell: Cell, today: date) -> Any:
    if isinstance(cell, Enum):
        raise ValueError(f"cell_{cell.value}")  # noqa: TRY004 - a problem of the file, not of a type
    if isinstance(cell, str) and is_none(cell.strip()) and reader not in {_truth, _name}:
        return None
    return reader(cell, today)


def _text(cell: Cell, _today: date) -> str:
    words = words_of(cell)
    if len(words) > LONGEST:
        raise ValueError("too_long")
    return words


def _name(cell: Cell, today: date) -> str:
    return _text(cell, today)


def _owner(cell: Cell, today: date) -> str:
    role = role_of(_text(cell, today))
    if not role:
        raise LeftOut
    return role


def _approver(cell: Cell, today: date) -> str:
    body = role_of(_text(cell, today), _BODY_ENDS)
    if not body:
        raise LeftOut
    return body


def _past(cell: Cell, today: date) -> date:
    return _day(cell, today, ahead=False)


def _ahead(cell: Cell, today: date) -> date:
    return _day(cell, today, ahead=True)


def _day(cell: Cell, today: date, *, ahead: bool) -> date:
    found = day_of(cell, today, ahead=ahead)
    if found is None:
        raise ValueError("date")
    return found


def _count(cell: Cell, _today: date) -> int:
    found = count_of(cell)
    if found is None or found > 10_000_000:
        raise ValueError("count")
    return found


def _truth(cell: Cell, _today: date) -> bool:
    found = truth_of(cell)
    if found is None:
        raise ValueError("truth")
    return found


def _code(name: str) -> Reader:
    codes = CODES[name]

    def read(cell: Cell, _today: date) -> Any:
        found = codes.get(comparable(words_of(cell)))
        if found is None:
            raise ValueError("word")
        return found

    return read


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(sorted(TEXTS), _text),
    **dict.fromkeys(sorted(PAST_DAYS), _past),
    **dict.fromkeys(sorted(COUNTS), _count),
    **{name: _code(name) for name in CODES},
    "name": _name,
    "owner": _owner,
    "approved_by": _approver,
    "end_date": _ahead,
    "seasonal": _truth,
}
"""How each field of the ledger is read."""

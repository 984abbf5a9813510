"""Finding the header of a table by the names that its columns may have: in one row or two, below any titles."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.text import fold
from bot.sheets.raw import Merge, RawRow, SheetFront
from bot.sheets.values import as_text

Columns = Mapping[str, Sequence[str]]
"""The fields that are sought, each with the names that its column may have, the usual one first."""

_BRACKETS = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_LONGEST_NAME = 40
_SHORTEST_END = 2


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and which column holds which field, counted from 0."""

    first_row: int
    last_row: int
    columns: Mapping[str, int]
    others: Mapping[int, str]  # headings that name no field
    exact: int  # how many fields have a name that was told

    @property
    def fit(self) -> tuple[int, int, bool]:
        """How well it names the fields; one row is better than two that name no more."""
        return len(self.columns), self.exact, self.first_row == self.last_row


def heading(text: str) -> str:
    """A heading as headings are compared: without brackets, blanks, marks; one script, width and case."""
    plain = _BRACKETS.sub("", fold(unicodedata.normalize("NFKC", text)))
    return "".join(each for each in plain if each.isalnum())


def find_header(front: SheetFront, columns: Columns) -> Header | None:
    """The header that names the most fields, the highest of several; None when none names two (or all there are)."""
    known = {heading(name): field for field in reversed([*columns]) for name in reversed(columns[field])}
    alone, joined = _spread(front, down=False), _spread(front, down=True)
    best: Header | None = None
    for place, row in enumerate(front.rows):
        below = front.rows[place + 1] if place + 1 < len(front.rows) else None
        for lower in (None, below):
            texts = (alone if lower is None else joined)[row.number]
            found = _match(texts, row.number, lower and (lower.number, joined[lower.number]), known, columns)
            if best is None or found.fit > best.fit:
                best = found
    return best if best and len(best.columns) >= min(2, len(columns)) else None


def _match(
    upper: Mapping[int, str],
    number: int,
    lower: tuple[int, Mapping[int, str]] | None,
    known: Mapping[str, str],
    columns: Columns,
) -> Header:
    """Which fields a row, or two as one, would name."""
    names = {place: _together(text, lower[1].get(place, "") if lower else "") for place, text in upper.items()}
    if lower:
        names |= {place: (text,) for place, text in lower[1].items() if place not in upper}
    found: dict[str, tuple[tuple[int, int], int]] = {}
    for place, candidates in names.items():
        for field, rank in _fields(candidates, known, columns):
            if field not in found or (rank, place) < found[field]:
                found[field] = (rank, place)
            break
    places = {field: place for field, (_, place) in found.items()}
    others = {place: candidates[0] for place, candidates in names.items() if place not in places.values()}
    exact = sum(rank[0] == 0 for rank, _ in found.values())
    return Header(number, lower[0] if lower else number, places, others, exact)


def _together(upper: str, lower: str) -> tuple[str, ...]:
    return (upper + lower, lower) if lower and lower != upper else (upper,)


def _fields(candidates: Sequence[str], known: Mapping[str, str], columns: Columns) -> list[tuple[str, tuple[int, int]]]:
    """The fields that a heading may name, the best first: by a told name, else by the end of one."""
    plain = [name for name in map(heading, candidates) if name and len(name) <= _LONGEST_NAME]
    exact = [(known[name], (0, _rank(name, columns[known[name]]))) for name in plain if name in known]
    ends = sorted(
        ((name, told) for name in plain for told in known if len(told) >= _SHORTEST_END and name.endswith(told)),
        key=lambda pair: -len(pair[1]),
    )
    return exact + [(known[told], (1, len(name) - len(told))) for name, told in ends]


def _rank(name: str, names: Sequence[str]) -> int:
    return next((place for place, told in enumerate(names) if heading(told) == name), len(names))


def _spread(front: SheetFront, *, down: bool) -> dict[int, dict[int, str]]:
    """The texts of the first rows by row and column; what is merged stands in each cell of it, or of its first row."""
    texts = {row.number: _texts(row) for row in front.rows}
    last = front.rows[-1].number if front.rows else 0
    for merge in front.merges:
        _fill(texts, merge if down else merge._replace(last_row=merge.first_row), last)
    return texts


def _fill(texts: dict[int, dict[int, str]], merge: Merge, last: int) -> None:
    text = texts.get(merge.first_row, {}).get(merge.first_column)
    if text is None or merge.last_column - merge.first_column > 200:
        return
    for number in range(merge.first_row, min(merge.last_row, last) + 1):
        for column in range(merge.first_column, merge.last_column + 1):
            if number in texts:
                texts[number].setdefault(column, text)


def _texts(row: RawRow) -> dict[int, str]:
    return {column: text for column, value in enumerate(row.values) if (text := as_text(value))}

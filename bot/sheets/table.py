"""A table in a file: its header, and its rows as records of the fields that were sought."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType

from bot.core.text import fold
from bot.sheets.heading import Header, heading
from bot.sheets.merged import Merged
from bot.sheets.raw import RawRow, SheetFront, SheetKind, Source
from bot.sheets.values import Value, as_text, letter, plain

_FOOT = re.compile(
    r"(?:(?:填表|填报|制表|审核|审批|经办|负责|联系|统计)(?:人|单位|部门|时间|日期|电话)|联系电话|日期|单位盖章|注|备注|说明"
    r"|填表说明|填报说明)\s*:.*|(?:[合总小共]\s*计|总数)\s*:?\s*(?:[\d(].*)?",
    re.DOTALL,
)
_LOWEST = 2
"""Rows of a header below those that name the fields, at most."""
_NUMBER_OF_ROW = {"序号", "编号", "no", "行号"}


class Passed(StrEnum):
    """Why a row is no record."""

    TITLE = "title"  # one text alone, as 一、乡镇 over the rows of a part
    HEADER = "header"  # the header once more, as on every printed page
    FOOTER = "footer"  # totals, and who filled it in


@dataclass(frozen=True, slots=True)
class Record:
    """A row: `number` as people see it, the values of the fields that its table has, and those taken from above."""

    number: int
    values: Mapping[str, Value]
    filled: Collection[str] = ()

    def __getitem__(self, name: str) -> Value:
        """The value of a field; None when its cell is empty or the table has no such column."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """The value of a field as text."""
        return as_text(self.values.get(name))


@dataclass(slots=True)
class Table:
    """An open table: a context that gives up the file. `passed` fills while the rows are read."""

    kind: SheetKind
    sheet: str
    header: Header
    titles: Sequence[str]
    """The texts above the header."""
    others: Sequence[str]
    """Other sheets with such a header, which are not read."""
    height: int | None
    """The last row, where it is known before all is read."""
    source: Source
    front: SheetFront
    passed: list[tuple[int, Passed]] = field(default_factory=list)

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.source.close()

    def address(self, row: int, name: str) -> str:
        """Where a field stands, as C12."""
        return f"{self.letter(name)}{row}"

    def letter(self, name: str) -> str:
        """The letters of a field's column; empty when the table has none."""
        return letter(self.header.columns[name]) if name in self.header.columns else ""

    def unknown(self) -> Mapping[str, str]:
        """The headings that name no field, by the letters of their columns."""
        own = {place: text for place, text in self.header.others.items() if heading(text) not in _NUMBER_OF_ROW}
        return {letter(place): text for place, text in sorted(own.items())}

    def records(self, progress: Callable[[int], None] | None = None) -> Iterator[Record]:
        """The rows below the header; `progress` is told row numbers. Raises `BadSheet` where the file breaks off."""
        self.passed.clear()
        end = self._end_of_header()
        merged = Merged(self.front.merges, end)
        names = self._names()
        for row in merged.filled(self.source.rows(self.sheet)):
            if row.number <= end:
                continue
            if progress is not None and row.number % 500 == 0:
                progress(row.number)
            reason = _reason_to_pass(row, names, merged)
            if reason is not None:
                self.passed.append((row.number, reason))
            elif record := self._record(row, merged):
                yield record

    def _end_of_header(self) -> int:
        """The last row of the header; cells of it that are merged downwards tell of one that names nothing."""
        header = self.header
        ends = [
            merge.last_row
            for merge in self.front.merges
            if header.first_row <= merge.first_row <= header.last_row < merge.last_row <= header.last_row + _LOWEST
            and merge.first_column in header.columns.values()
        ]
        return max(ends, default=header.last_row)

    def _names(self) -> Mapping[int, Value]:
        last = next(row for row in self.front.rows if row.number == self.header.last_row)
        return {place: value for place, value in enumerate(last.values) if value is not None}

    def _record(self, row: RawRow, merged: Merged) -> Record | None:
        """The record of a row; None when only columns that are not sought hold something."""
        width = len(row.values)
        places = self.header.columns
        values = {name: row.values[place] if place < width else None for name, place in places.items()}
        own = places.keys() - {name for name, place in places.items() if (row.number, place) in merged.copies}
        if all(values[name] is None for name in own):
            return None
        filled = {name for name in places if name not in own and values[name] is not None}
        return Record(row.number, values, frozenset(filled))


def _reason_to_pass(row: RawRow, names: Mapping[int, Value], merged: Merged) -> Passed | None:
    held = [(place, value) for place, value in enumerate(row.values) if value is not None]
    own = [each for each in held if (row.number, each[0]) not in merged.copies] if merged.copies else held
    first = own[0][1] if own else None
    if isinstance(first, str) and _FOOT.fullmatch(fold(plain(first))):
        return Passed.FOOTER
    if isinstance(first, str) and len(own) == 1 and row.number in merged.titles:
        return Passed.TITLE
    if not own or own[0][1] != names.get(own[0][0]):
        return None
    alike = sum(value == names.get(place) for place, value in held)
    return Passed.HEADER if alike >= 2 and alike * 3 >= len(held) * 2 else None

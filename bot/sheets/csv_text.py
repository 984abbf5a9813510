"""Reading csv as offices have it: UTF-8, GBK or UTF-16, whatever the separator."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.core.errors import BadSheet
from bot.sheets.raw import FRONT_ROWS, MOST_COLUMNS, RawRow, SheetFront, SheetKind
from bot.sheets.values import LONGEST_TEXT, Value, tidy

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins with one of these could be taken for a formula (with wide signs too, where those are typed):
a ' before it is ours."""

_SEPARATORS = (",", "\t", ";", "，", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f]")
_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 20


class CsvSource:
    """A csv file: one sheet without a name."""

    kind = SheetKind.CSV

    def __init__(self, path: Path, file: str) -> None:
        self._path = path
        self._file = file
        self._encoding = _encoding(path, file)
        self._separator, self._declared = self._find_separator()

    def sheets(self) -> Sequence[str]:
        """One, without a name."""
        return ("",)

    def hidden(self) -> Sequence[str]:
        """None."""
        return ()

    def front(self, name: str) -> SheetFront:
        """The first rows."""
        return SheetFront(name, tuple(islice(self.rows(name), FRONT_ROWS)))

    def rows(self, name: str) -> Iterator[RawRow]:  # noqa: ARG002 - there is only one
        """All rows; a cell may hold line breaks, and a row is counted as the programs show it."""
        quotes = 0

        def counted(lines: Iterable[str]) -> Iterator[str]:
            nonlocal quotes
            for line in lines:
                quotes += line.count('"')
                yield line

        before, number, height = 0, 0, 1
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as text:
            reader = csv.reader(counted(_lines(text, self._file)), delimiter=self._separator)
            for number, cells in enumerate(self._guarded(reader), 1):
                height, before = reader.line_num - before, reader.line_num
                if number == 1 and self._declared:
                    continue
                values = [_value(cell) for cell in cells[:MOST_COLUMNS]]
                while values and values[-1] is None:
                    values.pop()
                if values:
                    yield RawRow(number, values)
        if quotes % 2 and height > 1:
            raise BadSheet("open_quote", file=self._file, row=number)

    def close(self) -> None:
        """Nothing is held."""

    def _guarded(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        old = csv.field_size_limit(LONGEST_TEXT * 8)
        row = 1
        try:
            for cells in reader:
                yield cells
                row += 1
        except csv.Error as error:  # a cell that never ends
            raise BadSheet("open_quote", file=self._file, row=row) from error
        finally:
            csv.field_size_limit(old)

    def _find_separator(self) -> tuple[str, bool]:
        """The separator by which most of the first lines have the same number of columns; whether it was declared."""
        with self._path.open(encoding=self._encoding, errors="replace", newline="") as text:
            lines = list(islice(_lines(text, self._file), FRONT_ROWS))
        first = lines[0].strip().lower() if lines else ""
        if first.startswith("sep=") and len(first) == 5:
            return first[4], True
        return max(_SEPARATORS, key=lambda each: _fit(lines, each)), False


def _fit(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How many rows are cut into the same number of columns, and into how many."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    width, rows = max(widths.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return rows, width


def _value(cell: str) -> Value:
    if cell.startswith("'") and cell.lstrip("'").startswith(SIGNS):
        cell = cell[1:]
    return tidy(cell) if cell else None


def _lines(text: Iterable[str], file: str) -> Iterator[str]:
    read = text.readline  # type: ignore[attr-defined]
    while line := read(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise BadSheet("too_long", file=file)
        yield line


def _encoding(path: Path, file: str) -> str:
    """The encoding in which the whole file can be read."""
    with path.open("rb") as source:
        front = source.read(_CHUNK)
    for bom, name in _BOMS:
        if front.startswith(bom):
            return name
    nul = front.count(0)
    name = "utf-16-le" if front[1::2].count(0) * 2 > nul else "utf-16-be"
    if nul and not _UNSEEN.search(front.decode(name, "ignore")) and _decodes(path, name):
        return name
    if nul:
        raise BadSheet("unknown", file=file)
    found = next((name for name in ("utf-8", "gb18030") if _decodes(path, name)), None)
    if found is None:
        raise BadSheet("wrong_encoding", file=file)
    return found


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True

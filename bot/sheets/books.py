"""Open workbooks in the process that reads them: the zip of xml, which is streamed, and the older binary one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bot.sheets.raw import FRONT_ROWS, Merge, RawRow, Refused, SheetFront
from bot.sheets.values import Value, column_of, tidy
from bot.sheets.xlsx_parts import SheetPart, Texts, date_styles, open_zip, parts_of, shared_texts_part, sheets_of
from bot.sheets.xlsx_rows import RowsParser, TextsParser

MOST_MERGES = 100_000
_OVERLAP = 64
_MERGE = re.compile(rb'mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'row\b[^>]{0,60}?\br="(\d{1,7})"')


class Book(Protocol):
    """An open workbook; `rows` may be asked for again and again."""

    def sheets(self) -> tuple[list[str], list[str]]:
        """The names of the shown and of the hidden sheets."""
        ...

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet and its merged cells."""
        ...

    def rows(self, name: str) -> Iterator[RawRow]:
        """The rows of a sheet that are not empty."""
        ...


class XlsxBook:
    """A zip of xml."""

    def __init__(self, path: str) -> None:
        self._archive = open_zip(path)
        self._sheets, self._from_1904 = sheets_of(self._archive)
        self._dates = date_styles(self._archive)
        self._texts: Texts | None = None

    def sheets(self) -> tuple[list[str], list[str]]:
        """The names of the shown and of the hidden sheets."""
        return [each.name for each in self._sheets if each.shown], [e.name for e in self._sheets if not e.shown]

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet; its merged cells stand behind all rows, and are looked for as bytes."""
        merges, height = _merges_and_height(self._archive, self._named(name).part)
        return SheetFront(name, tuple(islice(self.rows(name), FRONT_ROWS)), merges, height)

    def rows(self, name: str) -> Iterator[RawRow]:
        """The rows of a sheet that are not empty."""
        parser = RowsParser(self._shared(), self._dates, from_1904=self._from_1904)
        for _ in parser.feed(parts_of(self._archive, self._named(name).part)):
            yield from parser.rows
            parser.rows.clear()

    def _named(self, name: str) -> SheetPart:
        return next(each for each in self._sheets if each.name == name)

    def _shared(self) -> Texts:
        if self._texts is None:
            parser, part = TextsParser(), shared_texts_part(self._archive)
            for _ in parser.feed(parts_of(self._archive, part)) if part else ():
                pass
            self._texts = parser.texts
        return self._texts


def _merges_and_height(archive: ZipFile, part: str) -> tuple[tuple[Merge, ...], int]:
    merges: list[Merge] = []
    rest, height = b"", 0
    for piece in parts_of(archive, part):
        text = rest + piece
        cut = text.rfind(b"<", len(text) - _OVERLAP * 16)
        rest = text[cut:] if cut >= 0 else b""
        text = text[:cut] if cut >= 0 else text
        last = text.rfind(b"row ", 0)
        if last >= 0 and (found := _ROW.match(text, last)):
            height = max(height, int(found[1]))
        if b"mergeCell" in text:
            merges += map(_merge, _MERGE.finditer(text))
        if len(merges) > MOST_MERGES:
            raise Refused("too_large")
    merges += map(_merge, _MERGE.finditer(rest))
    return tuple(merges), height


def _merge(found: re.Match[bytes]) -> Merge:
    left, top, right, bottom = found.groups()
    return Merge(int(top), column_of(left.decode()), int(bottom), column_of(right.decode()))


class XlsBook:
    """The older binary format, in which WPS writes .et too; 65,536 rows at most."""

    def __init__(self, path: str) -> None:
        if path.lower().endswith(".xls"):
            self._book = CalamineWorkbook.from_path(path)
        else:
            with open(path, "rb") as source:  # noqa: PTH123 - it is handed over as text
                self._book = CalamineWorkbook.from_filelike(source)
        self._sheet: tuple[str, CalamineSheet] | None = None

    def sheets(self) -> tuple[list[str], list[str]]:
        """The names of the shown and of the hidden sheets."""
        known = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        shown = [each.name for each in known if each.visible == SheetVisibleEnum.Visible]
        return shown, [each.name for each in known if each.name not in shown]

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet and its merged cells."""
        sheet = self._named(name)
        ranges = sheet.merged_cell_ranges or ()
        if len(ranges) > MOST_MERGES:
            raise Refused("too_large")
        merges = tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
        height = sheet.end[0] + 1 if sheet.end else 0
        return SheetFront(name, tuple(islice(self.rows(name), FRONT_ROWS)), merges, height)

    def rows(self, name: str) -> Iterator[RawRow]:
        """The rows of a sheet that are not empty."""
        sheet = self._named(name)
        left: list[Value] = [None] * (sheet.start[1] if sheet.start else 0)
        for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
            values = _without_end(left, map(tidy, cells))
            if values:
                yield RawRow(number, values)

    def _named(self, name: str) -> CalamineSheet:
        if self._sheet is None or self._sheet[0] != name:
            self._sheet = None  # one at a time: each is a full rectangle
            self._sheet = (name, self._book.get_sheet_by_name(name))
        return self._sheet[1]


def _without_end(left: Sequence[Value], cells: Iterable[Value]) -> list[Value]:
    values = [*left, *cells]
    while values and values[-1] is None:
        values.pop()
    return values

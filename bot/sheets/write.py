"""Writing tables for offices: xlsx, and csv that WPS and Excel open as UTF-8; no text ever becomes a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.sheets.csv_text import SIGNS
from bot.sheets.values import LONGEST_TEXT, Value, as_text, letter

Progress = Callable[[int], None]

_BOLD, _LARGE = Font(bold=True), Font(bold=True, size=14)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int = 12


def write_xlsx(
    out: BinaryIO,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str,
    title: str = "",
    progress: Progress | None = None,
) -> None:
    """Write a workbook of one sheet: a title over all columns, a header that stays in sight, then the rows.

    Dates are dates, numbers are numbers, and every text is a text, also one that begins like a formula.
    `progress` is told the number of rows written.
    """
    book = Workbook(write_only=True)
    page: WriteOnlyWorksheet = book.create_sheet(_sheet_name(sheet))
    for place, column in enumerate(columns):
        page.column_dimensions[letter(place)].width = column.width  # type: ignore[attr-defined]
    page.freeze_panes = "A3" if title else "A2"
    if title:
        page.merged_cells.add(f"A1:{letter(len(columns) - 1)}1")  # type: ignore[attr-defined]
        page.append([_headed(page, title, _LARGE)])
    page.append([_headed(page, column.heading, _BOLD) for column in columns])
    for row in _counted(rows, progress):
        page.append([_cell(page, value) for value in row])
    book.save(out)


def write_csv(
    out: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, progress: Progress | None = None
) -> None:
    """Write csv in UTF-8 with a mark by which WPS and Excel know it.

    A text that could be taken for a formula gets a ' before it, which our reader takes away again.
    """
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", errors="replace", write_through=False)
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([_guarded(column.heading) for column in columns])
    for row in _counted(rows, progress):
        table.writerow([_guarded(value) if isinstance(value, str) else as_text(value) for value in row])
    text.flush()
    text.detach()


def _counted(rows: Iterable[Sequence[Value]], progress: Progress | None) -> Iterable[Sequence[Value]]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if progress is not None and number % _TOLD_EVERY == 0:
            progress(number)
    if progress is not None and number % _TOLD_EVERY:
        progress(number)


def _cell(page: WriteOnlyWorksheet, value: Value) -> object:
    """A number as it is; a cell for a text that looks like a formula, and for a date, which needs its format."""
    if isinstance(value, str):
        text = _UNWRITABLE.sub("", value)[:LONGEST_TEXT]
        return _text(page, text) if text.startswith((*SIGNS, "#", "'")) else text
    if isinstance(value, date):
        cell = WriteOnlyCell(page)
        cell.value = value
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        return cell
    return value


def _text(page: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = True  # or it becomes a formula as soon as somebody edits it
    return cell


def _headed(page: WriteOnlyWorksheet, text: str, font: Font) -> Cell:
    cell = _text(page, _UNWRITABLE.sub("", text))
    cell.font, cell.alignment = font, _CENTRED
    return cell


def _guarded(text: str) -> str:
    text = _UNWRITABLE.sub("", text)
    return f"'{text}" if text.lstrip("'").startswith(SIGNS) else text


def _sheet_name(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", _UNWRITABLE.sub("", name)).strip("' ")[:31] or "Sheet1"

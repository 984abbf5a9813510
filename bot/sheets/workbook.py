"""The workbooks that are written. Apart from the readers, whose processes must stay small: openpyxl loads much."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.sheets.csv_text import SIGNS
from bot.sheets.values import LONGEST_TEXT, Value, letter
from bot.sheets.write import UNWRITABLE, Page

_BOLD, _LARGE = Font(bold=True), Font(bold=True, size=14)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_workbook(out: BinaryIO, pages: Iterable[Page]) -> None:
    """Write a workbook of some sheets; see `write_xlsx`."""
    book = Workbook(write_only=True)
    for each in pages:
        _write_page(book.create_sheet(_sheet_name(each.name)), each)
    book.save(out)


def _write_page(page: WriteOnlyWorksheet, made: Page) -> None:
    for place, column in enumerate(made.columns):
        page.column_dimensions[letter(place)].width = column.width  # type: ignore[attr-defined]
    page.freeze_panes = "A3" if made.title else "A2"
    if made.title:
        page.merged_cells.add(f"A1:{letter(len(made.columns) - 1)}1")  # type: ignore[attr-defined]
        page.append([_headed(page, made.title, _LARGE)])
    page.append([_headed(page, column.heading, _BOLD) for column in made.columns])
    for row in made.rows:
        page.append([_cell(page, value) for value in row])


def _cell(page: WriteOnlyWorksheet, value: Value) -> object:
    """A number as it is; a cell for a text that looks like a formula, and for a date, which needs its format."""
    if isinstance(value, str):
        text = UNWRITABLE.sub("", value)[:LONGEST_TEXT]
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
    cell = _text(page, UNWRITABLE.sub("", text))
    cell.font, cell.alignment = font, _CENTRED
    return cell


def _sheet_name(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", UNWRITABLE.sub("", name)).strip("' ")[:31] or "Sheet1"

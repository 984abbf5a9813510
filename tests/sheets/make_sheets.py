"""Making the files that offices have, and reading them."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets import Record, Table, open_table

DATA = Path(__file__).parents[1] / "data" / "sheets"

FIELDS = {
    "unit": ("单位名称", "所属单位", "单位"),
    "name": ("群名称", "工作群名称", "名称"),
    "members": ("成员数", "人数"),
    "created": ("建群时间", "创建时间"),
    "approved_by": ("审批人",),
    "note": ("备注",),
}
HEADER = ("单位名称", "群名称", "成员数", "建群时间")
ROW = ("某县某局", "业务工作群", 45, "2024-03-05")

Rows = Sequence[Sequence[Any]]


def book(path: Path, rows: Rows, *, merges: Sequence[str] = (), sheet: str = "台账") -> Path:
    """A workbook of one sheet."""
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    for row in rows:
        page.append(row)
    for cells in merges:
        page.merge_cells(cells)
    workbook.save(path)
    return path


def read(path: Path, **options: Any) -> tuple[Table, list[Record]]:
    """The table of a file and its records; the file is given up."""
    with open_table(path, FIELDS, **options) as table:
        return table, list(table.records())


def names(records: Sequence[Record]) -> list[tuple[int, str, str]]:
    """Row, unit and name of each record."""
    return [(record.number, record.text("unit"), record.text("name")) for record in records]


def altered(path: Path, part: str, change: Any) -> Path:
    """The workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, change(text) if each == part else text)
    path.write_bytes(out.getvalue())
    return path

"""Readers and writers of the tables that offices keep: xlsx, xls, et and csv to records and back.

Nothing of a file is ever run or followed: formulas count by the results that the file holds, links lead nowhere.
"""

from pathlib import Path

from bot.core.errors import BadSheet
from bot.sheets.book import BookSource
from bot.sheets.csv_text import CsvSource
from bot.sheets.heading import Columns, Header, find_header
from bot.sheets.raw import SheetFront, SheetKind, Source
from bot.sheets.recognise import recognise
from bot.sheets.secret import refuse_secret
from bot.sheets.table import Passed, Record, Table
from bot.sheets.values import Fault, Value, as_text
from bot.sheets.write import Column, write_csv, write_xlsx

__all__ = [
    "Column",
    "Columns",
    "Fault",
    "Passed",
    "Record",
    "SheetKind",
    "Table",
    "Value",
    "open_table",
    "refuse_secret",
    "write_csv",
    "write_xlsx",
]


def open_table(path: Path, columns: Columns, *, name: str | None = None, sheet: str | None = None) -> Table:
    """Open the table of a file, told by its content, and find its header.

    `columns` are the fields with the names that their columns may have. Of several sheets the one whose header
    names the most fields is read, or `sheet`. `name` only serves in errors. Raises `OSError` as `open` does, and
    `BadSheet` with the reason `archive`, `bomb`, `broken`, `broken_or_password`, `empty`, `html`, `no_header`,
    `no_such_sheet`, `open_quote`, `password`, `too_large`, `too_long`, `unknown`, `wrong_encoding` or `xml`; its field
    is `file`. The table must be closed: it is a context.
    """
    file = name or path.name
    kind = recognise(path, file)
    source: Source = CsvSource(path, file) if kind is SheetKind.CSV else BookSource(path, kind, file)
    try:
        front, header, others = _choose(source, columns, sheet, file)
    except BaseException:
        source.close()
        raise
    titles = [text for row in front.rows if row.number < header.first_row for text in map(as_text, row.values) if text]
    return Table(kind, front.name, header, titles, others, front.height, source, front)


def _choose(source: Source, columns: Columns, sheet: str | None, file: str) -> tuple[SheetFront, Header, list[str]]:
    """The sheet to read (of equal ones the first), its header, and the names of the other sheets that have one."""
    shown = source.sheets()
    if sheet is not None and sheet not in (*shown, *source.hidden()):
        raise BadSheet("no_such_sheet", file=file, names="、".join(shown))
    fronts = [source.front(each) for each in ([sheet] if sheet is not None else shown)]
    found = [(front, header) for front in fronts if (header := find_header(front, columns)) is not None]
    if not found:
        if not any(front.rows for front in fronts):
            raise BadSheet("empty", file=file)
        raise BadSheet("no_header", file=file, names="、".join(names[0] for names in list(columns.values())[:6]))
    best = max(found, key=lambda each: each[1].fit)
    return *best, [front.name for front, _ in found if front is not best[0]]

"""Writing tables for offices: xlsx, and csv that WPS and Excel open as UTF-8; no text ever becomes a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from bot.sheets.csv_text import SIGNS
from bot.sheets.values import Value, as_text

Progress = Callable[[int], None]

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    heading: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Page:
    """A further sheet of a workbook: its name, columns, rows, and a title over all columns."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    title: str = ""


def write_xlsx(
    out: BinaryIO,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    sheet: str,
    title: str = "",
    progress: Progress | None = None,
    further: Sequence[Page] = (),
) -> None:
    """Write a workbook: on each sheet a title over all columns, a header that stays in sight, then the rows.

    Dates are dates, numbers are numbers, and every text is a text, also one that begins like a formula.
    `progress` is told the number of rows written.
    """
    from bot.sheets.workbook import write_workbook  # noqa: PLC0415 - the readers' processes do without openpyxl

    write_workbook(out, [Page(sheet, columns, _counted(rows, progress), title), *further])


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


def _guarded(text: str) -> str:
    text = UNWRITABLE.sub("", text)
    return f"'{text}" if text.lstrip("'").startswith(SIGNS) else text

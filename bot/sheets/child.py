"""The process in which workbooks are opened, within limits of memory and time.

The parser holds a sheet as a full rectangle, and ends the process when there is no memory for it: a file of 5 kB can
ask for 500 GB. What happens here harms nobody else. Each request is answered once: ("ok", answer) or ("bad", reason).
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
)

from bot.sheets.raw import FRONT_ROWS, Merge, RawRow, Refused, SheetFront, SheetKind
from bot.sheets.values import Fault, Value, tidy
from bot.sheets.zipped import check_zip, faults_of

MEMORY = 256 << 20
"""Bytes of data that the process may hold."""
SECONDS = 60
"""Seconds of computing, all in all."""
BATCH = 500
MOST_MERGES = 100_000
MOST_SHEETS = 200


def serve(link: Connection, path: str, kind: SheetKind) -> None:
    """Answer the requests of the link until it is closed."""
    _limit()
    workbook = _Workbook(path, kind)
    with suppress(EOFError, OSError):
        while True:
            what, argument = link.recv()
            try:
                answer = getattr(workbook, what)(argument)
            except Refused as refusal:
                link.send(("bad", str(refusal)))
            except PasswordError:
                link.send(("bad", "password"))
            except WorksheetNotFound:
                link.send(("bad", "no_such_sheet"))
            except MemoryError:
                link.send(("bad", "too_large"))
            except (KeyboardInterrupt, SystemExit):
                return
            except BaseException:  # noqa: BLE001 - whatever a broken file does to the parser, which may panic
                link.send(("bad", "broken" if kind is SheetKind.XLSX else "broken_or_password"))
            else:
                link.send(("ok", answer))


def _limit() -> None:
    """Limit what this process can take, as far as the system can; nothing of its end is shown."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    for what, most in ((resource.RLIMIT_DATA, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


class _Workbook:
    """The requests that are answered."""

    def __init__(self, path: str, kind: SheetKind) -> None:
        self._path = path
        self._kind = kind
        self._book: CalamineWorkbook | None = None
        self._sheet: tuple[str, CalamineSheet] | None = None
        self._rows: Iterator[list[RawRow]] = iter(())

    def sheets(self, _: None) -> tuple[list[str], list[str]]:
        """The names of the shown and of the hidden sheets."""
        known = [each for each in self._opened().sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if len(known) > MOST_SHEETS:
            raise Refused("too_large")
        shown = [each.name for each in known if each.visible == SheetVisibleEnum.Visible]
        return shown, [each.name for each in known if each.name not in shown]

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet and its merged cells."""
        sheet = self._sheet_of(name)
        ranges = sheet.merged_cell_ranges or ()
        if len(ranges) > MOST_MERGES:
            raise Refused("too_large")
        merges = tuple(Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)
        front: list[RawRow] = []
        for batch in _batches(sheet, {}, FRONT_ROWS):
            front = batch
            break
        return SheetFront(name, tuple(front[:FRONT_ROWS]), merges, sheet.end[0] + 1 if sheet.end else 0)

    def start(self, name: str) -> None:
        """Begin to read the rows of a sheet."""
        faults = faults_of(self._path, name) if self._kind is SheetKind.XLSX else {}
        self._rows = _batches(self._sheet_of(name), faults, BATCH)

    def next(self, _: None) -> Sequence[RawRow]:
        """The next rows; none at the end."""
        return next(self._rows, [])

    def _opened(self) -> CalamineWorkbook:
        if self._book is None:
            if self._kind is SheetKind.XLSX:
                check_zip(self._path)
            elif _is_locked(self._path):
                raise Refused("password")
            named_so = self._path.lower().endswith(f".{self._kind}")
            if named_so:
                self._book = CalamineWorkbook.from_path(self._path)
            else:
                with open(self._path, "rb") as source:  # noqa: PTH123 - the path goes on as text
                    self._book = CalamineWorkbook.from_filelike(source)
        return self._book

    def _sheet_of(self, name: str) -> CalamineSheet:
        if self._sheet is None or self._sheet[0] != name:
            self._sheet = None
            self._sheet = (name, self._opened().get_sheet_by_name(name))
        return self._sheet[1]


def _batches(sheet: CalamineSheet, faults: dict[tuple[int, int], Fault], size: int) -> Iterator[list[RawRow]]:
    """The rows that are not empty, some at a time."""
    batch: list[RawRow] = []
    left = sheet.start[1] if sheet.start else 0
    faulty: dict[int, list[tuple[int, Fault]]] = {}
    for (number, column), fault in faults.items():
        faulty.setdefault(number, []).append((column, fault))
    number = 0
    for number, cells in enumerate(sheet.iter_rows() if sheet.start else (), 1):
        values: list[Value] = [None] * left + [tidy(cell) for cell in cells]
        for column, fault in faulty.pop(number, ()) if faulty else ():
            values += [None] * (column + 1 - len(values))
            values[column] = fault
        while values and values[-1] is None:
            values.pop()
        if values:
            batch.append(RawRow(number, values))
            if len(batch) == size:
                yield batch
                batch = []
    batch += [RawRow(each, _of_faults(faulty[each])) for each in sorted(faulty)]
    if batch:
        yield batch


def _of_faults(faults: Sequence[tuple[int, Fault]]) -> list[Value]:
    values: list[Value] = [None] * (1 + max(column for column, _ in faults))
    for column, fault in faults:
        values[column] = fault
    return values


def _is_locked(path: str) -> bool:
    """Whether an OLE file is a workbook of the newer kind behind a password."""
    mark = "EncryptedPackage".encode("utf-16-le")
    with open(path, "rb") as source:  # noqa: PTH123
        return mark in source.read()

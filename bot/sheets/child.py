"""The process in which workbooks are opened, within limits of memory and time; what happens here harms nobody else.

The parser of the older format holds a sheet as a full rectangle and ends the process when there is no memory for it; a
workbook of the newer one may hold more texts than fit. Each request is answered once: ("ok", answer) or ("bad",
reason).
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection

from python_calamine import PasswordError

from bot.sheets.books import Book, XlsBook, XlsxBook
from bot.sheets.raw import RawRow, Refused, SheetFront, SheetKind

MEMORY = 256 << 20
"""Bytes of data that the process may hold."""
SECONDS = 60
"""Seconds of computing, all in all."""
BATCH = 500
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
        self._book: Book | None = None
        self._rows: Iterator[RawRow] = iter(())

    def sheets(self, _: None) -> tuple[list[str], list[str]]:
        """The names of the shown and of the hidden sheets."""
        shown, hidden = self._opened().sheets()
        if len(shown) + len(hidden) > MOST_SHEETS:
            raise Refused("too_large")
        return shown, hidden

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet and its merged cells."""
        return self._opened().front(name)

    def start(self, name: str) -> None:
        """Begin to read the rows of a sheet."""
        self._rows = self._opened().rows(name)

    def next(self, _: None) -> Sequence[tuple[int, Sequence[object]]]:
        """The next rows, as plain pairs; none at the end."""
        return [(row.number, row.values) for row in islice(self._rows, BATCH)]

    def _opened(self) -> Book:
        if self._book is None:
            if self._kind is SheetKind.XLS and _is_locked(self._path):
                raise Refused("password")
            self._book = XlsxBook(self._path) if self._kind is SheetKind.XLSX else XlsBook(self._path)
        return self._book


def _is_locked(path: str) -> bool:
    """Whether an OLE file is a workbook of the newer kind behind a password."""
    mark = "EncryptedPackage".encode("utf-16-le")
    with open(path, "rb") as source:  # noqa: PTH123
        return mark in source.read()

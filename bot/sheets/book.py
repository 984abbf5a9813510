"""Workbooks, read in a process of their own (`child.py`): what a hostile file does there ends with that process."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.core.errors import BadSheet
from bot.sheets.child import SECONDS, serve
from bot.sheets.raw import RawRow, SheetFront, SheetKind

_LONGEST_WAIT = 2.0 * SECONDS


class BookSource:
    """A workbook; `close` ends its process, and so does any error."""

    def __init__(self, path: Path, kind: SheetKind, file: str) -> None:
        self.kind = kind
        self._file = file
        context = multiprocessing.get_context("spawn")
        self._link, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, str(path), kind), daemon=True)
        self._process.start()
        theirs.close()
        self._shown, self._hidden = self._ask("sheets")

    def sheets(self) -> Sequence[str]:
        """The names of the sheets that are shown."""
        return tuple(self._shown)

    def hidden(self) -> Sequence[str]:
        """The names of those that are hidden."""
        return tuple(self._hidden)

    def front(self, name: str) -> SheetFront:
        """The first rows of a sheet and its merged cells."""
        front: SheetFront = self._ask("front", name)
        return front

    def rows(self, name: str) -> Iterator[RawRow]:
        """All rows of a sheet that are not empty."""
        self._ask("start", name)
        self._send("next")
        batch = self._receive()
        while batch:
            self._send("next")  # the next rows are read while these are used
            try:
                for number, values in batch:
                    yield RawRow(number, values)
            except GeneratorExit:
                with suppress(BadSheet):
                    self._receive()
                raise
            batch = self._receive()

    def close(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._link.close()
        self._process.kill()
        self._process.join()

    def _ask(self, what: str, argument: str | None = None) -> Any:
        self._send(what, argument)
        return self._receive()

    def _send(self, what: str, argument: str | None = None) -> None:
        try:
            self._link.send((what, argument))
        except OSError as error:
            raise self._ended("too_large") from error

    def _receive(self) -> Any:
        try:
            outcome, answer = self._link.recv() if self._link.poll(_LONGEST_WAIT) else ("bad", "too_large")
        except (EOFError, OSError) as error:  # it was ended for what it took
            raise self._ended("too_large") from error
        if outcome == "bad":
            raise self._ended(answer)
        return answer

    def _ended(self, reason: str) -> BadSheet:
        self.close()
        return BadSheet(reason, file=self._file)

"""What every kind of file is read into first: sheets of numbered rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.sheets.values import Value

FRONT_ROWS = 60
"""How many rows that are not empty are looked at to find the header."""

MOST_COLUMNS = 1000
"""Columns that are looked at; what stands further to the right is no table of an office."""


class Refused(Exception):
    """A file that cannot be read; its text is a reason of `BadSheet`."""


class SheetKind(StrEnum):
    """What a file is, whatever its name says."""

    XLSX = "xlsx"
    XLS = "xls"  # also what WPS calls .et
    CSV = "csv"


class RawRow(NamedTuple):
    """A row by its number as people see it, from 1; `values` begin at column A and end with the last value."""

    number: int
    values: Sequence[Value]


class Merge(NamedTuple):
    """Cells that are one: rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetFront:
    """What a sheet begins with; `height` is its last row as far as it is known before all is read."""

    name: str
    rows: Sequence[RawRow]
    merges: Sequence[Merge] = ()
    height: int | None = None


class Source(Protocol):
    """An open file."""

    kind: SheetKind

    def sheets(self) -> Sequence[str]:
        """The names of the sheets that are shown, in their order."""
        ...

    def hidden(self) -> Sequence[str]:
        """The names of those that are hidden."""
        ...

    def front(self, name: str) -> SheetFront:
        """The begin of a sheet."""
        ...

    def rows(self, name: str) -> Iterator[RawRow]:
        """All rows of a sheet that are not empty."""
        ...

    def close(self) -> None:
        """Give up what the file holds."""
        ...

"""Merged cells in the body of a table: what is merged downwards holds for each of its rows."""

from collections.abc import Iterator, Sequence

from bot.sheets.raw import Merge, RawRow
from bot.sheets.values import Value

_TITLE_WIDTH = 3


class Merged:
    """Fills the values of merged cells down. `copies` are the cells so filled, of rows that were just handed out."""

    def __init__(self, merges: Sequence[Merge], header_row: int) -> None:
        body = sorted(merge for merge in merges if merge.last_row > header_row)
        self.titles = {merge.first_row for merge in body if merge.last_column - merge.first_column >= _TITLE_WIDTH - 1}
        self.copies: set[tuple[int, int]] = set()
        self._header_row = header_row
        self._waiting = [merge for merge in body if merge.last_row > merge.first_row][::-1]
        self._open: list[tuple[Merge, Value]] = []

    def filled(self, rows: Iterator[RawRow]) -> Iterator[RawRow]:
        """The rows with what stands merged above them. A row without any value of its own is no row."""
        if not self._waiting:
            yield from rows
            return
        for row in rows:
            yield self._fill(row)

    def _fill(self, row: RawRow) -> RawRow:
        self.copies.clear()
        self._open = [each for each in self._open if each[0].last_row >= row.number]
        values = list(row.values)
        for merge, value in self._open:
            values += [None] * (merge.first_column + 1 - len(values))
            if values[merge.first_column] is None and value is not None:
                values[merge.first_column] = value
                self.copies.add((row.number, merge.first_column))
        while self._waiting and self._waiting[-1].first_row <= row.number:
            merge = self._waiting.pop()
            if merge.first_row == row.number and merge.first_row > self._header_row:
                value = row.values[merge.first_column] if merge.first_column < len(row.values) else None
                self._open.append((merge, value))
        return RawRow(row.number, values)

"""What each message asks of SQLite, compiled once: SQLAlchemy's way to the file costs ten times the file itself."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Executable
from sqlalchemy.sql.expression import ClauseElement

Turn = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that came, and how many were touched."""

    rows: Sequence[Sequence[Any]]
    touched: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement as text, with what turns values into parameters and columns into values again."""

    text: str
    parameters: Sequence[tuple[str, Any, Turn]]
    columns: Sequence[Turn]

    @classmethod
    def of(cls, statement: Executable, names: Sequence[str], dialect: Dialect) -> "Prepared":
        """Compile a statement for values of these names; it holds no list that is spelt out anew each time."""
        if not isinstance(statement, ClauseElement):
            raise TypeError("no statement")
        compiled: Any = statement.compile(dialect=dialect, column_keys=[*names])
        constant = compiled.params
        parameters = [
            (name, constant.get(name), compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        chosen = getattr(statement, "selected_columns", ())
        columns = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in chosen]
        return cls(compiled.string, parameters, columns)

    def run(self, connection: sqlite3.Connection, values: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Answer:
        """Execute it in the transaction that is open."""
        if isinstance(values, Mapping):
            cursor = connection.execute(self.text, self._bound(values))
        else:
            cursor = connection.executemany(self.text, [self._bound(row) for row in values])
        try:
            rows = [self._row(row) for row in cursor] if cursor.description else []
            return Answer(rows, cursor.rowcount)
        finally:
            cursor.close()

    def _bound(self, values: Mapping[str, Any]) -> list[Any]:
        given = ((values.get(name, constant), turn) for name, constant, turn in self.parameters)
        return [value if turn is None else turn(value) for value, turn in given]

    def _row(self, row: Sequence[Any]) -> list[Any]:
        return [value if turn is None else turn(value) for value, turn in zip(row, self.columns, strict=True)]


_KNOWN: dict[tuple[int, str], tuple[Executable, Prepared]] = {}


def prepared(statement: Executable, names: Sequence[str], dialect: Dialect) -> Prepared:
    """The statement compiled, the same one each time: it must live as long as the process."""
    key = (id(statement), dialect.name)
    found = _KNOWN.get(key)
    if found is None:
        found = _KNOWN[key] = (statement, Prepared.of(statement, names, dialect))
    return found[1]

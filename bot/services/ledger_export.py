"""The ledger as rows of a file, in its own order and with its own columns; what is exported can be imported again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.core.cells import is_none
from bot.core.ledger import LedgerObject
from bot.core.ledger_columns import CODES, LEDGER
from bot.core.ledger_plan import REFERENCES, resolve
from bot.core.unit_names import UnitNames
from bot.core.units import Unit, comparable

FIELDS: Sequence[str] = tuple(LEDGER)
"""The columns, in their order."""

Value = str | int | date | None
Word = Callable[[str, str], str]
"""Says a code of a field, as (`state`, `running`)."""


def in_order(rows: Sequence[LedgerObject], units: Sequence[Unit]) -> Sequence[LedgerObject]:
    """The rows by the places of their units, then as they came; those without a unit last."""
    places = {unit.id: place for place, unit in enumerate(units)}
    last = len(places)
    return sorted(rows, key=lambda row: (last if row.unit_id is None else places.get(row.unit_id, last), row.id))


def exported(
    rows: Sequence[LedgerObject], every: Sequence[LedgerObject], names: UnitNames, said: Word
) -> Iterator[Sequence[Value]]:
    """The cells of rows by `FIELDS`; `every` are all rows of the ledger, among which references must be told apart."""
    named: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    by_id = {row.id: row for row in every}
    for row in every:
        named[comparable(row.name)].append((row.id, row.unit_id))
    for row in rows:
        yield [_cell(row, name, by_id, named, names, said) for name in FIELDS]


def _cell(
    row: LedgerObject,
    name: str,
    by_id: dict[int, LedgerObject],
    named: dict[str, list[tuple[int, int | None]]],
    names: UnitNames,
    said: Word,
) -> Value:
    if name == "unit":
        unit = None if row.unit_id is None else names.tree.units.get(row.unit_id)
        return None if unit is None else names.written(unit)
    value: Value = getattr(row, name)
    if value is None or value == "":
        return None
    if name in REFERENCES and isinstance(value, int):
        return _reference(row, by_id[value], named)
    if isinstance(value, bool):
        return said(name, "yes" if value else "no")
    return said(name, str(value)) if name in CODES else value


def _reference(row: LedgerObject, other: LedgerObject, named: dict[str, list[tuple[int, int | None]]]) -> str:
    """Another row by its name, or by its number where the name could mean several."""
    plain = " ".join(other.name.split())
    plain = "" if is_none(plain) or not plain.isprintable() else plain
    return plain if resolve(plain, row.id, row.unit_id, named) == [other.id] else f"#{other.id}"

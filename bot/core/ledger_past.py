"""The ledger as it was: its log read backwards from the rows of today."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bot.core.changes import Change
from bot.core.group import GroupKind
from bot.core.ledger import Evidence, LedgerObject, ObjectState
from bot.core.units import Unit

Row = TypeVar("Row", Unit, LedgerObject)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _member(words: type[GroupKind | Evidence]) -> Callable[[Any], Any]:
    return lambda value: words(value) if value else None


READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("unit_id", "twin_of", "merged_into", "parent_id", "members", "cap", "project_cap"), _number),
    **dict.fromkeys(("approved_on", "created_on", "end_date", "closed_on"), _day),
    **dict.fromkeys(("name", "purpose", "approved_by"), str),
    "kind": _member(GroupKind),
    "evidence": _member(Evidence),
    "state": ObjectState,
    "seasonal": bool,
    "extensions": int,
}
"""The fields that a count depends on; of others today's value stands."""


def as_of(rows: Iterable[Row], changes: Sequence[Change]) -> list[Row]:
    """The rows as they were before these changes, which are all of their kind since then, oldest first.

    A row that came with one of them was not there.
    """
    was: dict[int, dict[str, Any]] = {}
    came: set[int] = set()
    for change in reversed(changes):
        if not change.before:
            came.add(change.noun_id)
            continue
        fields = was.setdefault(change.noun_id, {})
        for name, value in change.before.items():
            if name in READ:
                fields[name] = READ[name](value)
    return [replace(row, **was[row.id]) if was.get(row.id) else row for row in rows if row.id not in came]

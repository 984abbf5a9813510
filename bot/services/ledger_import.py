"""A file of the office into the ledger: its effect is planned first, and carried out in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.cells import Cell
from bot.core.changes import Change
from bot.core.ledger import LedgerObject
from bot.core.ledger_entry import read_entry
from bot.core.ledger_log import Author, change_of
from bot.core.ledger_plan import Defaults, Plan, plan
from bot.core.unit_names import UnitNames
from bot.ports import UnitOfWork

BATCH = 2_000
"""Rows that are written at a time."""

Told = Callable[[int], None]
"""Is told how many rows are done."""
Rows = Iterable[tuple[int, Mapping[str, Cell]]]
"""The rows of a file: their numbers, and their cells by field."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done."""

    new: int
    changed: int


async def planned(work: UnitOfWork, rows: Rows, defaults: Defaults, today: date) -> Plan:
    """What the rows of a file would do to the ledger as it is."""
    names = UnitNames(await work.units.all())
    known = await work.objects.all(ended=True)
    return plan((read_entry(number, cells, today) for number, cells in rows), names, known, defaults, today)


async def apply(
    work: UnitOfWork, effect: Plan, author: Author, now: datetime, reason: str = "", told: Told | None = None
) -> Applied:
    """Carry a plan out, in the transaction in which it was made; each row that is new or changed is logged."""
    new, changed = effect.new, effect.changed
    places = {id(each): -place for place, each in enumerate(effect.taken, 1)}
    numbers: dict[int, int] = {}
    done = 0
    for start in range(0, len(new), BATCH):
        part = new[start : start + BATCH]
        stored = await work.objects.add([_without_new(each.after) for each in part])
        numbers |= {places[id(each)]: row.id for each, row in zip(part, stored, strict=True)}
        await _log(work, [change_of(None, row, author, now, reason) for row in stored])
        done = _tell(told, done + len(part))
    late = [(numbers[places[id(each)]], each.after) for each in new if _refers_to_new(each.after)]
    pairs = [(replace(_without_new(row), id=id_), _linked(replace(row, id=id_), numbers)) for id_, row in late]
    pairs += [(each.before, _linked(each.after, numbers)) for each in changed if each.before is not None]
    for start in range(0, len(pairs), BATCH):
        chunk = pairs[start : start + BATCH]
        await work.objects.update([after for _, after in chunk])
        await _log(work, [change_of(before, after, author, now, reason) for before, after in chunk])
        done = _tell(told, done + len(chunk))
    return Applied(len(new), len(changed))


def _tell(told: Told | None, done: int) -> int:
    if told is not None:
        told(done)
    return done


async def _log(work: UnitOfWork, changes: Sequence[Change | None]) -> None:
    await work.changes.append([each for each in changes if each is not None])


def _refers_to_new(row: LedgerObject) -> bool:
    return (row.twin_of or 0) < 0 or (row.merged_into or 0) < 0


def _without_new(row: LedgerObject) -> LedgerObject:
    """The row without references to rows that have no number yet."""
    return _linked(row, {})


def _linked(row: LedgerObject, numbers: Mapping[int, int]) -> LedgerObject:
    """The row with its references to new rows by their numbers; one to a row that has none is empty."""
    if not _refers_to_new(row):
        return row
    return replace(row, twin_of=_number(row.twin_of, numbers), merged_into=_number(row.merged_into, numbers))


def _number(reference: int | None, numbers: Mapping[int, int]) -> int | None:
    return numbers.get(reference) if reference is not None and reference < 0 else reference

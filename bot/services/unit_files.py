"""The tree of units from and into files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.cells import Cell
from bot.core.ledger_columns import UNITS
from bot.core.ledger_log import Author
from bot.core.unit_names import UnitNames
from bot.core.unit_plan import UnitPlan, plan_units
from bot.core.units import ContactRole, Unit
from bot.ports import UnitOfWork
from bot.services import units
from bot.services.ledger_export import Value, Word

FIELDS: Sequence[str] = tuple(UNITS)


async def planned(work: UnitOfWork, rows: Iterable[tuple[int, Mapping[str, Cell]]]) -> UnitPlan:
    """What the rows of a file would do to the tree as it is."""
    return plan_units(rows, await work.units.all())


async def apply(work: UnitOfWork, effect: UnitPlan, author: Author, now: datetime, reason: str = "") -> None:
    """Carry a plan out; units above come before those below them. Raises `BadInput` (`unit_circle`)."""
    places = {id(each): place for place, each in enumerate(effect.taken)}
    numbers: dict[int, int] = {}
    waiting = [*effect.new]
    while waiting:
        ready = [each for each in waiting if each.parent_place is None or each.parent_place in numbers]
        if not ready:
            break  # their parents were not taken
        fresh = [
            each.after if each.parent_place is None else replace(each.after, parent_id=numbers[each.parent_place])
            for each in ready
        ]
        stored = await units.add(work, fresh, author, now, reason)
        numbers |= {places[id(each)]: unit.id for each, unit in zip(ready, stored, strict=True)}
        waiting = [each for each in waiting if places[id(each)] not in numbers]
    pairs: list[tuple[Unit, Unit]] = []
    for each in effect.changed:
        if each.before is not None:
            parent = each.after.parent_id if each.parent_place is None else numbers.get(each.parent_place)
            pairs.append((each.before, replace(each.after, parent_id=parent)))
    await units.alter(work, pairs, author, now, reason)


def exported(tree: Sequence[Unit], said: Word, *, contacts: bool) -> Iterator[Sequence[Value]]:
    """The cells of the open units by `FIELDS`; how their people are reached only when asked for."""
    names = UnitNames(tree)
    for unit in tree:
        parent = None if unit.parent_id is None else names.tree.units.get(unit.parent_id)
        people = [unit.contacts.get(role) if contacts else None for role in ContactRole]
        yield [
            *(unit.name, None if parent is None else names.written(parent), said("level", unit.level)),
            *(said("is_department", "yes" if unit.is_department else "no"), "、".join(unit.aliases) or None),
            *(unit.hours or None, unit.cap, unit.project_cap, *people, unit.id),
        ]

"""The tree of units, which the office alone changes: each change with its line in the log, and history stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.changes import Change, Role
from bot.core.errors import BadInput
from bot.core.ledger_log import CASE, Author, change_of
from bot.core.unit_tree import HIGHEST_TREE, UnitTree
from bot.core.units import Unit, comparable
from bot.ports import UnitOfWork
from bot.services import ledger


async def add(
    work: UnitOfWork, units: Sequence[Unit], author: Author, now: datetime, reason: str = ""
) -> Sequence[Unit]:
    """Take units into the tree; groups that were waiting for them are given theirs. Raises `BadInput` (not_office)."""
    _require_office(author)
    stored = await work.units.add(units)
    await work.changes.append([each for unit in stored if (each := change_of(None, unit, author, now, reason))])
    await ledger.assign_waiting(work, now)
    return stored


async def alter(
    work: UnitOfWork, pairs: Sequence[tuple[Unit, Unit]], author: Author, now: datetime, reason: str = ""
) -> int:
    """Change units, given as they were and as they are to be; returns how many differ.

    A unit with a new name keeps the old one as an alias, so that what still says it is found. Raises `BadInput`:
    `not_office`, or `unit_circle` for a unit that would stand below itself.
    """
    _require_office(author)
    changed = [(before, _with_old_name(before, after)) for before, after in pairs if before != after]
    if any(before.parent_id != after.parent_id for before, after in changed):
        new = {after.id: after for _, after in changed}
        tree = UnitTree.of([new.get(unit.id, unit) for unit in await work.units.all(ended=True)])
        for unit in new.values():
            if not _ends(tree, unit):
                raise BadInput("unit_circle", name=unit.name)
    await work.units.update([after for _, after in changed])
    logged = (change_of(before, after, author, now, reason) for before, after in changed)
    await work.changes.append([each for each in logged if each is not None])
    await ledger.assign_waiting(work, now)
    return len(changed)


async def merge(
    work: UnitOfWork, gone: Unit, into: Unit, author: Author, now: datetime, today: date, reason: str = ""
) -> None:
    """One unit goes into another: it stays readable, its names lead to the other, its units, rows and cases go on.

    Raises `BadInput`: `not_office`, or `unit_circle` for one that would go into itself or one below it.
    """
    _require_office(author)
    tree = UnitTree.of(await work.units.all(ended=True))
    if not into.is_open or not tree.bears(gone.id, into.id):
        raise BadInput("unit_circle", name=gone.name)
    known = {comparable(name) for name in (into.name, *into.aliases)}
    further = tuple(name for name in (gone.name, *gone.aliases) if comparable(name) not in known)
    pairs = [
        (gone, replace(gone, merged_into=into.id, closed_on=today)),
        (into, replace(into, aliases=(*into.aliases, *further))),
        *((child, replace(child, parent_id=into.id)) for child in tree.children.get(gone.id, ()) if child.is_open),
    ]
    await alter(work, pairs, author, now, reason)
    rows = await work.objects.of_unit(gone.id)
    await ledger.alter(work, [(row, replace(row, unit_id=into.id)) for row in rows], author, now, reason)
    before, after = {"unit_id": gone.id}, {"unit_id": into.id}
    cases = await work.cases.hand_over(gone.id, into.id)
    await work.changes.append(
        [Change(now, author.role, CASE, id_, before, after, author.actor, reason) for id_ in cases]
    )


async def close(work: UnitOfWork, unit: Unit, author: Author, now: datetime, today: date, reason: str = "") -> None:
    """A unit no longer exists; its rows stay with it until the office gives them to another."""
    await alter(work, [(unit, replace(unit, closed_on=today))], author, now, reason)


async def hours_of(work: UnitOfWork, unit: Unit | None) -> str:
    """The working hours that a unit states or takes over from above; empty for the office's own."""
    return next((each.hours for each in await above(work, unit) if each.hours), "")


async def above(work: UnitOfWork, unit: Unit | None) -> Sequence[Unit]:
    """The unit itself and all above it, from below; a tree of one branch, where the whole one is not needed."""
    found: list[Unit] = []
    while unit is not None and len(found) < HIGHEST_TREE:
        found.append(unit)
        unit = None if unit.parent_id is None else await work.units.get(unit.parent_id)
    return found


def matching(units: Sequence[Unit], words: str, most: int) -> Sequence[Unit]:
    """The open units whose name or alias holds what was typed, those that begin with it first; for a choice."""
    wanted = comparable(words)
    found = [
        (min(places), number, unit)
        for number, unit in enumerate(units)
        if (places := [name.find(wanted) for name in map(comparable, (unit.name, *unit.aliases)) if wanted in name])
    ]
    return [unit for _, _, unit in sorted(found, key=lambda each: (each[0] > 0, each[1]))[:most]]


def _require_office(author: Author) -> None:
    if author.role is not Role.OFFICE:
        raise BadInput("not_office")


def _with_old_name(before: Unit, after: Unit) -> Unit:
    names = {comparable(name) for name in (after.name, *after.aliases)}
    return after if comparable(before.name) in names else replace(after, aliases=(*after.aliases, before.name))


def _ends(tree: UnitTree, unit: Unit) -> bool:
    """Whether the way up from a unit comes to an end."""
    above = [*tree.above(unit.id)]
    return len(above) < HIGHEST_TREE and len({each.id for each in above}) == len(above)

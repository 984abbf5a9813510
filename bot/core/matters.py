"""Groups that came back after a dissolution (N1 item 2: 防止反弹回潮), and several for one matter (L1: 重复组建).

Both are questions for the office, and neither is a wrong by itself: new work is no rebound, and each level of
government may need a group for its own staff, so that a matter is only sought within one unit and the departments
beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.ledger import LedgerObject, ObjectType
from bot.core.purposes import alike, matter_of
from bot.core.unit_tree import UnitTree

REBOUND_DAYS = 60
"""Two months, as L5 looks back; a local setting."""


@dataclass(frozen=True, slots=True)
class Rebound:
    """A new group of a unit that had closed one for the same matter shortly before."""

    fresh: LedgerObject
    closed: LedgerObject
    began: date


def rebounds(
    rows: Iterable[LedgerObject], began: Mapping[int, date], first: date, last: date, days: int = REBOUND_DAYS
) -> list[Rebound]:
    """The groups that began in a stretch of days, at most so many days after the unit closed one like them.

    `began` tells when a row's group began, where that is known; of others nothing is said.
    """
    by_unit: defaultdict[int, list[LedgerObject]] = defaultdict(list)
    for row in rows:
        if row.object_type is ObjectType.GROUP and row.unit_id is not None:
            by_unit[row.unit_id].append(row)
    found = (_rebounds_of(unit, began, first, last, days) for unit in by_unit.values())
    return [rebound for each in found for rebound in each]


def _rebounds_of(
    rows: Sequence[LedgerObject], began: Mapping[int, date], first: date, last: date, days: int
) -> list[Rebound]:
    fresh = [(row, began[row.id]) for row in rows if row.id in began and first <= began[row.id] <= last]
    closed = [(row, row.closed_on) for row in rows if row.state.ended and row.closed_on is not None]
    if not fresh or not closed:
        return []
    matters = {row.id: matter_of(row.purpose, row.name) for row, _ in (*fresh, *closed)}
    found = []
    for new, begun in fresh:
        near = [
            old
            for old, end in closed
            if old.id not in {new.id, new.twin_of}
            and timedelta(0) <= begun - end <= timedelta(days=days)
            and alike(matters[new.id], matters[old.id])
        ]
        if near:
            found.append(Rebound(new, max(near, key=lambda old: (old.closed_on or date.min, old.id)), begun))
    return found


def matters(running: Iterable[LedgerObject], tree: UnitTree) -> list[tuple[LedgerObject, ...]]:
    """The groups that run for one matter within one unit and its departments, two or more together.

    `running` are groups as `onegroup.single` gives them: not ended, and each once.
    """
    homes: defaultdict[int, list[LedgerObject]] = defaultdict(list)
    for row in running:
        if row.unit_id is not None:
            homes[_home(tree, row.unit_id)].append(row)
    return [matter for home in homes.values() if len(home) > 1 for matter in _together(home)]


def _home(tree: UnitTree, unit_id: int) -> int:
    """The unit to which a department of the same level belongs, else the unit itself."""
    unit = tree.units.get(unit_id)
    above = None if unit is None or unit.parent_id is None else tree.units.get(unit.parent_id)
    if unit is None or above is None or not unit.is_department or above.level is not unit.level:
        return unit_id
    return above.id


def _together(rows: Sequence[LedgerObject]) -> list[tuple[LedgerObject, ...]]:
    """Rows of one home that are alike, each put with the first that it is like; candidates share a pair at least."""
    told = {row.id: matter_of(row.purpose, row.name) for row in rows}
    leads: list[list[LedgerObject]] = []
    by_pair: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        pairs = told[row.id]
        if not pairs:
            continue
        near = sorted({place for pair in pairs for place in by_pair[pair]})
        lead = next((place for place in near if alike(told[leads[place][0].id], pairs)), None)
        if lead is not None:
            leads[lead].append(row)
            continue
        for pair in pairs:
            by_pair[pair].append(len(leads))
        leads.append([row])
    return [tuple(each) for each in leads if len(each) > 1]

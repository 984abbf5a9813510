"""The rule of one group for one unit, counted (Baotou 2019 item 21: 原则上一个单位只建1个工作群).

The cap is "in principle", and another one may hold in another jurisdiction (G2): a unit's own cap holds for the units
below it too. A project group that states its end date stands apart; one that states none counts as standing, for the
item excepts only what ends. The same group on a second platform counts once, an ended one not at all, and one without
an approval is "not filed", which is no wrong (G5).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.dissolve import LifeStage, Terms, stage_of
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType
from bot.core.load import Load, together
from bot.core.snapshot import UnitDay
from bot.core.unit_tree import UnitTree
from bot.core.units import Unit

POLICY_CAP = 1
"""Standing groups of a unit in principle; another number is a local one."""
_LONGEST_CHAIN = 16


@dataclass(frozen=True, slots=True)
class Caps:
    """How many groups a unit may have, by kind; None for as many as it needs."""

    standing: int
    projects: int | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of a watched group on a day: its load, and whether it was seen without a gap."""

    load: Load
    whole: bool


def caps_of(tree: UnitTree, unit_id: int, standing: int) -> Caps:
    """The caps of a unit: its own, else those of the nearest above that has some, else the office's setting."""
    above = [*tree.above(unit_id)]
    own = next((unit.cap for unit in above if unit.cap is not None), standing)
    return Caps(own, next((unit.project_cap for unit in above if unit.project_cap is not None), None))


def is_project(row: LedgerObject) -> bool:
    """Whether a group stands apart from the rule: it is for a project, and says when that ends."""
    return row.kind is GroupKind.PROJECT and row.end_date is not None


def single(rows: Iterable[LedgerObject]) -> list[LedgerObject]:
    """The groups that have not ended, each once: of the same group on several platforms the first."""
    running = [row for row in rows if row.object_type is ObjectType.GROUP and not row.state.ended]
    twins = {row.id: row.twin_of for row in running}
    first: dict[int, LedgerObject] = {}
    for row in running:
        root = row.id if row.twin_of is None else _root(row.id, twins)
        if root not in first or row.id == root:
            first[root] = row
    kept = {row.id for row in first.values()}
    return [row for row in running if row.id in kept]


def _root(id_: int, twins: Mapping[int, int | None]) -> int:
    """The row in which a chain of twins ends; of a ring the lowest."""
    met = [id_]
    for _ in range(_LONGEST_CHAIN):
        onward = twins.get(met[-1])
        if onward is None:
            return met[-1]
        if onward in met:
            return min(met[met.index(onward) :])
        met.append(onward)
    return min(met)


def count_units(
    units: Sequence[Unit],
    rows: Sequence[LedgerObject],
    watched: Mapping[int, Watched],
    day: date,
    standing_cap: int,
    terms: Terms,
) -> list[UnitDay]:
    """The counts of every open unit on a day, in the ledger's order.

    `rows` are those of the ledger that have not ended, `watched` what is known of groups by our own number of the
    group. A unit's count is of its own groups alone: those of the units below it are theirs.
    """
    tree = UnitTree.of(units)
    counted: defaultdict[int | None, list[LedgerObject]] = defaultdict(list)
    every: defaultdict[int | None, list[LedgerObject]] = defaultdict(list)
    for row in single(rows):
        counted[row.unit_id].append(row)
    for row in rows:
        if not row.state.ended:
            every[row.unit_id].append(row)
    return [
        _unit_day(unit, counted[unit.id], every[unit.id], watched, day, caps_of(tree, unit.id, standing_cap), terms)
        for unit in units
        if unit.is_open
    ]


def _unit_day(
    unit: Unit,
    groups: Sequence[LedgerObject],
    every: Sequence[LedgerObject],
    watched: Mapping[int, Watched],
    day: date,
    caps: Caps,
    terms: Terms,
) -> UnitDay:
    projects = sum(map(is_project, groups))
    seen = [watched[row.group_id] for row in every if row.group_id is not None and row.group_id in watched]
    load = together(each.load for each in seen) if seen else Load()
    return UnitDay(
        unit_id=unit.id,
        day=day,
        standing=len(groups) - projects,
        cap=caps.standing,
        projects=projects,
        overdue=sum(stage_of(row, terms, day) is LifeStage.OVERDUE for row in groups),
        accounts=sum(row.object_type is ObjectType.ACCOUNT for row in every),
        apps=sum(row.object_type is ObjectType.APP for row in every),
        seen=sum(each.whole for each in seen),
        members=load.seats,
        messages=load.messages,
        receipts=load.receipts,
        tasks=load.tasks,
        unfiled=sum(not row.approved_by and row.approved_on is None for row in groups),
        readings=load.readings,
        work=load.work,
        late=load.late,
    )

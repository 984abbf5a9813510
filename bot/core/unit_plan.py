"""What a list of units in a file would do to the tree: new units, and changes of those that are found again.

A unit is found by its number, or by its name (or an alias) under its parent: villages of one name are many, so that a
unit moves to another parent by its number alone. Rows may come in any order.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core.cells import Cell, count_of, is_none, truth_of, words_of
from bot.core.errors import BadMoment
from bot.core.ledger_columns import CODES
from bot.core.ledger_entry import LONGEST, Problem
from bot.core.unit_names import UnitNames
from bot.core.units import ContactRole, Unit, UnitLevel, comparable
from bot.core.worktime import WorkingHours

_BETWEEN = re.compile(r"[、,，;；\n]+")
MOST = 10_000
"""The highest cap of a unit."""
_LEVELS = tuple(UnitLevel)
_ENDS = (
    *((("省", "自治区"), UnitLevel.PROVINCE), (("市", "盟", "州", "地区"), UnitLevel.CITY)),
    *((("县", "区", "旗"), UnitLevel.COUNTY), (("镇", "乡", "街道", "苏木", "街道办"), UnitLevel.TOWNSHIP)),
    (("村", "社区", "嘎查"), UnitLevel.VILLAGE),
)
"""How names of units of a level end; the lowest that fits counts."""


@dataclass(slots=True)
class UnitTaken:
    """A unit of the file: as it was (None for a new one), as it is to be, and the place of a parent that is new too."""

    row: int
    before: Unit | None
    after: Unit
    parent_place: int | None = None


@dataclass(slots=True)
class UnitPlan:
    """The effect of a file."""

    taken: list[UnitTaken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> Sequence[UnitTaken]:
        """The units that are not in the tree yet."""
        return [each for each in self._good() if each.before is None]

    @property
    def changed(self) -> Sequence[UnitTaken]:
        """The units that change."""
        return [each for each in self._good() if each.before is not None and _differs(each)]

    @property
    def unchanged(self) -> int:
        """How many stay as they are."""
        return len(self._good()) - len(self.new) - len(self.changed)

    def _good(self) -> Sequence[UnitTaken]:
        wrong = {problem.row for problem in self.problems}
        return [each for each in self.taken if each.row not in wrong]

    @property
    def wrong(self) -> int:
        """How many rows have a problem."""
        return len({each.row for each in self.problems})


def _differs(each: UnitTaken) -> bool:
    return each.before != each.after or each.parent_place is not None


def plan_units(rows: Iterable[tuple[int, Mapping[str, Cell]]], known: Sequence[Unit]) -> UnitPlan:
    """What the rows of a file would do to the open units of the tree."""
    planner = _Planner(known)
    read = [(row, _values(row, cells, planner.plan.problems)) for row, cells in rows]
    wrong = {problem.row for problem in planner.plan.problems}
    good = [(row, values) for row, values in read if row not in wrong]
    for place, (_, values) in enumerate(good):
        planner.in_file[comparable(values["name"])].append(place)
    for row, values in good:
        planner.take(row, values)
    planner.settle()
    planner.plan.problems.sort(key=lambda each: each.row)
    return planner.plan


class _Planner:
    def __init__(self, known: Sequence[Unit]) -> None:
        self.plan = UnitPlan()
        self.names = UnitNames(known)
        self.units = {unit.id: unit for unit in known}
        self.last = max((unit.place for unit in known), default=0)
        self.in_file: dict[str, list[int]] = defaultdict(list)
        """The places of the rows of a name."""
        self._parents: list[str] = []
        """What each taken row says of its parent."""
        self._of_parent: set[int] = set()
        """The places of new rows that neither say their level nor tell it by their name, as a bureau or a school."""
        self._seen: dict[object, int] = {}

    def take(self, row: int, values: Mapping[str, Any]) -> None:
        """Take a row; its parent is settled when all are known."""
        words = values.get("parent") or ""
        found = self.names.find(words) if words else []
        before = self._found(values, words, found)
        parent_id = found[0] if len(found) == 1 else None
        key: object = before.id if before else (comparable(values["name"]), parent_id or comparable(words))
        if key in self._seen:
            self.plan.problems.append(Problem(row, "name", "twice", str(self._seen[key])))
        self._seen.setdefault(key, row)
        base = before or Unit(values["name"], UnitLevel.VILLAGE, place=self.last + len(self.plan.taken) + 1)
        new = {
            name: values[name]
            for name in ("name", "level", "is_department", "aliases", "hours", "cap", "project_cap")
            if name in values
        }
        contacts = {**base.contacts, **{role: values[role] for role in ContactRole if values.get(role)}}
        after = replace(base, **new, contacts=contacts)
        self.plan.taken.append(UnitTaken(row, before, after))
        self._parents.append(words)
        if before is None and "level" not in values:
            guessed = _guessed(after)
            self._of_parent.update({len(self.plan.taken) - 1} if guessed is None else ())
            self.plan.taken[-1].after = replace(after, level=guessed or after.level)

    def _found(self, values: Mapping[str, Any], words: str, parents: Sequence[int]) -> Unit | None:
        if values.get("id") in self.units:
            return self.units[values["id"]]
        found = [self.units[each] for each in self.names.find(values["name"])]
        if words:
            found = [unit for unit in found if unit.parent_id is None or unit.parent_id in parents]
        return found[0] if len(found) == 1 else None

    def settle(self) -> None:
        """Give each row its parent: a unit of the tree, or a row of the file."""
        for place, (taken, words) in enumerate(zip(self.plan.taken, self._parents, strict=True)):
            if not words:
                continue
            known = self.names.find(words)
            if len(known) == 1:
                taken.after = replace(taken.after, parent_id=known[0])
                continue
            places = [each for each in self.in_file.get(comparable(words), []) if each != place]
            if len(places) != 1 or known:
                key = "unit_several" if places or known else "unit_unknown"
                self.plan.problems.append(Problem(taken.row, "parent", key, words[:40]))
            elif (parent := self.plan.taken[places[0]].before) is not None:
                taken.after = replace(taken.after, parent_id=parent.id)
            else:
                taken.parent_place = places[0]
        self._check_circles()
        for place in self._of_parent:
            self._level_from_above(place)

    def _level_from_above(self, place: int) -> None:
        """Give a unit the level of the nearest one above it that has one of its own."""
        taken = at = self.plan.taken[place]
        for _ in self.plan.taken:  # no further than there are rows, for they may go round in a circle
            if at.parent_place is None:
                above = self.units.get(at.after.parent_id or 0)
                taken.after = replace(taken.after, level=above.level) if above else taken.after
                return
            place = at.parent_place
            at = self.plan.taken[place]
            if place not in self._of_parent:
                taken.after = replace(taken.after, level=at.after.level)
                return

    def _check_circles(self) -> None:
        for place, taken in enumerate(self.plan.taken):
            above, steps = taken.parent_place, 0
            while above is not None and above != place and steps <= len(_LEVELS) * 4:
                above, steps = self.plan.taken[above].parent_place, steps + 1
            if above is not None:
                self.plan.problems.append(Problem(taken.row, "parent", "circle", taken.after.name))


def _guessed(unit: Unit) -> UnitLevel | None:
    """The level that a name tells by its end."""
    return next((level for ends, level in reversed(_ENDS) if comparable(unit.name).endswith(ends)), None)


def _values(row: int, cells: Mapping[str, Cell], problems: list[Problem]) -> dict[str, Any]:
    """The values of the cells that hold something."""
    values: dict[str, Any] = {}
    for name, reader in _READERS.items():
        words = words_of(cells.get(name))
        if not words:
            continue
        try:
            values[name] = reader(words)
        except (ValueError, BadMoment):
            problems.append(Problem(row, name, _PROBLEMS.get(name, "too_long"), words[:40]))
    if not values.get("name") and not any(problem.row == row for problem in problems):
        problems.append(Problem(row, "name", "missing"))
    return values


def _short(words: str) -> str:
    if len(words) > LONGEST:
        raise ValueError
    return words


def _level(words: str) -> Any:
    found = CODES["level"].get(comparable(words))
    if found is None:
        raise ValueError
    return found


def _truth(words: str) -> bool:
    found = truth_of(words)
    if found is None:
        raise ValueError
    return found


def _cap(words: str) -> int | None:
    found = None if is_none(words) else count_of(words)
    if (found is None and not is_none(words)) or (found or 0) > MOST:
        raise ValueError
    return found


def _aliases(words: str) -> tuple[str, ...]:
    return (
        () if is_none(words) else tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(words) if part.strip()))
    )


def _hours(words: str) -> str:
    if is_none(words):
        return ""
    WorkingHours.parse(words)
    return words


_READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _short,
    "parent": lambda words: "" if is_none(words) else _short(words),
    "level": _level,
    "is_department": _truth,
    "aliases": _aliases,
    "hours": _hours,
    "cap": _cap,
    "project_cap": _cap,
    **dict.fromkeys(ContactRole, _short),
    "id": count_of,
}
_PROBLEMS = {"level": "word", "is_department": "truth", "hours": "hours", "cap": "count", "project_cap": "count"}

"""The tree of units: what stands below what, and what a unit takes over from those above it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.units import Unit

HIGHEST_TREE = 32
"""Steps from a unit upwards after which a tree is taken to bite its own tail."""


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units by number, and those below each, in the ledger's order."""

    units: Mapping[int, Unit]
    children: Mapping[int | None, Sequence[Unit]]

    @classmethod
    def of(cls, units: Iterable[Unit]) -> "UnitTree":
        """The tree of units; one whose parent is not among them stands at the top."""
        known = {unit.id: unit for unit in units}
        children: dict[int | None, list[Unit]] = {}
        for unit in known.values():
            parent = unit.parent_id if unit.parent_id in known else None
            children.setdefault(parent, []).append(unit)
        return cls(known, children)

    def above(self, unit_id: int) -> Iterator[Unit]:
        """The unit itself and all above it, from below."""
        unit = self.units.get(unit_id)
        for _ in range(HIGHEST_TREE):
            if unit is None:
                return
            yield unit
            unit = None if unit.parent_id is None else self.units.get(unit.parent_id)

    def below(self, unit_id: int) -> Iterator[Unit]:
        """The unit itself and all below it, each before those below it."""
        open_ = [self.units[unit_id]] if unit_id in self.units else []
        seen: set[int] = set()
        while open_:
            unit = open_.pop()
            if unit.id not in seen:
                seen.add(unit.id)
                yield unit
                open_ += reversed(self.children.get(unit.id, ()))

    def path(self, unit_id: int) -> str:
        """The names from the top to the unit, as `青山县/青山镇`."""
        return "/".join(unit.name for unit in reversed([*self.above(unit_id)]))

    def hours(self, unit_id: int) -> str:
        """The working hours of the unit, or of the nearest above it that states some; empty for the office's own."""
        return next((unit.hours for unit in self.above(unit_id) if unit.hours), "")

    def bears(self, unit_id: int, parent_id: int | None) -> bool:
        """Whether a unit may be put under another: not under itself nor under one of those below it."""
        return parent_id is None or (
            parent_id in self.units and all(unit.id != unit_id for unit in self.above(parent_id))
        )

"""Finding units by what a file calls them: a name, an alias, or the way to it from above."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.core.unit_tree import UnitTree
from bot.core.units import Unit, comparable


class UnitNames:
    """The open units by name, alias and path (`青山县/综合办`)."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.tree = UnitTree.of(units)
        self._found: dict[str, list[int]] = defaultdict(list)
        for unit in self.tree.units.values():
            if unit.is_open:
                for name in {comparable(word) for word in (unit.name, *unit.aliases)}:
                    self._found[name].append(unit.id)
        self._paths: dict[str, list[int]] | None = None

    def find(self, words: str) -> Sequence[int]:
        """The numbers of the units that may be meant; none when it is not known."""
        name = comparable(words)
        found = self._found.get(name, [])
        return found if len(found) == 1 or "/" not in words else self._by_path(name) or found

    def written(self, unit: Unit) -> str:
        """How a unit is written so that it is found again: by its name, or the way to it where several share it."""
        found = self._found.get(comparable(unit.name), [])
        return unit.name if found == [unit.id] else self.tree.path(unit.id)

    def _by_path(self, name: str) -> Sequence[int]:
        if self._paths is None:
            self._paths = defaultdict(list)
            for unit in self.tree.units.values():
                if unit.is_open:
                    self._paths[comparable(self.tree.path(unit.id))].append(unit.id)
        return self._paths.get(name, [])

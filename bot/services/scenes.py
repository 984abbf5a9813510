"""The scenes of the watched groups: built from the database, kept while the process lives, forgotten on an undo."""

from collections import OrderedDict
from dataclasses import dataclass, field

from bot.core.scene import Scene

KEPT = 2_000
"""Groups whose scene is kept at a time; the one silent for longest is built anew when it speaks again."""


@dataclass(slots=True)
class Scenes:
    """Scenes by group and thread. What a transaction changed must be forgotten when it is undone."""

    _kept: OrderedDict[tuple[int, str], Scene] = field(default_factory=OrderedDict)

    def get(self, group_id: int, thread: str = "") -> Scene | None:
        """The scene in memory, None when it has to be built."""
        scene = self._kept.get((group_id, thread))
        if scene is not None:
            self._kept.move_to_end((group_id, thread))
        return scene

    def keep(self, group_id: int, thread: str, scene: Scene) -> None:
        """Keep a built scene."""
        self._kept[group_id, thread] = scene
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def forget(self, group_id: int | None = None) -> None:
        """Let go of a group's scenes (of all, without a number): the next message builds them anew."""
        for key in [key for key in self._kept if group_id in {None, key[0]}]:
            del self._kept[key]

"""What the intake keeps in memory: groups and their scenes, from the database, forgotten on an undo or a change."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.approvals import ApprovalIndex
from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.group import Group
from bot.core.scene import Scene

KEPT = 2_000
"""Groups whose scene is kept at a time; the one silent for longest is built anew when it speaks again."""

FRESH = timedelta(seconds=60)
"""How long a group is believed to be as it was read, should a change be made by another process."""

STRANGE = timedelta(seconds=5)
"""How long a chat is believed to be no group of ours."""


@dataclass(frozen=True, slots=True)
class Exempting:
    """What exempts by decision, of all groups."""

    windows: Sequence[UrgentWindow]
    duty: Sequence[DutyHours]
    quiet: Sequence[QuietSpan]


@dataclass(frozen=True, slots=True)
class Place:
    """A group as the intake knows it, with its scene; None for a chat that is not watched."""

    group: Group | None
    scene: Scene | None
    until: datetime


@dataclass(slots=True)
class Scenes:
    """Scenes by group and thread. What a transaction changed must be forgotten when it is undone."""

    exempting: Exempting | None = None
    approvals: ApprovalIndex | None = None
    """The list of approvals; asked at each look at a group whether it was imported anew."""
    gathered: object = None
    """What the light path gathered in the transaction under way (`services/gathering.py`)."""
    _kept: OrderedDict[tuple[int, str], Scene] = field(default_factory=OrderedDict)
    _places: OrderedDict[int, Place] = field(default_factory=OrderedDict)

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

    def place(self, chat_id: int, now: datetime) -> Place | None:
        """What is known of a chat, None when it has to be looked up."""
        place = self._places.get(chat_id)
        return place if place is not None and now < place.until else None

    def settle(self, chat_id: int, place: Place) -> None:
        """Keep what is known of a chat."""
        self._places[chat_id] = place
        self._places.move_to_end(chat_id)
        if len(self._places) > KEPT:
            self._places.popitem(last=False)

    def forget(self, group_id: int | None = None) -> None:
        """Let go of a group's scenes (of all, without a number): the next message builds them anew.

        To be called whenever a group or its exemptions change, and without a number when a transaction is undone.
        """
        for key in [key for key in self._kept if group_id in {None, key[0]}]:
            del self._kept[key]
        self._places.clear()
        self.exempting = None

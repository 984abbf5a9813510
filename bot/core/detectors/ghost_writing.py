"""The grassroots asked to write somebody's report or speech (Baotou 2019 item 25, Gansu item 9)."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category


@dataclass(frozen=True, slots=True)
class GhostWriting(DemandDetector):
    """The grassroots asked to write somebody's report or speech (Baotou 2019 item 25, Gansu item 9)."""

    category: ClassVar[Category] = Category.GHOST_WRITING

"""Urgency put on what is not urgent (Gansu 2024 no. 24, item 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector
from bot.core.model import Category, Fact, Finding
from bot.core.reading import Reading
from bot.core.scene import Scene


@dataclass(frozen=True, slots=True)
class UrgentMisuse(DemandDetector):
    """Urgency put on what is not urgent (Gansu 2024 no. 24, item 3)."""

    category: ClassVar[Category] = Category.URGENT_MISUSE
    stage: ClassVar[int] = 1

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A mark of urgency on a message that gives work and is no emergency."""
        return DemandDetector.detect(self, reading, scene) if self._ordinary(reading) else ()

    def admits(self, reading: Reading, scene: Scene) -> bool:
        """Whether the message gives work and is no emergency."""
        return self._ordinary(reading) and DemandDetector.admits(self, reading, scene)

    def _ordinary(self, reading: Reading) -> bool:
        return Fact.URGENT not in reading.facts and (
            Fact.TASK in reading.facts or Fact.DATA_COLLECTION in reading.facts
        )

"""Urgency put on what is not urgent (Gansu 2024 no. 24, item 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import finding
from bot.core.model import Category, Clause, Fact, Finding
from bot.core.patterns import Matcher
from bot.core.reading import Reading
from bot.core.scene import Scene


@dataclass(frozen=True, slots=True)
class UrgentMisuse:
    """Urgency put on what is not urgent (Gansu 2024 no. 24, item 3)."""

    category: ClassVar[Category] = Category.URGENT_MISUSE
    stage: ClassVar[int] = 1
    clause: Clause
    matcher: Matcher

    @property
    def trigger(self) -> int | None:
        """What wakes the templates."""
        return self.matcher.trigger

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:  # noqa: ARG002 - the words decide
        """A mark of urgency on a message that gives work and is no emergency."""
        if Fact.URGENT in reading.facts or not (Fact.TASK in reading.facts or Fact.DATA_COLLECTION in reading.facts):
            return ()
        match = self.matcher.best(reading)
        return (finding(self, reading, match),) if match else ()

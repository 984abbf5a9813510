"""Work information outside working time that is not urgent (Baotou 2019 item 21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import Wake
from bot.core.lexicon import Mask
from bot.core.model import Category, Clause, Direction, Fact, Finding
from bot.core.reading import Reading
from bot.core.scene import Scene

_DATA_COLLECTION, _TASK, _WORK = Fact.DATA_COLLECTION, Fact.TASK, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""


@dataclass(frozen=True, slots=True)
class AfterHours:
    """Work information outside working time that is not urgent (Baotou 2019 item 21).

    No text says which hours are meant: working hours are a local setting. Who answers a
    request at night suffers the load, so the finding says whether it asks or answers.
    What takes work away (`relief`: 不用再报, 取消了) and asks nothing is no load; what asks nothing must tell
    something (`tells`: a result, a date, a document), else it is talk in which a word of work stands.
    """

    category: ClassVar[Category] = Category.AFTER_HOURS
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = Wake.WORK
    clause: Clause
    relief: Mask
    tells: Mask

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """One finding for work sent outside working time, provisional in a year the calendar does not know."""
        at = reading.message.at
        if at is None or not reading.outside_hours or _WORK not in reading.facts:
            return ()
        asks = _TASK in reading.facts or _DATA_COLLECTION in reading.facts
        if not asks and not reading.message.forwarded and not self._told(reading):
            return ()
        return (
            Finding(
                category=self.category,
                score=0.9 if asks else 0.7,
                reason="asks_after_hours" if asks else "answers_after_hours",
                spans=reading.fact_spans(_TASK if asks else _WORK),
                clause=self.clause,
                direction=Direction.ASKS if asks else Direction.ANSWERS,
                provisional=not scene.worktime.known(at),
            ),
        )

    def _told(self, reading: Reading) -> bool:
        """Whether a message that asks nothing tells of work."""
        mask = reading.mask
        return bool(mask & self.tells or reading.titles) and not mask & self.relief

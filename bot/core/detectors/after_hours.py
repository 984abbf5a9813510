"""Work information outside working time that is not urgent (Baotou 2019 item 21)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import Wake
from bot.core.model import Category, Clause, Direction, Fact, Finding
from bot.core.reading import Reading
from bot.core.scene import Scene

_DATA_COLLECTION, _TASK, _URGENT, _WORK = Fact.DATA_COLLECTION, Fact.TASK, Fact.URGENT, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""


@dataclass(frozen=True, slots=True)
class AfterHours:
    """Work information outside working time that is not urgent (Baotou 2019 item 21).

    No text says which hours are meant: working hours are a local setting. Who answers a
    request at night suffers the load, so the finding says whether it asks or answers.
    Colleagues chat after hours, and alarms are raised then: a message must be work, by its words, with `least_work`
    points, and an emergency with no more than `most_urgent`; both in tenths of log odds.
    """

    category: ClassVar[Category] = Category.AFTER_HOURS
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = Wake.WORK
    reasons: ClassVar[tuple[str, ...]] = ("asks_after_hours", "answers_after_hours")
    has_card: ClassVar[bool] = False
    clause: Clause
    least_work: float
    most_urgent: float

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """One finding for work sent outside working time, provisional in a year the calendar does not know."""
        at = reading.message.at
        if at is None or not reading.outside_hours or _WORK not in reading.facts:
            return ()
        asks = _TASK in reading.facts or _DATA_COLLECTION in reading.facts
        if not reading.message.forwarded and self._doubtful(reading.points):
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

    def _doubtful(self, points: Callable[[Fact], float]) -> bool:
        """Whether a message may well be talk, or an alarm."""
        work = max(map(points, (_WORK, _TASK, _DATA_COLLECTION)))
        return work < self.least_work or points(_URGENT) > self.most_urgent

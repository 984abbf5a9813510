"""An end point outside working time, or too near (Gansu 2024 no. 24, item 9; the minutes are a local setting)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.deadline import find_deadlines
from bot.core.lexicon import Mask
from bot.core.model import Category, Clause, Deadline, DeadlineKind, Fact, Finding
from bot.core.reading import Reading, Sentence
from bot.core.scene import Scene


@dataclass(frozen=True, slots=True)
class LateDeadline:
    """An end point outside working time, or less than `least_minutes` working minutes away.

    A bare 今晚 or 周末 counts when its sentence orders something (`act`) and is not about an event
    that takes place then (`event`).
    """

    category: ClassVar[Category] = Category.LATE_DEADLINE
    stage: ClassVar[int] = 1
    clause: Clause
    least_minutes: int
    act: Mask
    event: Mask
    refusal: Mask

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """The first deadline that is late, with the moment it means."""
        at = reading.message.at
        if at is None or not (Fact.TASK in reading.facts or Fact.DATA_COLLECTION in reading.facts):
            return ()
        for deadline in find_deadlines(reading.text, scene.worktime.local(at), scene.worktime.end_of_work):
            reason = self._reason(reading, scene, deadline)
            if reason:
                return (self._finding(reading, scene, deadline, reason),)
        return ()

    def _reason(self, reading: Reading, scene: Scene, deadline: Deadline) -> str:
        at = scene.worktime.local(reading.message.at) if reading.message.at else deadline.moment
        sentence = reading.sentence_at(deadline.span[0])
        if deadline.moment <= at or sentence is None:
            return ""
        if deadline.kind is DeadlineKind.BARE and not self._orders(sentence, deadline):
            return ""
        if sentence.mask & self.refusal and self._refused(sentence, deadline):
            return ""
        if deadline.kind is DeadlineKind.DAY and "末" in reading.text[slice(*deadline.span)]:
            return ""
        if scene.worktime.after_hours(deadline.moment):
            return "ends_outside_hours"
        if scene.worktime.minutes_between(at, deadline.moment) < self.least_minutes:
            return "too_little_time"
        return ""

    def _orders(self, sentence: Sentence, deadline: Deadline) -> bool:
        """Whether a bare 今晚 is when something is to be done, and not when something takes place."""
        start, end = deadline.span
        near = [t for t in sentence.tokens if start - 16 <= t.start and t.end <= end + 24]
        return any(t.mask & self.act for t in near) and not any(
            t.mask & self.event and -2 <= t.start - end <= 12 and start < t.phrase.end for t in sentence.tokens
        )

    def _refused(self, sentence: Sentence, deadline: Deadline) -> bool:
        start = deadline.span[0]
        return any(
            t.mask & self.refusal and t.end <= start < t.phrase.end and start - t.end <= 3 for t in sentence.tokens
        )

    def _finding(self, reading: Reading, scene: Scene, deadline: Deadline, reason: str) -> Finding:
        span = reading.normal.original(deadline.span)
        return Finding(
            category=self.category,
            score=0.8 if deadline.kind is DeadlineKind.BARE else 0.9,
            reason=reason,
            spans=(span,),
            clause=self.clause,
            deadline=Deadline(span, deadline.moment, deadline.kind),
            provisional=not scene.worktime.known(deadline.moment),
        )

"""Visits and inspections arranged for rest days (Baotou 2019 item 25, Gansu 2024 no. 24 item 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.days import rest_day_mentions
from bot.core.detectors.base import finding
from bot.core.lexicon import Mask
from bot.core.model import Category, Clause, Fact, Finding
from bot.core.patterns import Matcher
from bot.core.reading import Reading, Token
from bot.core.scene import Scene


@dataclass(frozen=True, slots=True)
class VisitOnRestDay:
    """Visits and inspections arranged for rest days (Baotou 2019 item 25, Gansu 2024 no. 24 item 8).

    `reach` is the greatest distance in characters between the day and the visit.
    """

    category: ClassVar[Category] = Category.VISIT_ON_REST_DAY
    stage: ClassVar[int] = 1
    clause: Clause
    matcher: Matcher
    rest_word: Mask
    reach: int

    @property
    def trigger(self) -> int | None:
        """What wakes the templates."""
        return self.matcher.trigger

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A visit whose stated day is a rest day of the chat's calendar."""
        at = reading.message.at
        if Fact.URGENT in reading.facts:
            return ()
        match = self.matcher.best(reading)
        if match is None:
            return ()
        days = list(rest_day_mentions(reading.text, at, scene.worktime)) if at else []
        days += [(t.start, t.end) for s in reading.sentences for t in s.tokens if t.mask & self.rest_word]
        for start, end in days:
            if any(self._near(token, start, end) for token in match.tokens):
                found = finding(self, reading, match)
                day = reading.normal.original((start, end))
                spans = tuple(sorted((*found.spans, day)))
                return (Finding(self.category, found.score, found.reason, spans, self.clause),)
        return ()

    def _near(self, token: Token, start: int, end: int) -> bool:
        return token.start - end <= self.reach and start - token.end <= self.reach

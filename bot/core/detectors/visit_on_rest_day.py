"""Visits and inspections arranged for rest days (Baotou 2019 item 25, Gansu 2024 no. 24 item 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.days import day_mentions
from bot.core.detectors.base import finding
from bot.core.lexicon import Mask
from bot.core.model import Category, Clause, Fact, Finding, Span
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
    reasons: ClassVar[tuple[str, ...]] = ()
    has_card: ClassVar[bool] = True
    clause: Clause
    matcher: Matcher
    rest_word: Mask
    reach: int

    @property
    def trigger(self) -> int:
        """What wakes the templates."""
        return self.matcher.trigger

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A visit whose stated day is a rest day of the chat's calendar."""
        if Fact.URGENT in reading.facts:
            return ()
        match = self.matcher.best(reading)
        if match is None:
            return ()
        days = self._days(reading, scene)
        for token in match.tokens:
            day = self._day_of(token, days)
            if day is not None:
                found = finding(self, reading, match)
                spans = tuple(sorted((*found.spans, reading.normal.original(day))))
                return (Finding(self.category, found.score, found.reason, spans, self.clause),)
        return ()

    def admits(self, reading: Reading, scene: Scene) -> bool:
        """Whether a rest day is named, and no emergency sends people out."""
        return Fact.URGENT not in reading.facts and any(rest for _, rest in self._days(reading, scene))

    def refuses(self, reading: Reading) -> bool:
        """Whether a visit stands in the message, refused or cancelled."""
        return self.matcher.refused(reading)

    def _days(self, reading: Reading, scene: Scene) -> list[tuple[Span, bool]]:
        """The days that the message names, in order, and whether each is a rest day."""
        at = reading.message.at
        days = list(day_mentions(reading.text, at, scene.worktime)) if at else []
        days += [(span, True) for sentence in reading.sentences for span in sentence.said(self.rest_word)]
        return sorted(days)

    def _day_of(self, token: Token, days: Sequence[tuple[Span, bool]]) -> Span | None:
        """The rest day on which a visit is set: the day named last before it, else the first behind it."""
        before = [day for day in days if day[0][1] <= token.start and token.start - day[0][1] <= self.reach]
        behind = [day for day in days if day[0][0] >= token.end and day[0][0] - token.end <= self.reach]
        nearest = before[-1:] or behind[:1]
        return nearest[0][0] if nearest and nearest[0][1] else None

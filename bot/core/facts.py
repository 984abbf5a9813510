"""The facts of a message: work, task, data collection, urgency. They are counted and are no wrong in themselves."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.lexicon import Mask
from bot.core.model import Fact, Span
from bot.core.patterns import Matcher
from bot.core.reading import Reading
from bot.core.weighed import Weighed

_URGENT, _DATA_COLLECTION, _TASK, _WORK = Fact.URGENT, Fact.DATA_COLLECTION, Fact.TASK, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What still belongs to an emergency: words of it (`words`), not `unless`, within so many `minutes`."""

    words: Mask
    unless: Mask
    minutes: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The words that are shown as evidence of a fact; whether it is one, its card of word scores decides."""

    words: Mask


@dataclass(frozen=True, slots=True)
class FactRules:
    """The rules of the four facts."""

    data_collection: Matcher
    follow_up: FollowUp
    task: Shown
    urgent: Matcher
    work: Shown


class FactReader:
    """Reads the facts of one message."""

    def __init__(self, rules: FactRules) -> None:
        self._rules = rules

    def speaks_of_emergency(self, reading: Reading) -> bool:
        """Whether a message belongs to an emergency, if there is one."""
        rule = self._rules.follow_up
        return bool(reading.mask & rule.words) and not reading.mask & rule.unless

    def lasts(self, since: timedelta) -> bool:
        """Whether an emergency that was called `since` ago is not over."""
        return timedelta(0) <= since <= timedelta(minutes=self._rules.follow_up.minutes)

    def read(self, reading: Reading) -> dict[Fact, tuple[Span, ...]]:
        """The facts that templates find, with the spans of the original text that show them."""
        rules = self._rules
        facts: dict[Fact, tuple[Span, ...]] = {}
        urgent = rules.urgent.best(reading)
        if urgent is not None:
            facts[_URGENT] = reading.original(urgent.tokens)
        asked = rules.data_collection.best(reading)
        if asked is not None:
            facts[_DATA_COLLECTION] = reading.original(asked.tokens)
        return facts

    def given(self, reading: Reading, weighed: Weighed) -> dict[Fact, tuple[Span, ...]]:
        """The facts that the cards give, where templates found them or in words that usually show them.

        What asks for data is a task, and so is an order with a table attached, which asks for data; a task is
        work, and so is an emergency.
        """
        found = reading.facts
        facts: dict[Fact, tuple[Span, ...]] = {}
        if weighed.gives(_URGENT):
            facts[_URGENT] = facts[_WORK] = found.get(_URGENT) or self._shown(reading, self._rules.work)
        if weighed.gives(_DATA_COLLECTION):
            spans = found.get(_DATA_COLLECTION) or self._shown(reading, self._rules.task)
            facts[_DATA_COLLECTION] = facts[_TASK] = spans
        elif weighed.gives(_TASK):
            facts[_TASK] = self._shown(reading, self._rules.task)
            if reading.message.columns:
                facts[_DATA_COLLECTION] = facts[_TASK]
        if _TASK in facts:
            facts[_WORK] = facts[_TASK]
        elif _WORK not in facts and weighed.gives(_WORK):
            facts[_WORK] = self._shown(reading, self._rules.work)
        return facts

    def _shown(self, reading: Reading, shown: Shown) -> tuple[Span, ...]:
        if not reading.sentences:
            return ()
        sentence = next((s for s in reading.sentences if s.mask & shown.words), reading.sentences[0])
        return reading.originals(sentence.spans(shown.words, 3))


def demanded(facts: dict[Fact, tuple[Span, ...]], spans: tuple[Span, ...]) -> None:
    """A demand that was found is a task and work, whatever its words were."""
    facts.setdefault(_TASK, spans)
    facts.setdefault(_WORK, spans)

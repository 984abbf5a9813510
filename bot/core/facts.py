"""The facts of a message: work, task, data collection, urgency. They are counted and are no wrong in themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from operator import or_

from bot.core.lexicon import Mask
from bot.core.model import Fact, Span
from bot.core.patterns import Matcher
from bot.core.reading import Reading, Sentence

REFUSAL_REACH = 9
"""Characters over which a word of refusal still reaches what it refuses."""

SUMS_KEPT = 4096
"""Sums of points that are kept; sentences of a chat hold the same few classes again and again."""

_URGENT, _DATA_COLLECTION, _TASK, _WORK = Fact.URGENT, Fact.DATA_COLLECTION, Fact.TASK, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """What each class of words in a sentence adds to the score of a fact, or takes from it.

    `sentence` points count where the class stands in the sentence, `message` points where it stands anywhere
    in the message, `opening` points where the message begins with it; words that their own phrase refuses
    (`refusal` before them, `refusal_after` behind them) do not count. One sentence is enough. `shown` are the
    words shown as evidence.
    """

    base: float
    minimum_score: float
    shown: Mask
    refusal: Mask
    refusal_after: Mask
    sentence: Mapping[int, float]
    message: Mapping[int, float]
    opening: Mapping[int, float]
    _sums: tuple["_Sums", "_Sums", "_Sums"] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sums", tuple(map(_Sums, (self.sentence, self.message, self.opening))))

    def first(self, reading: Reading) -> Sentence | None:
        """The first sentence that speaks enough for the fact, or None."""
        in_sentence, in_message, in_opening = self._sums
        least = self.minimum_score - self.base
        whole = reading.mask
        least -= in_message[whole & in_message.mask]
        if whole & in_opening.mask:
            least -= in_opening[reading.opening & in_opening.mask]
        refusals = self.refusal | self.refusal_after
        for sentence in reading.sentences:
            mask = sentence.mask
            if mask & refusals:
                mask = self._unrefused(sentence)
            if in_sentence[mask & in_sentence.mask] >= least:
                return sentence
        return None

    def _unrefused(self, sentence: Sentence) -> int:
        """The classes of a sentence without the words that its own phrase refuses."""
        mask = 0
        for phrase in sentence.phrases:
            refusal = self.refusal_after if phrase.mask & self.refusal_after else 0
            if not phrase.mask & self.refusal and not refusal:
                mask |= phrase.mask
                continue
            last = max((t.start for t in phrase.tokens if t.mask & refusal), default=-1)
            refused_until = -1
            for token in phrase.tokens:
                if token.mask & self.refusal:
                    refused_until = token.end + REFUSAL_REACH
                    mask |= token.mask & self.refusal
                elif token.start > refused_until and token.start >= last:
                    mask |= token.mask
                else:
                    mask |= token.mask & self.refusal_after
        return mask


class _Sums(dict[int, float]):
    """The points of all classes under a mask, which holds no class but those of `mask`; the last sums are kept."""

    def __init__(self, points: Mapping[int, float]) -> None:
        super().__init__()
        self._points = points
        self.mask = reduce(or_, points, 0)

    def __missing__(self, mask: int) -> float:
        score, rest = 0.0, mask
        while rest:
            bit = rest & -rest
            rest ^= bit
            score += self._points[bit]
        if len(self) >= SUMS_KEPT:
            self.clear()
        self[mask] = score
        return score


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What still belongs to an emergency: words of it (`words`), not `unless`, within so many `minutes`."""

    words: Mask
    unless: Mask
    minutes: int


@dataclass(frozen=True, slots=True)
class FactRules:
    """The rules of the four facts."""

    data_collection: Matcher
    follow_up: FollowUp
    task: ScoreCard
    urgent: Matcher
    work: ScoreCard


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
        """The facts with the spans of the original text that show them.

        An order with a table attached asks for data.
        """
        rules = self._rules
        facts: dict[Fact, tuple[Span, ...]] = {}
        urgent = rules.urgent.best(reading)
        if urgent is not None:
            facts[_URGENT] = facts[_WORK] = reading.original(urgent.tokens)
        asked = rules.data_collection.best(reading)
        if asked is not None:
            spans = reading.original(asked.tokens)
            facts[_DATA_COLLECTION] = facts[_TASK] = facts[_WORK] = spans
        if asked is None:
            self._score(_TASK, rules.task, reading, facts)
        if _WORK not in facts:
            self._score(_WORK, rules.work, reading, facts)
        if _TASK in facts:
            facts.setdefault(_WORK, facts[_TASK])
            if reading.message.columns:
                facts.setdefault(_DATA_COLLECTION, facts[_TASK])
        return facts

    def _score(self, fact: Fact, card: ScoreCard, reading: Reading, facts: dict[Fact, tuple[Span, ...]]) -> None:
        sentence = card.first(reading)
        if sentence is not None:
            facts[fact] = reading.originals(sentence.spans(card.shown, 3))


def demanded(facts: dict[Fact, tuple[Span, ...]], spans: tuple[Span, ...]) -> None:
    """A demand that a detector found is a task and work, whatever its words were."""
    facts.setdefault(_TASK, spans)
    facts.setdefault(_WORK, spans)

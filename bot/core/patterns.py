"""Bounded templates over word classes: "a word of SEND and a word of PICTURE, at most ten characters apart".

A template is data (see `config/rules/`). Matching is linear: each word looks at no more than
the `gap` characters behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeAlias

from bot.core.reading import Reading, Sentence, Token
from bot.core.stance import Stance


@dataclass(frozen=True, slots=True)
class Pattern:
    """A template: the classes of its words in order, and what must or must not stand around them.

    `gap` is the greatest distance in characters between two parts. `needs` and `unless` look at the
    sentence, `needs_message` and `unless_message` at the whole message. `ordered` asks for a
    word of order, addressee, urging or chasing in the sentence. `plain` patterns are facts of the text
    and are not weighed as demands.
    """

    reason: str
    parts: tuple[int, ...]
    score: float
    gap: int = 10
    any_order: bool = False
    needs: int = 0
    needs_message: int = 0
    unless: int = 0
    unless_message: int = 0
    ordered: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A template found in a message."""

    pattern: Pattern
    tokens: tuple[Token, ...]
    score: float


_Row: TypeAlias = tuple[int, int, int, Pattern]
"""The most common part's mask, what a message must hold and must not, and the pattern."""


class Matcher:
    """Looks for the patterns of one rule."""

    def __init__(self, patterns: Sequence[Pattern], stance: Stance, minimum_score: float) -> None:
        self._stance = stance
        self._minimum = minimum_score
        self._rows: dict[int, _Row] = {}
        for pattern in patterns:
            rarest, *others = sorted(pattern.parts, key=stance.lexicon.count)
            second, third = (*others, rarest, rarest)[:2]
            needs = pattern.needs_message or -1
            trigger = stance.lexicon.trigger(rarest, second)
            self._rows[trigger] = (third, needs, pattern.unless_message, pattern)
        self.trigger = reduce(or_, self._rows, 0)
        """The triggers that wake this matcher; a reading without any of them holds no match."""

    def best(self, reading: Reading) -> Match | None:
        """The strongest match of the first sentence that reaches the minimum score, or None."""
        if not reading.trigger & self.trigger:
            return None
        whole = reading.mask
        best: Match | None = None
        for sentence in reading.sentences:
            woken = sentence.trigger & self.trigger
            mask = sentence.mask
            while woken:
                bit = woken & -woken
                woken ^= bit
                third, needs, unless, pattern = self._rows[bit]
                if mask & third and whole & needs and not whole & unless:
                    match = self._in_sentence(pattern, reading, sentence)
                    if match is not None and (best is None or match.score > best.score):
                        best = match
            if best is not None:
                break
        return best

    def _in_sentence(self, pattern: Pattern, reading: Reading, sentence: Sentence) -> Match | None:
        mask = sentence.mask
        if pattern.unless & mask or (pattern.needs and not mask & pattern.needs):
            return None
        if pattern.ordered and not self._stance.ordered(mask):
            return None
        for tokens in _places(pattern, sentence):
            score = pattern.score if pattern.plain else self._stance.weigh(reading, tokens, pattern.score)
            if score >= self._minimum:
                return Match(pattern, tokens, min(1.0, score))
        return None


def _places(pattern: Pattern, sentence: Sentence) -> Iterator[tuple[Token, ...]]:
    tokens = sentence.tokens
    parts = pattern.parts
    if len(parts) == 1:
        yield from ((token,) for token in tokens if token.mask & parts[0])
        return
    for place, token in enumerate(tokens):
        if token.mask & parts[0]:
            yield from _onward(tokens, place, (token,), parts[1:], pattern.gap)
        if pattern.any_order and token.mask & parts[1]:
            yield from _onward(tokens, place, (token,), (parts[0], *parts[2:]), pattern.gap)


def _onward(
    tokens: Sequence[Token], place: int, found: tuple[Token, ...], parts: tuple[int, ...], gap: int
) -> Iterator[tuple[Token, ...]]:
    reach = found[-1].end + gap
    for later in range(place + 1, len(tokens)):
        token = tokens[later]
        if token.start > reach:
            return
        if token.mask & parts[0]:
            if len(parts) == 1:
                yield (*found, token)
            else:
                yield from _onward(tokens, later, (*found, token), parts[1:], gap)

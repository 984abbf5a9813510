"""Bounded templates over word classes: "a word of SEND and a word of PICTURE, at most ten characters apart".

A template is data (see `config/rules/`). Matching is linear: each word looks at no more than
the `gap` characters behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

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


class Match(NamedTuple):
    """A template found in a message."""

    pattern: Pattern
    tokens: tuple[Token, ...]
    score: float


class _Row(NamedTuple):
    """A pattern with what its sentence must hold (`third` part, `needs`, `order`) or not, and its message.

    `words` are the classes of all parts together.
    """

    third: int
    needs: int
    unless: int
    order: int
    needs_message: int
    unless_message: int
    words: int
    pattern: Pattern


ROWS_KEPT = 4096
"""Sets of triggers whose patterns are kept at hand; sentences of a chat set the same few again and again."""


class Matcher:
    """Looks for the patterns of one rule."""

    def __init__(self, patterns: Sequence[Pattern], stance: Stance, minimum_score: float) -> None:
        self._stance = stance
        self._minimum = minimum_score
        self._rows: dict[int, _Row] = {}
        self._woken: dict[int, tuple[_Row, ...]] = {}
        for pattern in patterns:
            rarest, *others = sorted(pattern.parts, key=stance.lexicon.count)
            second, third = (*others, rarest, rarest)[:2]
            order = stance.order if pattern.ordered else -1
            masks = pattern.needs or -1, pattern.unless, order, pattern.needs_message or -1, pattern.unless_message
            words = reduce(or_, pattern.parts)
            self._rows[stance.lexicon.trigger(rarest, second)] = _Row(third, *masks, words, pattern)
        self.trigger = reduce(or_, self._rows, 0)
        """The triggers that wake this matcher; a reading without any of them holds no match."""

    def best(self, reading: Reading) -> Match | None:
        """The strongest match of the first sentence that reaches the minimum score, or None."""
        trigger = self.trigger
        if not reading.trigger & trigger:
            return None
        for sentence in reading.sentences:
            woken = sentence.trigger & trigger
            if woken:
                match = self._best_in(sentence, reading, self._woken.get(woken) or self._rows_of(woken))
                if match is not None:
                    return match
        return None

    def _rows_of(self, woken: int) -> tuple[_Row, ...]:
        """The rows of the triggers that are set, in the order of the rules."""
        if len(self._woken) >= ROWS_KEPT:
            self._woken.clear()
        rows = self._woken[woken] = tuple(row for trigger, row in self._rows.items() if woken & trigger)
        return rows

    def _best_in(self, sentence: Sentence, reading: Reading, rows: Sequence[_Row]) -> Match | None:
        """The strongest match in one sentence; a pattern that could not be stronger is not looked for."""
        mask, whole = sentence.mask, reading.mask
        best: Match | None = None
        least = self._minimum
        for third, needs, unless, order, needs_message, unless_message, words, pattern in rows:
            if (
                mask & third
                and mask & needs
                and mask & order
                and not mask & unless
                and whole & needs_message
                and not whole & unless_message
            ):
                base = pattern.score
                standing = base if pattern.plain else self._stance.standing(reading, sentence, base)
                most = standing if pattern.plain else standing + self._stance.spare(mask)
                if most < least or (best is not None and min(1.0, most) <= best.score):
                    continue
                match = self._in_sentence(pattern, words, reading, sentence, standing)
                if match is not None and (best is None or match.score > best.score):
                    best = match
        return best

    def refused(self, reading: Reading) -> bool:
        """Whether the words of a pattern stand in the message, refused, banned or cancelled."""
        trigger, refusing = self.trigger, self._stance.refusing
        return any(
            self._stance.refused(reading, token)
            for sentence in reading.sentences
            if (woken := sentence.trigger & trigger) and sentence.mask & refusing
            for *_, words, pattern in self._woken.get(woken) or self._rows_of(woken)
            for tokens in _places(pattern, sentence.under(words))
            for token in tokens
        )

    def _in_sentence(
        self, pattern: Pattern, words: int, reading: Reading, sentence: Sentence, standing: float
    ) -> Match | None:
        for tokens in _places(pattern, sentence.under(words)):
            score = standing if pattern.plain else self._stance.said(reading, tokens, standing)
            if score >= self._minimum:
                return Match(pattern, tokens, min(1.0, score))
        return None


def _places(pattern: Pattern, tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The words that fill the parts of a pattern, near enough to each other; `tokens` are the words of any part."""
    first, *others = pattern.parts
    if not others:
        yield from zip(tokens)
        return
    second, *rest = others
    for place, token in enumerate(tokens):
        if token[2] & first:
            yield from _onward(tokens, place, (token,), others, pattern.gap)
        if pattern.any_order and token[2] & second:
            yield from _onward(tokens, place, (token,), [first, *rest], pattern.gap)


def _onward(
    tokens: Sequence[Token], place: int, found: tuple[Token, ...], parts: Sequence[int], gap: int
) -> Iterator[tuple[Token, ...]]:
    reach = found[-1].end + gap
    part = parts[0]
    for later in range(place + 1, len(tokens)):
        token = tokens[later]
        if token[0] > reach:
            return
        if token[2] & part:
            if len(parts) == 1:
                yield (*found, token)
            else:
                yield from _onward(tokens, later, (*found, token), parts[1:], gap)

"""Word scores: how much each character, pair of characters and class of words speaks for a label, or against it.

A card of a label is a list of points, fitted on labelled messages and kept as rule data (`config/scores/`). Points
are tenths of log odds and add up, so that every decision can be shown word by word. All cards are summed at once:
the points of one sign for every label are packed into one number, a field of 24 bits for each.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from operator import add, getitem, or_
from typing import NamedTuple, TypeAlias

from bot.core.model import Category, Fact, Span
from bot.core.packing import FIELD, MIDDLE, WHOLE_FIELD, Unpacked, pack, packed
from bot.core.reading import Reading
from bot.core.wordsigns import SIGNS, WHOLE, Stretch, shape_of, signs_of, stretches, unmuted

BEGIN, END = "\x02", "\x03"
"""Stand for the beginning and the end of a text, so that a pair of characters can say "opens with" and "ends in"."""

USUAL = 40
"""Characters and pairs of a text in which their points count in full. In a longer one each counts for less, by the
square root: so they were fitted."""

FINE = 64
"""Parts of a point that sums are kept in."""

ORDER_LIMIT = 40
"""Points of the order card beyond which an order is no clearer."""

SUMS_KEPT = 4096
"""Sums of classes that are kept; sentences of a chat hold the same few classes again and again."""

Label: TypeAlias = Category | Fact
"""What a card is for: a burden or a fact."""

_DIGIT = re.compile("[1-9]")
"""Any digit counts as one sign, as in the files: else a long number would count once for each digit it holds."""
_LIMIT = ORDER_LIMIT * FINE
_TASK = Fact.TASK


@dataclass(frozen=True, slots=True)
class Card:
    """The points of one label, in tenths of log odds.

    `base` stands before any sign; from `least` on the label is given. `rule` counts when a template of the
    category matched, `refused` when its words stand refused, banned or cancelled. `order` counts for each ten points of
    the card of orders (`task`), `no_order` in addition for each ten that it lies below zero. `classes` holds points of
    word classes by their bits, `pieces` those of characters and pairs of them.
    """

    base: float
    least: float
    rule: float
    order: float
    no_order: float
    signs: Mapping[str, float]
    classes: Mapping[int, float]
    pieces: Mapping[str, float]
    refused: float = 0.0


class Weight(NamedTuple):
    """One reason for a score or against it: a sign and its points; `places` are spans of the normal text."""

    kind: str
    name: str
    points: float
    places: tuple[Span, ...] = ()


class _Classes(dict[int, int]):
    """The packed points of all classes under a mask; the last sums are kept.

    A new mask is summed byte by byte, from tables of what each byte can mean.
    """

    def __init__(self, points: Mapping[int, int]) -> None:
        super().__init__()
        self.mask = reduce(or_, points, 0)
        self._width = (self.mask.bit_length() + 7) // 8
        self._tables = [
            _sums([points.get(1 << place + bit, 0) for bit in range(8)]) for place in range(0, self._width * 8, 8)
        ]

    def __missing__(self, mask: int) -> int:
        total = sum(map(getitem, self._tables, mask.to_bytes(self._width, "little")))
        if len(self) >= SUMS_KEPT:
            self.clear()
        self[mask] = total
        return total


def _sums(points: Sequence[int]) -> list[int]:
    """The sum of some points for every set of them, a bit each."""
    sums = [0]
    for point in points:
        sums += [known + point for known in sums] if point else sums
    return sums


@dataclass(frozen=True, slots=True)
class WordScores:
    """The cards of all labels; `task` must be among them, for it tells how much a text orders."""

    cards: Mapping[Label, Card]
    bits: Mapping[Label, int] = field(init=False)
    """The bit of each label in what `given` and `possible` return."""
    _places: Mapping[Label, int] = field(init=False, repr=False)
    _pieces: Mapping[str, int] = field(init=False, repr=False)
    _classes: _Classes = field(init=False, repr=False)
    _signs: Mapping[str, int] = field(init=False, repr=False)
    _base: int = field(init=False, repr=False)
    _order: int = field(init=False, repr=False)
    _no_order: int = field(init=False, repr=False)
    _least: int = field(init=False, repr=False)
    _rule: int = field(init=False, repr=False)
    _all: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        cards = list(self.cards.values())
        places = {label: FIELD * place for place, label in enumerate(self.cards)}
        middle = sum(MIDDLE << place for place in places.values())
        pieces = packed([card.pieces for card in cards], 1)
        settings: dict[str, object] = {
            "bits": {label: MIDDLE << place for label, place in places.items()},
            "_places": places,
            "_pieces": pieces,
            "cards": {
                label: replace(card, pieces=Unpacked(pieces, middle, places[label]))
                for label, card in self.cards.items()
            },
            "_classes": _Classes(packed([card.classes for card in cards], FINE)),
            "_signs": dict.fromkeys(SIGNS, 0) | packed([card.signs for card in cards], FINE),
            "_base": middle + pack([card.base for card in cards], FINE),
            "_order": pack([card.order / 10 for card in cards], FINE),
            "_no_order": pack([card.no_order / 10 for card in cards], FINE),
            "_least": pack([card.least for card in cards], FINE),
            "_rule": pack([card.rule for card in cards], FINE),
            "_all": middle,
        }
        for name, value in settings.items():
            object.__setattr__(self, name, value)

    def weigh(self, reading: Reading) -> int:
        """The points of all labels in one number, before any template; of the heaviest stretch of a long text.

        Linear in the length of the text.
        """
        if len(reading.text) <= WHOLE:
            return self._weighed(unmuted(reading), reading.mask, self._beside(reading))
        return self.heaviest([points for _, points in self.parts(reading)])

    def parts(self, reading: Reading) -> list[tuple[Stretch, int]]:
        """The stretches of a message, each with its points of all labels in one number, before any template."""
        text, signs = unmuted(reading), self._beside(reading)
        return [(part, self._weighed(text[part.start : part.end], part.mask, signs)) for part in stretches(reading)]

    def heaviest(self, weighed: Sequence[int]) -> int:
        """The highest points that any part of a message has, for each label."""
        return reduce(self._higher, weighed) if weighed else self._base

    def _higher(self, one: int, other: int) -> int:
        """For each label the higher of two points, all at once: the highest bit of a field tells which it is."""
        above = (one - other + self._all) & self._all
        return other ^ (one ^ other) & ((above << 1) - (above >> FIELD - 1))

    def _beside(self, reading: Reading) -> int:
        """What every part of a message begins with: the points of what it shows beside words."""
        return self._base + sum(map(self._signs.__getitem__, signs_of(reading)))

    def _weighed(self, text: str, mask: int, signs: int) -> int:
        text = _DIGIT.sub("0", text)
        framed = f"{BEGIN}{text}{END}"
        pieces = {*text, *map(add, framed, framed[1:])}
        classes = self._classes
        total = sum(filter(None, map(self._pieces.get, pieces))) * share(len(framed)) + signs
        total += classes[mask & classes.mask]
        for name in shape_of(text):
            total += self._signs[name]
        order = (total >> self._places[_TASK] & WHOLE_FIELD) - MIDDLE
        order = max(-_LIMIT, min(_LIMIT, order)) // FINE
        total += self._order * order
        if order < 0:
            total += self._no_order * order
        return total

    def points(self, weighed: int, label: Label) -> float:
        """The points of one label, in tenths of log odds, among those that `weigh` returned."""
        return ((weighed >> self._places[label] & WHOLE_FIELD) - MIDDLE) / FINE

    def given(self, weighed: int) -> int:
        """The bits of the labels that have as many points as they need."""
        return (weighed - self._least) & self._all

    def possible(self, weighed: int) -> int:
        """The bits of the labels that have them where their template matches."""
        return (weighed + self._rule - self._least) & self._all

    def spread(self, text: str, label: Label) -> list[float]:
        """The points of a label that characters and pairs give to each character of a text."""
        get = self.cards[label].pieces.get
        told = _DIGIT.sub("0", text)
        points = [get(character, 0.0) for character in told]
        for place, pair in enumerate(map(add, told, told[1:])):
            half = get(pair, 0.0) / 2
            points[place] += half
            points[place + 1] += half
        return points

    def why(self, reading: Reading, label: Label) -> list[Weight]:
        """What speaks for a label and against it, the heaviest first, where a message weighs most."""
        text = unmuted(reading)
        signs = self._base + sum(map(self._signs.__getitem__, signs_of(reading)))

        def points(stretch: Stretch, of: Label = label) -> float:
            return self.points(self._weighed(text[stretch.start : stretch.end], stretch.mask, signs), of)

        heaviest = max(stretches(reading), key=points, default=None)
        if heaviest is None:
            return []
        found = list(self._reasons(reading, text, heaviest, label))
        card, order = self.cards[label], max(-ORDER_LIMIT, min(ORDER_LIMIT, points(heaviest, _TASK)))
        found.append(Weight("sign", "order", (card.order * order + card.no_order * min(order, 0)) / 10))
        return sorted((why for why in found if round(why.points, 1)), key=lambda why: -abs(why.points))

    def _reasons(self, reading: Reading, text: str, stretch: Stretch, label: Label) -> Iterator[Weight]:
        card = self.cards[label]
        piece = text[stretch.start : stretch.end]
        yield Weight("base", "", card.base)
        yield from pieces_of(card, piece, stretch.start)
        for bit, points in card.classes.items():
            if stretch.mask & bit:
                places = [span for s in reading.sentences if s.mask & bit for span in s.said(bit)]
                inside = tuple(span for span in places if stretch.start <= span[0] < stretch.end)
                yield Weight("class", str(bit), points, inside)
        for name in (*signs_of(reading), *shape_of(piece)):
            yield Weight("sign", name, card.signs.get(name, 0))


def pieces_of(card: Card, text: str, start: int) -> Iterator[Weight]:
    """The characters and pairs of a text that a card counts, with their places."""
    framed = f"{BEGIN}{_DIGIT.sub('0', text)}{END}"
    places: dict[str, list[Span]] = {}
    for at, character in enumerate(framed):
        for piece in (character, character + framed[at + 1 : at + 2]):
            if piece in card.pieces:
                spot = (max(0, at - 1), min(len(text), at - 1 + len(piece)))
                places.setdefault(piece, []).append((start + spot[0], start + spot[1]))
    lessened = share(len(framed)) / FINE
    for piece, spans in places.items():
        yield Weight("piece", piece.strip(BEGIN + END), card.pieces[piece] * lessened, tuple(spans))


@lru_cache(maxsize=WHOLE)
def share(length: int) -> int:
    """What a point of a piece counts in a framed text of so many characters, in parts of `FINE`."""
    return round(FINE * math.sqrt(USUAL / (2 * length)))


def odds(points: float) -> float:
    """The probability that tenths of log odds mean."""
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, points / 10))))

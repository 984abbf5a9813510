"""Word scores: how much each character, pair of characters and class of words speaks for a label, or against it.

A card of a label is a list of points, fitted on labelled messages and kept as rule data (`config/scores/`). Points
are tenths of log odds and add up, so that every decision can be shown word by word. All cards are summed at once:
the points of one sign for every label are packed into one number, a field of 32 bits for each.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import repeat
from operator import add, or_
from struct import Struct
from typing import NamedTuple, TypeAlias, TypeVar

from bot.core.model import Category, Fact, SenderRole, Span
from bot.core.reading import Reading

BEGIN, END = "\x02", "\x03"
"""Stand for the beginning and the end of a text, so that a pair of characters can say "opens with" and "ends in"."""

WHOLE = 160
"""Characters up to which a message is weighed as one; a longer one is weighed by stretches, the heaviest counts."""

STRETCH = 120
"""Characters at which a stretch of whole sentences is full."""

USUAL = 40
"""Characters and pairs of a text in which their points count in full. In a longer one each counts for less, by the
square root: so they were fitted."""

FINE = 256
"""Parts of a point that sums are kept in."""

ORDER_LIMIT = 40
"""Points of the order card beyond which an order is no clearer."""

SUMS_KEPT = 4096
"""Sums of classes that are kept; sentences of a chat hold the same few classes again and again."""

LENGTHS = 9
"""Steps of length, each twice as long as the one before."""

SIGNS = (
    "admin", "member", "columns", "link", "lines", *(f"length_{step}" for step in range(LENGTHS)),
    "data_collection", "urgent",
)  # fmt: skip
"""What a card may count beside words: who writes, what is attached, how long it is, and facts that the rules read."""

Label: TypeAlias = Category | Fact
"""What a card is for: a burden or a fact."""

_Sign = TypeVar("_Sign", str, int)
_FIELD = 32
_MIDDLE = 1 << (_FIELD - 1)
_LIMIT = ORDER_LIMIT * FINE


@dataclass(frozen=True, slots=True)
class Card:
    """The points of one label, in tenths of log odds.

    `base` stands before any sign; from `least` on the label is given. `rule` counts when a template of the
    category matched. `order` counts for each ten points of the card of orders (`task`), `no_order` in addition for
    each ten that it lies below zero. `classes` holds points of word classes by their bits, `pieces` those of
    characters and pairs of them.
    """

    base: float
    least: float
    rule: float
    order: float
    no_order: float
    signs: Mapping[str, float]
    classes: Mapping[int, float]
    pieces: Mapping[str, float]


class Weight(NamedTuple):
    """One reason for a score or against it: a sign and its points; `places` are spans of the normal text."""

    kind: str
    name: str
    points: float
    places: tuple[Span, ...] = ()


class Stretch(NamedTuple):
    """A part of a message that is weighed for itself: its place in the normal text and its classes of words."""

    start: int
    end: int
    mask: int


class _Classes(dict[int, int]):
    """The packed points of all classes under a mask; the last sums are kept."""

    def __init__(self, points: Mapping[int, int]) -> None:
        super().__init__()
        self._points = points
        self.mask = reduce(or_, points, 0)

    def __missing__(self, mask: int) -> int:
        total, rest = 0, mask
        while rest:
            bit = rest & -rest
            rest ^= bit
            total += self._points[bit]
        if len(self) >= SUMS_KEPT:
            self.clear()
        self[mask] = total
        return total


@dataclass(frozen=True, slots=True)
class WordScores:
    """The cards of all labels; `task` must be among them, for it tells how much a text orders."""

    cards: Mapping[Label, Card]
    labels: tuple[Label, ...] = field(init=False)
    least: Mapping[Label, int] = field(init=False)
    rule: Mapping[Label, int] = field(init=False)
    _pieces: Mapping[str, int] = field(init=False, repr=False)
    _classes: _Classes = field(init=False, repr=False)
    _signs: Mapping[str, int] = field(init=False, repr=False)
    _base: int = field(init=False, repr=False)
    _order: int = field(init=False, repr=False)
    _no_order: int = field(init=False, repr=False)
    _task: int = field(init=False, repr=False)
    _layout: Struct = field(init=False, repr=False)

    def __post_init__(self) -> None:
        labels = tuple(self.cards)
        cards = list(self.cards.values())
        middle = sum(_MIDDLE << (_FIELD * place) for place in range(len(labels)))
        settings: dict[str, object] = {
            "labels": labels,
            "least": {label: round(card.least * FINE) for label, card in self.cards.items()},
            "rule": {label: round(card.rule * FINE) for label, card in self.cards.items()},
            "_pieces": _packed([card.pieces for card in cards], 1),
            "_classes": _Classes(_packed([card.classes for card in cards], FINE)),
            "_signs": dict.fromkeys(SIGNS, 0) | _packed([card.signs for card in cards], FINE),
            "_base": middle + _pack([card.base for card in cards], FINE),
            "_order": _pack([card.order / 10 for card in cards], FINE),
            "_no_order": _pack([card.no_order / 10 for card in cards], FINE),
            "_task": _FIELD * labels.index(Fact.TASK),
            "_layout": Struct(f"<{len(labels)}I"),
        }
        for name, value in settings.items():
            object.__setattr__(self, name, value)

    def weigh(self, reading: Reading) -> dict[Label, int]:
        """The points of each label in parts of `FINE`, before any template; of the heaviest stretch of a long text.

        Linear in the length of the text.
        """
        text = unmuted(reading)
        signs = self._message(reading)
        best: Sequence[int] | None = None
        for stretch in stretches(reading):
            found = self._weighed(text[stretch.start : stretch.end], stretch.mask, signs)
            best = found if best is None else tuple(map(max, best, found))
        return dict(zip(self.labels, [points - _MIDDLE for points in best or ()], strict=bool(best)))

    def _weighed(self, text: str, mask: int, signs: int) -> Sequence[int]:
        framed = f"{BEGIN}{text}{END}"
        pieces = {*framed, *map(add, framed, framed[1:])}
        total = sum(map(self._pieces.get, pieces, repeat(0))) * share(len(framed)) + self._base + signs
        classes = self._classes
        total += classes[mask & classes.mask]
        for name in shape_of(text):
            total += self._signs[name]
        order = (total >> self._task & 0xFFFFFFFF) - _MIDDLE
        order = max(-_LIMIT, min(_LIMIT, order)) // FINE
        total += self._order * order
        if order < 0:
            total += self._no_order * order
        return self._layout.unpack(total.to_bytes(self._layout.size, "little"))

    def _message(self, reading: Reading) -> int:
        return sum(self._signs[name] for name in signs_of(reading))

    def why(self, reading: Reading, label: Label) -> list[Weight]:
        """What speaks for a label and against it, the heaviest first, where a message weighs most."""
        text = unmuted(reading)
        signs = self._message(reading)
        place = self.labels.index(label)
        heaviest = max(
            stretches(reading), key=lambda s: self._weighed(text[s.start : s.end], s.mask, signs)[place], default=None
        )
        if heaviest is None:
            return []
        found = list(self._reasons(reading, text, heaviest, label))
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
        if card.order or card.no_order:
            signs = self._message(reading)
            task = self._weighed(piece, stretch.mask, signs)[self.labels.index(Fact.TASK)] - _MIDDLE
            order = max(-_LIMIT, min(_LIMIT, task)) / FINE
            yield Weight("sign", "order", (card.order * order + card.no_order * min(order, 0)) / 10)


def pieces_of(card: Card, text: str, start: int) -> Iterator[Weight]:
    """The characters and pairs of a text that a card counts, with their places."""
    framed = f"{BEGIN}{text}{END}"
    places: dict[str, list[Span]] = {}
    for at, character in enumerate(framed):
        for piece in (character, character + framed[at + 1 : at + 2]):
            if piece in card.pieces:
                spot = (max(0, at - 1), min(len(text), at - 1 + len(piece)))
                places.setdefault(piece, []).append((start + spot[0], start + spot[1]))
    lessened = share(len(framed)) / FINE
    for piece, spans in places.items():
        yield Weight("piece", piece.strip(BEGIN + END), card.pieces[piece] * lessened, tuple(spans))


def share(length: int) -> int:
    """What a point of a piece counts in a framed text of so many characters, in parts of `FINE`."""
    return round(FINE * math.sqrt(USUAL / (2 * length)))


def odds(points: float) -> float:
    """The probability that tenths of log odds mean."""
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, points / 10))))


def unmuted(reading: Reading) -> str:
    """The normal text with spaces for quotes and titles, so that places stay; what they say, nobody says here."""
    text = reading.text
    quotes = map(reading.normal.place, reading.message.quotes)
    for start, end in (*reading.titles, *quotes):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def stretches(reading: Reading) -> Iterator[Stretch]:
    """The stretches of a message that are weighed each for itself: the whole of a short one."""
    if len(reading.text) <= WHOLE:
        yield Stretch(0, len(reading.text), reading.mask)
        return
    start, end, mask = 0, 0, 0
    for sentence in reading.sentences:
        if mask and sentence.end - start > STRETCH:
            yield Stretch(start, end, mask)
            mask = 0
        start, end, mask = (start if mask else sentence.start), sentence.end, mask | sentence.mask
    if mask:
        yield Stretch(start, end, mask)


def shape_of(text: str) -> Iterator[str]:
    """The signs that the form of a text gives."""
    yield _LENGTHS[min((len(text) + 1).bit_length() - 1, LENGTHS - 1)]
    if "\n" in text:
        yield "lines"


_LENGTHS = tuple(f"length_{step}" for step in range(LENGTHS))


def signs_of(reading: Reading) -> Iterator[str]:
    """The signs beside the words: who writes, what is attached, what templates of facts found."""
    message = reading.message
    if message.role is SenderRole.ADMIN or message.role is SenderRole.MEMBER:
        yield message.role.value
    if message.columns:
        yield "columns"
    if message.links or "http" in reading.text:
        yield "link"
    yield from reading.facts


def _pack(points: Iterable[float], fine: int) -> int:
    return sum(round(point * fine) << (_FIELD * place) for place, point in enumerate(points))


def _packed(cards: Sequence[Mapping[_Sign, float]], fine: int) -> dict[_Sign, int]:
    """The points of every sign on all cards in one number; fields may be negative, for sums are taken before fields."""
    found: dict[_Sign, int] = {}
    for place, points in enumerate(cards):
        shift = _FIELD * place
        for sign, point in points.items():
            found[sign] = found.get(sign, 0) + (round(point * fine) << shift)
    return found

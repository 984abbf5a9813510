"""The words of the rules, found in a text in one pass (Aho-Corasick), the longest word first.

Each word belongs to one or more classes; a class is one bit. The lexicon is built from rule data and
knows nothing of any category.
"""

from bisect import insort_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import itemgetter, or_
from typing import NamedTuple, NewType

import ahocorasick_rs

from bot.core.shapes import OVERLAYS, SHAPES, overlays_in, shape_words
from bot.core.text import fold

Mask = NewType("Mask", int)
"""The bits of one or more word classes."""

PHRASE_ENDS = frozenset('，,：: （）()\t—“”"')
SENTENCE_ENDS = frozenset("。！!？?\n\r…~～；;\u2028")

PHRASE_END = 1
SENTENCE_END = 2
CHECKED = 4
"""Whether the word counts depends on the characters beside it."""
FIRST_CLASS = 8
"""The lowest bit of a class; a smaller mask belongs to no class."""


FREE_TRIGGERS = 8
"""The lowest triggers, which no words set: the pipeline wakes detectors by what it knows besides (see `Wake`)."""


class Marks(NamedTuple):
    """What each word sets, its classes and triggers in one number, so that one pass over a text gathers all.

    Of gathered marks `& classes` are the classes; `>> first & >> second` are the triggers that are set.
    """

    of: list[int]
    classes: int
    first: int
    second: int


class Lexicon:
    """Classes of words compiled into one automaton.

    `variants` maps a word to spellings that mean it (look-alikes, homophones, pinyin initials):
    every listed word that contains it is recognised in those spellings too. A longer word that contains
    a word of an `inherited` class belongs to that class as well (还没上传 chases as 还没 does), unless it is
    `blank`.
    """

    def __init__(
        self,
        classes: Mapping[str, Iterable[str]],
        variants: Mapping[str, Sequence[str]],
        inherited: Sequence[str] = (),
        composed: Sequence[str] = (),
        clear: Sequence[str] = (),
    ) -> None:
        self._bits = {name: FIRST_CLASS << place for place, name in enumerate((*SHAPES, *classes))}
        masks = self._listed(classes, variants)
        for name, word in shape_words():
            inner = masks.get(word[1:], 0) if name == "shape_boss" else 0
            masks[word] = masks.get(word, 0) | self._bits[name] | inner
        self._inherit(masks, [name for name in inherited if name in classes])
        self._compose(masks, composed)
        self._see_through(masks, [name for name in clear if name in classes])
        for mark in (*PHRASE_ENDS, *SENTENCE_ENDS):
            masks.setdefault(mark, 0)
        self._lay_out(masks)
        self._sizes = dict.fromkeys(self._bits.values(), 0)
        for mask in masks.values():
            for bit in _bits_of(mask):
                self._sizes[bit] += 1
        self._triggers: list[tuple[int, int]] = [(0, 0)] * FREE_TRIGGERS
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self.words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def _listed(self, classes: Mapping[str, Iterable[str]], variants: Mapping[str, Sequence[str]]) -> dict[str, int]:
        """The listed words in all their spellings, each with its classes."""
        masks: dict[str, int] = {}
        varied = ahocorasick_rs.AhoCorasick(list(variants))
        for name, words in classes.items():
            bit = self._bits[name]
            for word in map(fold, words):
                masks[word] = masks.get(word, 0) | bit
                if varied.find_matches_as_indexes(word):
                    for spelling in _spellings(word, variants):
                        masks[spelling] = masks.get(spelling, 0) | bit
        return masks

    def _lay_out(self, masks: Mapping[str, int]) -> None:
        """Give every word its place: so that a place tells whether the word ends something or is to be checked."""
        edges = {word: _edge_bits(word) for word in masks}
        self.words: tuple[str, ...] = tuple(sorted(masks, key=lambda word: _EDGE_ORDER[edges[word]]))
        """All words: first those that end a sentence, then those to be checked."""
        shared: dict[int, int] = {}
        found = [masks[word] | edges[word] for word in self.words]
        self.masks: list[int] = [shared.setdefault(mask, mask) for mask in found]
        self.masks.extend(self._bits[name] for name in OVERLAYS)
        self.nothing = len(self.masks)
        """The place of a word that means nothing, for one that does not count where it stands."""
        self.masks.append(0)
        self.ends = sum(bits == SENTENCE_END for bits in edges.values())
        self.checked = self.ends + sum(bool(bits & CHECKED) for bits in edges.values())
        self.phrase_ends = frozenset(place for place, mask in enumerate(self.masks) if mask & PHRASE_END)

    def _inherit(self, masks: dict[str, int], inherited: Sequence[str]) -> None:
        blank = self._bits.get("blank", 0)
        for name in (*inherited, "shape_percent"):
            bit = self._bits[name]
            inner = [word for word, mask in masks.items() if mask & bit and (len(word) > 1 or name == "shape_percent")]
            finder = ahocorasick_rs.AhoCorasick(inner)
            for word, mask in masks.items():
                if not mask & (bit | blank) and finder.find_matches_as_indexes(word):
                    masks[word] = mask | bit

    def _compose(self, masks: dict[str, int], composed: Sequence[str]) -> None:
        """Give a word that is two other words written together (每人发, 请家长) the `composed` classes of both."""
        bits = reduce(or_, [self._bits[name] for name in composed if name in self._bits], 0)
        opposed = reduce(or_, [self._bits[name] for name in OPPOSED if name in self._bits], 0)
        more: dict[str, int] = {}
        for word, mask in masks.items():
            if mask & opposed or mask < FIRST_CLASS:
                continue
            for cut in range(1, min(len(word), 6)):
                left, right = masks.get(word[:cut]), masks.get(word[cut:])
                if left and right and not (left | right) & opposed:
                    more[word] = more.get(word, mask) | ((left | right) & bits)
        masks.update(more)

    def _see_through(self, masks: dict[str, int], clear: Sequence[str]) -> None:
        """Give a word of a `clear` class all classes of the longest words in it: such a word hides nothing."""
        bits = reduce(or_, [self._bits[name] for name in clear], 0)
        finder = ahocorasick_rs.AhoCorasick(list(masks))
        words = list(masks)
        more: dict[str, int] = {}
        for word, mask in masks.items():
            if mask & bits and not mask & ~bits:
                inner = [(a, b, i) for i, a, b in finder.find_matches_as_indexes(word, overlapping=True)]
                for start, end, place in inner:
                    if 1 < end - start < len(word) and not any(
                        a <= start and end <= b and end - start < b - a < len(word) for a, b, _ in inner
                    ):
                        more[word] = more.get(word, mask) | masks[words[place]]
        masks.update(more)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """The words and shapes of a normal text as (index into `masks`, start, end), by their start."""
        found: list[tuple[int, int, int]] = self._automaton.find_matches_as_indexes(text)
        shapes = overlays_in(text)
        if not shapes:
            return found
        words = len(self.words)
        for shape, start, end in shapes:
            insort_right(found, (words + shape, start, end), key=_start)
        return found

    def trigger(self, first: int, second: int) -> int:
        """A bit that is set where words of both masks stand, so that what needs such words can be woken by it.

        To be called before the first text is read.
        """
        self._triggers.append((first, second))
        return 1 << (len(self._triggers) - 1)

    @cached_property
    def marks(self) -> Marks:
        """What each word sets."""
        width, count = FIRST_CLASS.bit_length() + len(self._bits), len(self._triggers)
        by_class = dict.fromkeys(self._bits.values(), 0)
        for place, halves in enumerate(self._triggers):
            for half, mask in enumerate(halves):
                for bit in _bits_of(mask):
                    by_class[bit] |= 1 << (width + half * count + place)
        sets = {
            mask: reduce(or_, [by_class[bit] for bit in _bits_of(mask & -FIRST_CLASS)], mask)
            for mask in set(self.masks)
        }
        classes = (1 << width) - FIRST_CLASS
        return Marks([sets[mask] for mask in self.masks], classes, width, width + count)

    @property
    def classes(self) -> frozenset[str]:
        """The names of all classes."""
        return frozenset(self._bits)

    def count(self, mask: int) -> int:
        """About how many words the classes of a mask hold; common classes hold many."""
        return sum(self._sizes[bit] for bit in self._sizes if mask & bit)

    def mask(self, *names: str) -> Mask:
        """The bits of the named classes together.

        Raises:
            KeyError: for a class that the rules do not define.
        """
        bits = 0
        for name in names:
            bits |= self._bits[name]
        return Mask(bits)


class WordTable:
    """Words and what each of them is to be read as; the longest word first."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._meant = [f" {meant} " for meant in table.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(table), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def replace(self, text: str) -> str:
        """The text with every word of the table replaced; linear in its length."""
        parts: list[str] = []
        here = 0
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            parts.append(text[here:start])
            parts.append(self._meant[index])
            here = end
        parts.append(text[here:])
        return "".join(parts)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a checked word counts: `app` not inside `happy`, 120 not inside 1120, 、 not after a bare number."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if text[start] == "、":
        return not (before.isdigit() or before in "一二三四五六七八九十")
    if text[start].isdigit():
        return not (
            (before.isascii() and (before.isdigit() or before in ".:")) or (after.isascii() and after.isdigit())
        )
    return not ((before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()))


OPPOSED = (
    "blank", "neg", "neg_after", "weak_neg", "question", "private", "greeting", "complaint", "done", "thanks", "offer",
    "news", "policy", "emergency_talk",
)  # fmt: skip
"""Classes whose words mean something else than the words that they are written with."""


_start = itemgetter(1)
_EDGE_ORDER = {SENTENCE_END: 0, CHECKED: 1, PHRASE_END: 2, 0: 2}


def _bits_of(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _edge_bits(word: str) -> int:
    bits = 0
    if word[-1] in SENTENCE_ENDS:
        bits |= SENTENCE_END
    elif word in PHRASE_ENDS:
        bits |= PHRASE_END
    if word == "、" or (word.isascii() and word.isalnum()):
        bits |= CHECKED
    return bits


def _spellings(word: str, variants: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    for meant, written in variants.items():
        if meant in word:
            found.update(word.replace(meant, fold(spelling)) for spelling in written)
    return found

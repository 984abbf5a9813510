"""Reads the cards of the word scores from their tables; a mistake names its file, key and line."""

import math
from collections.abc import Iterable, Iterator
from itertools import product

from bot.core.lexicon import Lexicon
from bot.core.wordscores import BEGIN, END, Card, Label
from bot.core.wordsigns import SIGNS
from config.rule_tables import MOST, RuleTable

SPACE, FIRST, LAST, DIGIT = "␣", "⊢", "⊣", "0"
"""How the files write a space or line break, the beginning and end of a text, and any digit."""

_EDGES = {ord(FIRST): BEGIN, ord(LAST): END}
"""What the edges mean; the digit stands for all in the texts that are weighed as well (see `WordScores`)."""
_SPACES = " \n"
LONGEST = 2
"""Characters of a piece."""
_NUMBERS = ("base", "least", "rule", "order", "no_order", "refused")
_TABLES = ("signs", "classes", "pieces")


def read_cards(table: RuleTable, lexicon: Lexicon, labels: Iterable[Label]) -> dict[Label, Card]:
    """The cards of all labels.

    Raises:
        BadRules: for a card that is missing or of no known label, and for a mistake in one.
    """
    known = {label.value: label for label in labels}
    for name in table.values:
        if name not in known:
            raise table.fail("unknown_key", name)
    return {label: _card(table.inner(name), lexicon) for name, label in known.items()}


def _card(table: RuleTable, lexicon: Lexicon) -> Card:
    table.only((*_NUMBERS, *_TABLES))
    signs = table.inner("signs")
    for name in signs.values:
        if name not in SIGNS:
            raise signs.fail("unknown_key", name)
    return Card(
        **{name: table.number(name) for name in _NUMBERS},
        signs={name: signs.number(name) for name in signs.values},
        classes=_classes(table.inner("classes"), lexicon),
        pieces=_pieces(table.inner("pieces")),
    )


def _classes(table: RuleTable, lexicon: Lexicon) -> dict[int, float]:
    found: dict[int, float] = {}
    known = lexicon.classes
    for key, names, points in _lines(table):
        for name in names:
            if name not in known:
                raise table.fail("unknown_words", key, words=name)
            found[lexicon.mask(name)] = points
    return found


def _pieces(table: RuleTable) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, words, points in _lines(table):
        if not points.is_integer():
            raise table.fail("not_whole", key)
        for word in words:
            if len(word) > LONGEST:
                raise table.fail("unknown_words", key, words=word[:20])
        found |= dict.fromkeys((word for word in words if SPACE not in word), points)
        found |= dict.fromkeys((meant for word in words if SPACE in word for meant in spelled(word)), points)
    return found


def _lines(table: RuleTable) -> Iterator[tuple[str, list[str], float]]:
    """Every key and its names in a table whose keys are points and whose values are names with so many of them."""
    for key in table.values:
        try:
            points = float(key)
        except ValueError:
            points = math.nan
        if not abs(points) <= MOST:
            raise table.fail("not_a_number", key)
        yield key, table.text(key).translate(_EDGES).split(), points


def spelled(word: str) -> Iterator[str]:
    """The characters, or pairs of them, that a word of the files means."""
    characters = word.translate(_EDGES)
    yield from map("".join, product(*(_SPACES if character == SPACE else character for character in characters)))

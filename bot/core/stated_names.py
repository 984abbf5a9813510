"""Names that a chat export itself states, so that no excerpt shows one of them.

A source names who writes, is mentioned, or is forwarded: such names are hidden wherever they stand, and with them
the personal name that a display name holds (石桥村-王建国, 民政李梅HR, 张小宝妈妈). They stay in the memory of one run.
"""

import re
from collections.abc import Iterator, Sequence

import ahocorasick_rs

from bot.core.masking import COMMON, SURNAME, TITLE, clean
from bot.core.model import Span
from bot.core.text import fold

NAMES_KEPT = 20_000
"""Of more names the further ones are not learnt; they are hidden only where a rule of masking tells them."""

LONGEST_NAME = 129
"""Characters of a display name, as the products allow: 64 for each of two names; a longer one is no name."""

_HAN = re.compile("[\u3400-\u9fff]")
_GAPS = re.compile("(?<=[\u3400-\u9fff])[ .·・]{1,2}(?=[\u3400-\u9fff])")
_RUNS = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+")
_PERSONAL = re.compile(f"(?!{COMMON}){SURNAME}([\u3400-\u9fff]{{1,2}})(?<![村镇乡县市区局所站校院组办队])")
_TITLES = re.compile(f"(?:副?{TITLE}){{1,3}}$")
_LENGTHS = (4, 3, 2)
"""Characters of a personal name; four stand for a compound surname with two more."""
_SHORTEST_LATIN = 3


class StatedNames:
    """Learns names while a source is read, and then finds them in a text."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._finder: ahocorasick_rs.AhoCorasick | None = None

    def learn(self, name: object) -> None:
        """Keep a name that a source states; anything else, and what is too long or too much, is passed over."""
        known = self._known
        if type(name) is str and name not in known and len(name) <= LONGEST_NAME and len(known) < NAMES_KEPT:
            known.add(name)
            self._finder = None

    def __ior__(self, others: "StatedNames") -> "StatedNames":
        """Learn all that another source stated."""
        for name in others._known:
            self.learn(name)
        return self

    def spans(self, folded: str) -> Iterator[Span]:
        """Yield where names stand in a folded text; a name in letters only where it is a word of its own."""
        if not self._known:
            return
        if self._finder is None:
            hidden = sorted({part for name in self._known for part in _hidden(name)})
            self._finder = ahocorasick_rs.AhoCorasick(hidden, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        for text, places in _as_written_and_joined(folded):
            for _, start, end in self._finder.find_matches_as_indexes(text):
                if not (_goes_on(text, start - 1, start) or _goes_on(text, end - 1, end)):
                    yield places[start], places[end - 1] + 1


def _as_written_and_joined(folded: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield a text, and once more without the gaps in spaced-out names (王 建 国), each with its characters' places."""
    yield folded, range(len(folded))
    gaps = {place for gap in _GAPS.finditer(folded) for place in range(*gap.span())}
    if gaps:
        places = [place for place in range(len(folded)) if place not in gaps]
        yield "".join(map(folded.__getitem__, places)), places


def _hidden(name: str) -> Iterator[str]:
    """Yield the whole of a display name, its only word or those that are names, and the given name of a person."""
    name = fold(clean(name))
    runs = _RUNS.findall(name)
    words = [run for run in runs if len(run) > 1 or _HAN.match(run)]
    yield from (whole for whole in {name, *(words if len(words) == 1 else ())} if len(whole) > 1)
    match runs:
        case [given, last] if _PERSONAL.fullmatch(last + given):
            yield last + given
    for run in runs:
        if _HAN.match(run):
            yield from _person(run)
        elif len(run) >= _SHORTEST_LATIN:
            yield run


def _person(run: str) -> Iterator[str]:
    """Yield the personal name at the end of a run of Han characters, or before the title there, and its given name."""
    run = _TITLES.sub("", run)
    found = next(filter(None, (_PERSONAL.fullmatch(run[-length:]) for length in _LENGTHS)), None)
    if found:
        yield from (part for part in found.group(0, 1) if len(part) > 1)


def _goes_on(text: str, before: int, behind: int) -> bool:
    """Whether a word in letters goes on over this place of the text."""
    if before < 0 or behind >= len(text):
        return False
    return _is_letter(text[before]) and _is_letter(text[behind])


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"

"""Names that a chat export itself states, so that no excerpt shows one of them.

A source names who writes, is mentioned, or is forwarded: such names are hidden wherever they stand, and with them
the personal name that a display name holds (石桥村-王建国, 李梅（民政）). They stay in the memory of one run.
"""

import re
from collections.abc import Iterator

import ahocorasick_rs

from bot.core.masking import COMMON, SURNAME
from bot.core.model import Span
from bot.core.text import fold

NAMES_KEPT = 20_000
"""Of more names the further ones are not learnt; they are hidden only where a rule of masking tells them."""

LONGEST_NAME = 64
"""Characters of a display name, as the products allow; a longer one is no name."""

_PARTS = re.compile("[^\\W\\d_]+")
_HAN = re.compile("[\u3400-\u9fff·]+")
_PERSONAL = re.compile(f"(?!{COMMON}){SURNAME}[\u3400-\u9fff]{{1,2}}(?<![村镇乡县市区局所站校院组办队])")
_GIVEN = 2
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
            hidden = sorted({part for name in self._known for part in _hidden(fold(name).strip())})
            self._finder = ahocorasick_rs.AhoCorasick(hidden, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        for _, start, end in self._finder.find_matches_as_indexes(folded):
            if not (_goes_on(folded, start - 1, start) or _goes_on(folded, end - 1, end)):
                yield start, end


def _hidden(name: str) -> Iterator[str]:
    """Yield the whole of a display name, its only word or those that are names, and the given name of a person."""
    parts = _PARTS.findall(name)
    yield from (whole for whole in {name, *(parts if len(parts) == 1 else ())} if len(whole) > 1)
    for part in parts:
        if not _HAN.fullmatch(part):
            if len(part) >= _SHORTEST_LATIN:
                yield part
            continue
        for length in (3, 2):
            tail = part[-length:]
            if _PERSONAL.fullmatch(tail):
                yield tail
                if length > _GIVEN:
                    yield tail[-_GIVEN:]
                break


def _goes_on(text: str, before: int, behind: int) -> bool:
    """Whether a word in letters goes on over this place of the text."""
    if before < 0 or behind >= len(text):
        return False
    return _is_letter(text[before]) and _is_letter(text[behind])


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < "\u2e80"

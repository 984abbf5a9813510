"""Chinese text made comparable: one script, one width, one case, no hidden or spaced-out characters.

Every step keeps the length, or keeps an account of what it removed, so that a place in the normal
text can always be shown in the original one.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import opencc

from bot.core.model import Span

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_HAN = "\u3400-\u9fff"
HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20e2\u20e4-\u20f0\u2800\u3164"
    "\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uffa0\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e01ef"
)
"""The characters that nobody sees, or that only mark the one before; as a part of a class in a pattern."""
_SPACERS = " \t\u3000\u00a0\u1680\u2000-\u200a\u202f\u205f·•・.`*_|~^\\-"
_KEPT_WIDE = frozenset("，；：！？（）。、")  # office punctuation stays as it is


def _folding_table() -> dict[int, int]:
    """One entry a character: traditional to simplified (OpenCC), full to half width, upper to lower case."""
    han = [chr(code) for code in range(_FIRST_HAN, _LAST_HAN + 1)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table = {ord(a): ord(b) for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1}
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in _KEPT_WIDE:
            table[code] = ord(chr(code - 0xFEE0).lower())
    for code in (*range(0x41, 0x5B), *range(0xC0, 0xDF), *range(0x391, 0x3AA), *range(0x410, 0x430)):
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code):
            table[code] = ord(lower)
    for code in range(0x2160, 0x216C):  # Ⅰ Ⅱ Ⅲ
        table[code] = ord(unicodedata.normalize("NFKC", chr(code))[0].lower())
    table[0x3000] = 0x20
    table[0xA0] = 0x20
    return table


_TABLE = _folding_table()
_KEPT_HAN = {code: code for code in range(_FIRST_HAN, _LAST_HAN + 1)}
_FULL_TABLE = _KEPT_HAN | _TABLE  # no miss for Han: a miss costs an exception inside str.translate
_FOLDED = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")
_BREAKS = re.compile(f"[{HIDDEN}{_SPACERS}]")
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}{HIDDEN}{_SPACERS}]")
"""The gate: a text without any of these characters is normal as it stands."""
_SOME_HIDDEN = re.compile(f"[{HIDDEN}]")
_PICTURE = rf"[^\w\s{_SPACERS}{HIDDEN}]"
_HIDDEN_RUN = re.compile(f"(?:(?!\ufe0f)[{HIDDEN}]|(?<!{_PICTURE})\ufe0f(?!\u20e3))+")
"""Behind a picture, or in a keycap, U+FE0F belongs to what is seen: the words of the rules hold ❗️ and 1️⃣."""
_SPACING = re.compile(f"[{_SPACERS}](?<=[{_HAN}].)[{_SPACERS}]{{0,5}}(?=[{_HAN}])")
"""Beginning with the rare character, so that the search can leap from one to the next."""


def fold(text: str) -> str:
    """The text in simplified script, half width and lower case; as long as the original."""
    odd = len(_FOLDED.findall(text))
    if not odd:
        return text
    if odd * 4 > len(text):
        return text.translate(_FULL_TABLE)
    return _FOLDED.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return chr(_TABLE[ord(match[0])])


class NormalText(NamedTuple):
    """A normal text, and where its characters stood before something was removed."""

    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def original(self, span: Span) -> Span:
        """The span of the original text that a span of the normal text came from."""
        if not self.starts:
            return span
        start, end = span
        last = max(start, end - 1)
        return self._back(start), self._back(last) + (end - last)

    def place(self, span: Span) -> Span:
        """The span of the normal text that a span of the original text became."""
        return self._forward(span[0]), self._forward(span[1])

    def _forward(self, at: int) -> int:
        cuts = range(len(self.starts))
        passed = bisect_right(cuts, at, key=lambda cut: self.starts[cut] + self.shifts[cut])
        here = at - (self.shifts[passed - 1] if passed else 0)
        return min(here, self.starts[passed]) if passed < len(cuts) else here

    def _back(self, at: int) -> int:
        place = bisect_right(self.starts, at) - 1
        return at + (self.shifts[place] if place >= 0 else 0)


class Normaliser:
    """Folds a text and closes up the words of a list that somebody spaced out (截 图)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._pairs = frozenset(
            a + b for word in words if len(word) > 1 for a, b in pairwise(word) if a >= "\u3400" and b >= "\u3400"
        )

    def __call__(self, text: str) -> NormalText:
        """The normal text; linear in the length of `text`."""
        if not _ODD.search(text):
            return NormalText(text)
        folded = fold(text)
        if not _BREAKS.search(folded):
            return NormalText(folded)
        cuts = [match.span() for match in _HIDDEN_RUN.finditer(folded)] if _SOME_HIDDEN.search(folded) else []
        cuts += [
            (start, end)
            for start, end in map(re.Match.span, _SPACING.finditer(folded))
            if folded[start - 1] + folded[end] in self._pairs
        ]
        return _without(folded, sorted(cuts)) if cuts else NormalText(folded)


def _without(text: str, cuts: Sequence[Span]) -> NormalText:
    kept: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    length = here = removed = 0
    for start, end in cuts:
        if end <= here:
            continue
        kept.append(text[here : max(start, here)])
        length += len(kept[-1])
        removed += end - max(start, here)
        here = end
        starts.append(length)
        shifts.append(removed)
    kept.append(text[here:])
    return NormalText("".join(kept), tuple(starts), tuple(shifts))

"""The sentence around the evidence, and nothing more of a message: what a case needs, with persons hidden."""

import re
from collections.abc import Sequence

from bot.core.masking import clean, mask
from bot.core.model import Span

LONGEST = 160
"""Characters of an excerpt."""

PIECES = 2
"""Sentences that one excerpt shows."""

_END = re.compile(r"[。！？!?；;\n]")
_REACH = 80


def sentences_at(text: str, spans: Sequence[Span]) -> str:
    """The sentences that hold the first spans, on one line, names and numbers hidden; empty where nothing is shown."""
    pieces: list[Span] = []
    for start, end in spans:
        piece = _sentence(text, start, end)
        if piece not in pieces:
            pieces.append(piece)
        if len(pieces) == PIECES:
            break
    joined = " … ".join(clean(text[start:end]) for start, end in sorted(pieces))
    return mask(joined)[:LONGEST]


def _sentence(text: str, start: int, end: int) -> Span:
    """The sentence around a stretch, as far as it is not too long."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _END.finditer(text, first, start)]
    after = _END.search(text, max(start, end - 1), last)
    return (before[-1] if before else first), (after.end() if after else last)

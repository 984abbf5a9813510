"""The words behind a finding, marked in the text they stand in."""

import unicodedata
from collections.abc import Callable, Sequence

from bot.core.model import Span

AROUND = 24
"""Characters of the text shown on either side of the evidence."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def bracketed(text: str) -> str:
    """Evidence marked with what any screen can show."""
    return f"【{text}】"


def evidence(text: str, spans: Sequence[Span], mark: Callable[[str], str] = bracketed) -> str:
    """The text with the spans marked; what stands far from them is left out."""
    parts: list[str] = []
    last = 0
    for start, end in _joined(spans):
        if start - last > 2 * AROUND:
            parts.append((plain(text[last : last + AROUND]) if parts else "") + "…")
            last = start - AROUND
        parts.append(plain(text[last:start]))
        parts.append(mark(plain(text[start:end])))
        last = end
    parts.append(plain(text[last : last + AROUND]))
    return "".join(parts) + ("…" if len(text) - last > AROUND else "")


def plain(text: str) -> str:
    """The text on one line; each character that could steer a terminal or turn the line round becomes a space."""
    return "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text)


def _joined(spans: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined

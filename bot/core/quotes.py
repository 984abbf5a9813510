"""Finding, in a plain text, what somebody else wrote: marked lines and WeChat's quoted message."""

import re

from bot.core.model import Span

_MARKED_LINES = re.compile(r"^> [^\n]*(?:\n> [^\n]*)*", re.MULTILINE)
_OPENING = re.compile(r"^「", re.MULTILINE)
_CLOSING = re.compile(r"」[ \t]*\r?\n[-—–─](?: ?[-—–─]){3}")


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Return the quoted stretches of `text` in order: `> ` lines, `「name：words」` over a line of dashes.

    Neighbouring `> ` lines are one stretch. The cost is linear in the length of the text, and two
    plain searches where nothing is quoted.
    """
    if "> " not in text and "」" not in text:
        return ()
    spans = [match.span() for match in _MARKED_LINES.finditer(text)]
    spans.extend(_bracketed_spans(text))
    return tuple(sorted(spans))


def _bracketed_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    searched = 0
    for closing in _CLOSING.finditer(text):
        end = closing.start() + 1
        opening = _OPENING.search(text, searched, end)
        searched = end
        if opening is not None and _names_a_speaker(text, opening.end(), end):
            spans.append((opening.start(), end))
    return spans


def _names_a_speaker(text: str, start: int, end: int) -> bool:
    return text.find("：", start, end) >= 0 or text.find(":", start, end) >= 0

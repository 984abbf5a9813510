"""Finding, in a plain text, what somebody else wrote or said: marked lines, WeChat's quoted message, orders in “”."""

import re
from collections.abc import Iterator

from bot.core.model import Span

_MARKED_LINES = re.compile(r"^> [^\n]*(?:\n> [^\n]*)*", re.MULTILINE)
_OPENING = re.compile(r"^「", re.MULTILINE)
_CLOSING = re.compile(r"」[ \t]*\r?\n[-—–─](?: ?[-—–─]){3}")
_SAID = re.compile("“[^“”\n]+”|「[^「」\n]+」")
_ORDER = re.compile(
    "务必|務必|必[须須]|请[各大你把]|請[各大你把]|[马馬]上|今晚|明早|[谁誰].{0,6}[没沒不]|不.{0,4}的|每人|一律|全[员員]|自[愿願]"
    "|前.{0,3}[报報交发發传傳完]|再.{0,2}[报報填交发發]|收到|截[图圖]|打卡|[点點][赞讚]|[转轉][发發]"
)
"""What an order says, and a name hardly does."""
_RELAYED = re.compile(
    r"(?:[:：.、]|[说說讲講]了?|要求|[强強][调調]|指[示出]|明[确確]|提出|通知|[转轉][发發达達]|[传傳][达達]|[写寫]道|原[话話]是?)\s*$"
)
"""What before an order in quotation marks passes it on; such an order stands."""
LEAST_SAID = 9
"""Characters with their quotation marks from which they may be what somebody said; fewer are a name or a word."""

LEAST_BESIDE = 4
"""Characters outside quotation marks, fewer than which only wrap an order in them."""
_BEFORE = 6


def quoted_spans(text: str) -> tuple[Span, ...]:
    """Return the quoted stretches of `text` in order: `> ` lines, `「name：words」` over a line of dashes, “orders”.

    Neighbouring `> ` lines are one stretch. An order in quotation marks that nobody is said to have given (“今晚12点前
    必须交”，看到这话我就头疼) is spoken of; after a colon or 说 it is passed on and stays. The cost is linear in the
    length of the text, and a few plain searches where nothing is quoted.
    """
    if "> " not in text and "」" not in text and "”" not in text and '"' not in text:
        return ()
    spans = [match.span() for match in _MARKED_LINES.finditer(text)]
    spans.extend(_bracketed_spans(text))
    spans.extend(_spoken_of(text))
    apart: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


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


def _spoken_of(text: str) -> list[Span]:
    """The orders in quotation marks that are talked about."""
    found = [
        (start, end)
        for start, end in (*(match.span() for match in _SAID.finditer(text)), *_between_straight_marks(text))
        if end - start >= LEAST_SAID
        and _ORDER.search(text, start, end)
        and not _RELAYED.search(text[max(0, start - _BEFORE) : start])
    ]
    beside = _letters(text) - sum(_letters(text[start:end]) for start, end in found)
    return found if beside >= LEAST_BESIDE else []


def _between_straight_marks(text: str) -> Iterator[Span]:
    """What stands between every other of the straight marks, where they pair and are no sign of inches."""
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return
    end = -1
    for number, part in enumerate(parts):
        start, end = end, end + len(part) + 1
        if number % 2 and "\n" not in part and not text[start - 1 : start].isdigit():
            yield start, end + 1


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _names_a_speaker(text: str, start: int, end: int) -> bool:
    return text.find("：", start, end) >= 0 or text.find(":", start, end) >= 0

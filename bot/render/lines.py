"""Lines of a terminal: Chinese characters are two columns wide and break anywhere but before a mark that closes."""

import re
import unicodedata
from collections.abc import Iterator

_CLOSING = "[、。，；：？！）》」』”〕]*"
_PIECES = re.compile(rf"\d[\d,.]* ?[^\W\d_a-zA-Z]{_CLOSING}|[!-~]+{_CLOSING}|\s+|[（《「『“]*.{_CLOSING}", re.DOTALL)
"""What is not broken: a number and its word of measure, a Latin word, a character with the marks around it."""
_WIDE = frozenset("WF")


def width_of(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text)


def padded(text: str, width: int) -> str:
    """Return `text` with spaces up to `width` columns."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Break one line of text into lines of at most `width` columns, where its first indent is kept."""
    indent = text[: len(text) - len(text.lstrip())]
    line = indent
    for piece in _PIECES.findall(text[len(indent) :]):
        if width_of(line) + width_of(piece.rstrip()) > width and line.strip():
            yield line.rstrip()
            line = indent
        if piece.strip() or line.strip():
            line += piece
    yield line.rstrip()

"""Help pages that hold in a terminal: Chinese characters are two columns wide and break anywhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

_PIECES = re.compile(r"[!-~]+[、。，；：？！）》」』”]*|\s+|[（《「『“]*.[、。，；：？！）》」』”]*", re.DOTALL)
_WIDE = frozenset("WF")
_FIRST_COLUMN = 26


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


class Formatter(click.HelpFormatter):
    """A help formatter that counts columns, not characters, and keeps the line breaks of a text."""

    def write_heading(self, heading: str) -> None:
        """Write a heading as it stands; its colon is the catalogue's."""
        self.write(f"{' ' * self.current_indent}{heading}\n")

    def write_text(self, text: str) -> None:
        """Write a text line by line, each wrapped within the current indent."""
        margin = " " * self.current_indent
        for line in text.strip("\n").split("\n"):
            for part in wrapped(line, self.width - self.current_indent):
                self.write(f"{margin}{part}".rstrip() + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = _FIRST_COLUMN,
        col_spacing: int = 2,
    ) -> None:
        """Write names and what they mean in two columns; a long name has a line of its own."""
        rows = list(rows)
        margin = " " * self.current_indent
        first = min(max((width_of(name) for name, _ in rows), default=0), col_max) + col_spacing
        for name, meaning in rows:
            room = max(self.width - self.current_indent - first, 20)
            parts = [part for line in meaning.split("\n") for part in wrapped(line, room)]
            if width_of(name) > first - col_spacing:
                self.write(f"{margin}{name}\n")
                head = " " * first
            else:
                head = padded(name, first)
            for part in parts:
                self.write(f"{margin}{head}{part}".rstrip() + "\n")
                head = " " * first

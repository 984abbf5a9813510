"""Help pages that hold in a terminal: Chinese characters are two columns wide and break anywhere."""

from collections.abc import Iterable

import click

from bot.render.lines import padded, width_of, wrapped

_FIRST_COLUMN = 26


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

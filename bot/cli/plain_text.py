"""Reads a plain text from a file, or what is typed or piped into standard input."""

import sys

import click

from bot.cli.files import STANDARD_INPUT, opened
from bot.core.errors import BadInput
from bot.texts import Catalogue

ENCODINGS = ("utf-8-sig", "gb18030")
"""What texts are written in, here; the first that fits is taken."""


def read_plain(name: str, words: Catalogue) -> str:
    """Return the text of a file, or of standard input for `-`; who is to type it is told so on stderr.

    Raises `BadInput` for what cannot be opened, and for what is no text in one of `ENCODINGS`.
    """
    if name == STANDARD_INPUT and sys.stdin.isatty():
        click.echo(words("cli.typing"), err=True)
    with opened(name) as stream:
        content = stream.read()
    for encoding in ENCODINGS if b"\0" not in content else ():
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("not_text", file=name)

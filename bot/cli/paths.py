"""The names of files as they are given on the command line, refused where they cannot be meant."""

from pathlib import Path
from typing import Any

import click

from bot.cli.files import STANDARD_INPUT
from bot.cli.worded import Mistake

STANDARD_OUTPUT = Path("-")
"""Given as an output, what is written goes to standard output."""


class InputName(click.ParamType[str]):
    """The name of a file that is read, or `-`; an empty one is none."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the name; raises `Mistake` for an empty one."""
        if not value:
            raise Mistake("empty_name", ctx)
        return str(value)


class OutputPath(click.ParamType[Path]):
    """A file that is written; an empty name, or one like an option, is a value that was forgotten.

    Where `standard` is True, `-` is standard output.
    """

    name = "file"

    def __init__(self, *, standard: bool = False) -> None:
        self._standard = standard

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; raises `Mistake` for what is no name."""
        name = str(value)
        if (name.startswith("-") and not (self._standard and name == STANDARD_INPUT)) or not name:
            raise Mistake("output_name", ctx, name=param.opts[0] if param else "", value=name)
        return Path(name)

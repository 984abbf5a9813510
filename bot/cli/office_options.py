"""The options by which one call departs from the settings of the office; every command takes them from here."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import click

Given: TypeAlias = dict[str, object]
"""Settings that the command line gives, by their name; None for what is not given."""

_FILE: dict[str, Any] = {"type": click.Path(path_type=Path), "metavar": "FILE"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "zone": {"metavar": "ZONE"},
    "hours": {"metavar": "HOURS"},
    "calendar": _FILE,
    "rules": _FILE,
}


def office_options(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add these options, or all, to a command, which gets what they say as `given`."""
    chosen = names or tuple(_OPTIONS)

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def call(*args: object, **values: object) -> None:
            given = {name: values.pop(name) for name in chosen}
            function(*args, given=given, **values)

        wrapped: Callable[..., None] = call
        for name in reversed(chosen):
            wrapped = click.option(f"--{name}", **_OPTIONS[name])(wrapped)
        return wrapped

    return decorate

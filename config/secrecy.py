"""Reads the marks of secrecy; a mistake names its file and key."""

import re
from pathlib import Path

from bot.core.errors import BadRules
from bot.core.secrecy import Secrecy
from config.rule_tables import Source
from config.toml_lines import line_of

SHIPPED = Path(__file__).parent / "secrecy.toml"

_KEYS = ("marks", "file_marks", "unless", "columns")


def load_secrecy(path: Path = SHIPPED) -> Secrecy:
    """The marks in force.

    Raises:
        BadRules: for a file that cannot be read or a mistake in it; fields `file`, `key`, `line`.
    """
    source = Source.read(path)
    for key in source.data:
        if key not in _KEYS:
            raise _fail("unknown_key", source, key)
    return Secrecy(**{key: _patterns(source, key) for key in _KEYS})


def _patterns(source: Source, key: str) -> tuple[str, ...]:
    value = source.data.get(key)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _fail("missing_key" if value is None else "wrong_type", source, key)
    try:
        for pattern in value:
            re.compile(pattern)
    except re.error as error:
        raise _fail("wrong_type", source, key) from error
    return tuple(value)


def _fail(reason: str, source: Source, key: str) -> BadRules:
    return BadRules(reason, file=source.name, key=key, line=line_of(source.text, (key,)))

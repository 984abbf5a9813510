"""Finds the line of a TOML file on which a key stands, so that a mistake can be shown where it is."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

KeyPath: TypeAlias = Sequence[str | int]
"""The way to a value, as `("off", 0, "from")`; the place within an array counts from 0."""

_Path: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|[\[{]|[\]}]|\n",
    re.DOTALL,
)
_AT_LINE = re.compile(r"\(at line (\d+)")


def line_of(source: str, key_path: KeyPath) -> int:
    """Return the line, counted from 1, of the value at `key_path` in the valid TOML text `source`.

    Where that is missing, or an item within the value of one key, it is the line of the nearest key,
    table or array around it; 1 when there is none.
    """
    lines = _lines(source)
    path = tuple(key_path)
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), 1)


def line_of_error(source: str, error: Exception) -> int:
    """Return the line, counted from 1, that the parser blames; the last one when it ran off the end or names none."""
    blamed = _AT_LINE.search(str(error))
    return int(blamed[1]) if blamed else source.rstrip().count("\n") + 1


def _lines(source: str) -> dict[_Path, int]:
    lines: dict[_Path, int] = {}
    last: dict[_Path, int] = {}
    table: _Path = ()
    for line, statement in _statements(source):
        if not statement.startswith("["):
            _note(lines, table, tomllib.loads(statement), line)
            continue
        names = _names(statement)
        table = _resolved(names[:-1], last) + names[-1:]
        if statement.startswith("[["):
            last[table] = last.get(table, -1) + 1
            lines.setdefault(table, line)
            table += (last[table],)
        for size in range(1, len(table) + 1):
            lines.setdefault(table[:size], line)
    return lines


def _statements(source: str) -> Iterator[tuple[int, str]]:
    line, start, depth = 1, 0, 0
    for token in _TOKEN.finditer(source + "\n"):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if token[0] == "\n" and depth == 0:
            statement = source[start : token.start()].strip()
            if statement and not statement.startswith("#"):
                yield line, statement
            line += source.count("\n", start, token.end())
            start = token.end()


def _names(header: str) -> tuple[str, ...]:
    names: list[str] = []
    table: dict[str, Any] = tomllib.loads(header)
    while table:
        ((name, inner),) = table.items()
        names.append(name)
        table = inner[0] if isinstance(inner, list) else inner
    return tuple(names)


def _resolved(names: Sequence[str], last: dict[_Path, int]) -> _Path:
    path: _Path = ()
    for name in names:
        path += (name,)
        if path in last:
            path += (last[path],)
    return path


def _note(lines: dict[_Path, int], table: _Path, values: dict[str, object], line: int) -> None:
    for name, value in values.items():
        lines.setdefault((*table, name), line)
        if isinstance(value, dict):
            _note(lines, (*table, name), value, line)

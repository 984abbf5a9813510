"""The tables of the rule files, read with every key and type checked; a mistake names its file, key and line."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.errors import BadRules
from bot.core.model import Clause
from config.toml_lines import line_of, line_of_error

CLAUSE_KEYS = ("document", "item", "responsible_unit")
"""The policy item behind a rule, and who answers for it; any table of a rule may state them."""


MOST = 100_000
"""The largest number, above or below zero, that a rule may hold; no honest one comes near."""

SCORES = "scores"
"""The table of the word scores, one inner table for each card."""


@dataclass(frozen=True, slots=True)
class Source:
    """One rule file: its name, its text, and what the text says."""

    name: str
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "Source":
        """Read a file.

        Raises:
            BadRules: `unreadable` or `syntax`, with `file`, `key` and `line`.
        """
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadRules("unreadable", file=(path.name or str(path)), key="", line=0) from error
        try:
            return cls((path.name or str(path)), text, tomllib.loads(text))
        except (ValueError, RecursionError) as error:
            line = line_of_error(text, error)
            raise BadRules("syntax", file=(path.name or str(path)), key="", line=line) from error


class RuleTables:
    """All tables together: the office's own laid over the shipped ones, whose word classes add up over files."""

    def __init__(self, shipped: Sequence[Source], own: Sequence[Source]) -> None:
        self._sources = (*shipped, *own)
        self._shipped = len(shipped)
        self._tables: dict[str, dict[str, Any]] = {}
        for place, source in enumerate(self._sources):
            for name, table in source.data.items():
                self._add(name, table, adds_up=name == "words" and place < len(shipped))

    def own_words(self) -> Iterator[str]:
        """The names of word classes that stand in no shipped file."""
        shipped = {name for source in self._sources[: self._shipped] for name in source.data.get("words", ())}
        for source in self._sources[self._shipped :]:
            yield from (name for name in source.data.get("words", ()) if name not in shipped)

    def _add(self, name: str, table: Any, *, adds_up: bool) -> None:
        if not isinstance(table, dict):
            raise self.fail("not_a_table", name)
        shared = self._tables.setdefault(name, {})
        more = {key: f"{shared.get(key, '')}\n{words}" for key, words in table.items()} if adds_up else table
        if name == SCORES:  # an office may change one number of a card without writing it all anew
            more = {key: _laid_over(shared.get(key), card) for key, card in table.items()}
        self._tables[name] = shared | more

    def fail(self, reason: str, *path: str | int, **more: object) -> BadRules:
        """The error for a mistake at a key, in the last file that holds the key's table."""
        key = ".".join(map(str, path))
        for source in reversed(self._sources):
            if path and path[0] in source.data:
                return BadRules(reason, file=source.name, key=key, line=line_of(source.text, path), **more)
        return BadRules(reason, file=self._sources[-1].name, key=key, line=1, **more)

    def table(self, name: str) -> "RuleTable":
        """A table by its name, empty where no file has it."""
        return RuleTable(self, self._tables.get(name, {}), (name,))

    def required(self, name: str) -> "RuleTable":
        """A table that some file must have; raises `BadRules` (`missing_key`) otherwise."""
        if name not in self._tables:
            raise self.fail("missing_key", name)
        return self.table(name)

    def only(self, known: Iterable[str]) -> None:
        """Raise `BadRules` (`unknown_key`) for a table of any other name."""
        allowed = set(known)
        for name in self._tables:
            if name not in allowed:
                raise self.fail("unknown_key", name)


def _laid_over(shipped: Any, own: Any) -> Any:
    return shipped | own if isinstance(shipped, dict) and isinstance(own, dict) else own


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One table, with the way to it; each reader raises `BadRules` that names the key it could not read."""

    tables: RuleTables
    values: dict[str, Any]
    path: tuple[str | int, ...]

    def fail(self, reason: str, *keys: str | int, **more: object) -> BadRules:
        """The error for a mistake at a key of this table."""
        return self.tables.fail(reason, *self.path, *keys, **more)

    def only(self, known: Iterable[str], *, clause: bool = False) -> None:
        """Raise for a key that is neither known nor, in a table that states a `clause`, part of it."""
        allowed = {*known, *(CLAUSE_KEYS if clause else ())}
        for key in self.values:
            if key not in allowed:
                raise self.fail("unknown_key", key)

    def number(self, key: str) -> float:
        """The number of a key; yes or no is none."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MOST:
            raise self.fail("missing_key" if value is None else "not_a_number", key)
        return float(value)

    def count(self, key: str) -> int:
        """The number of a key that counts something: whole, and not below zero."""
        number = self.number(key)
        if number < 0 or not number.is_integer():
            raise self.fail("not_a_count", key)
        return int(number)

    def text(self, key: str) -> str:
        """The text of a key."""
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.fail("not_text" if key in self.values else "missing_key", key)
        return value

    def names(self, key: str) -> list[Any]:
        """The array of a key, its items unread."""
        value = self.values.get(key)
        if not isinstance(value, list):
            raise self.fail("missing_key" if value is None else "wrong_type", key)
        return value

    def inner(self, key: str) -> "RuleTable":
        """The table within this one under a key."""
        if not isinstance(self.values.get(key), dict):
            raise self.fail("not_a_table" if key in self.values else "missing_key", key)
        return RuleTable(self.tables, self.values[key], (*self.path, key))

    def rows(self, key: str) -> list["RuleTable"]:
        """The tables of an array of them, at least one."""
        rows = self.values.get(key)
        if not isinstance(rows, list) or not rows:
            raise self.fail("missing_key", key)
        for place, row in enumerate(rows):
            if not isinstance(row, dict):
                raise self.fail("not_a_table", key, place)
        return [RuleTable(self.tables, row, (*self.path, key, place)) for place, row in enumerate(rows)]

    def words(self, key: str) -> tuple[str, ...]:
        """The words of a text, the longest first."""
        return tuple(sorted(self.text(key).split(), key=len, reverse=True))

    def word_lists(self) -> dict[str, list[str]]:
        """Every key of this table with the words of its text, in the order of the files."""
        return {key: self.text(key).split() for key in self.values}

    def clause(self) -> Clause:
        """The policy item that the table states."""
        return Clause(*(self.text(key) for key in CLAUSE_KEYS))

"""The rule files in `rules/` become a pipeline; a mistake in them names its file, key and line."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from bot.core.detectors import DETECTORS
from bot.core.detectors.base import Detector
from bot.core.errors import BadRules
from bot.core.facts import FactReader, FactRules, FollowUp, ScoreCard
from bot.core.lexicon import Lexicon, Mask
from bot.core.model import Clause
from bot.core.patterns import Matcher, Pattern
from bot.core.pipeline import Pipeline
from bot.core.reading import Reader
from bot.core.stance import SPEECH_CLASSES, Stance, Weights
from config.toml_lines import line_of, line_of_error

_FOLDER = Path(__file__).parent / "rules"
INHERITED = ("chase",)
"""Word classes that a longer word takes over from the words in it."""

_CLAUSE_KEYS = ("document", "item", "responsible_unit")
_PATTERN_MASKS = ("needs", "needs_message", "unless", "unless_message")


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as `jianfu rules` lists it."""

    category: str
    kind: str
    clause: Clause
    reasons: tuple[str, ...]
    minimum_score: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force."""

    pipeline: Pipeline
    entries: tuple[RuleEntry, ...]


def load_rules(own: Path | None = None) -> Rules:
    """The shipped rules, with the tables of an office's own file laid over them.

    Raises:
        BadRules: for a file that cannot be read or a mistake in it; fields `file`, `key`, `line`.
    """
    shipped = [_Source.read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return _Builder(shipped, [_Source.read(own)] if own else []).build()


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    text: str
    data: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "_Source":
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BadRules("unreadable", file=path.name, key="", line=0) from error
        try:
            return cls(path.name, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            line = line_of_error(text, error)
            raise BadRules("syntax", file=path.name, key="", line=line) from error


class _Builder:
    def __init__(self, shipped: list[_Source], own: list[_Source]) -> None:
        self._sources = [*shipped, *own]
        self._shipped = len(shipped)
        self._tables = self._merged()
        self._known_names()
        self.lexicon = self._lexicon()
        self.stance = Stance(self.lexicon, self._weights())
        self.entries: list[RuleEntry] = []

    def build(self) -> Rules:
        reader = Reader(self.lexicon)
        facts = FactReader(self._facts())
        detectors = [self._detector(kind) for kind in DETECTORS]
        return Rules(Pipeline(reader, facts, detectors), tuple(self.entries))

    def fail(self, reason: str, *path: str | int, **more: object) -> BadRules:
        """The error for a mistake at a key, in the last file that holds the key."""
        for source in reversed(self._sources):
            if path and path[0] in source.data:
                key = ".".join(str(part) for part in path)
                return BadRules(reason, file=source.name, key=key, line=line_of(source.text, path), **more)
        return BadRules(reason, file=self._sources[-1].name, key=".".join(map(str, path)), line=1, **more)

    def _merged(self) -> dict[str, dict[str, Any]]:
        tables: dict[str, dict[str, Any]] = {}
        for place, source in enumerate(self._sources):
            for name, table in source.data.items():
                if not isinstance(table, dict):
                    raise self.fail("not_a_table", name)
                shared = tables.setdefault(name, {})
                adds_up = name == "words" and place < self._shipped
                more = {key: f"{shared.get(key, '')}\n{words}" for key, words in table.items()} if adds_up else table
                tables[name] = shared | more
        return tables

    def _known_names(self) -> None:
        known = {"words", "variants", "stance", "facts", *(kind.category.value for kind in DETECTORS)}
        for name in self._tables:
            if name not in known:
                raise self.fail("unknown_key", name)

    def _lexicon(self) -> Lexicon:
        classes: dict[str, list[str]] = {}
        for name, words in self._tables.get("words", {}).items():
            if not isinstance(words, str):
                raise self.fail("not_text", "words", name)
            classes[name] = words.split()
        for name in SPEECH_CLASSES:
            if name not in classes:
                raise self.fail("missing_key", "words", name)
        classes = {name: classes[name] for name in sorted(classes, key=self._rank)}
        variants: dict[str, list[str]] = {}
        for word, spellings in self._tables.get("variants", {}).items():
            if not isinstance(spellings, str):
                raise self.fail("not_text", "variants", word)
            variants[word] = spellings.split()
        return Lexicon(classes, variants, INHERITED)

    def _rank(self, name: str) -> int:
        """0 for the classes that every message is weighed by; they get the lowest, cheapest bits."""
        cards = [card for card in self._tables.get("facts", {}).values() if isinstance(card, dict)]
        weighed = any(name in card.get(part, ()) for card in cards for part in ("sentence", "message", "opening"))
        return 0 if weighed or name in SPEECH_CLASSES else 1

    def _weights(self) -> Weights:
        table = self._tables.get("stance", {})
        self._only(table, {f.name for f in fields(Weights)}, "stance")
        return Weights(**{f.name: self._number(table, f.name, "stance") for f in fields(Weights)})

    def _facts(self) -> FactRules:
        table = self._tables.get("facts", {})
        options: dict[str, Any] = {}
        for name, hint in get_type_hints(FactRules).items():
            inner = table.get(name)
            if not isinstance(inner, dict):
                raise self.fail("missing_key", "facts", name)
            if hint is FollowUp:
                options[name] = self._follow_up(inner, "facts", name)
                continue
            read = self._matcher if hint is Matcher else self._card
            options[name] = read(inner, "facts", name)
            self._entry(name, "fact", inner, "facts", name)
        self._only(table, set(options), "facts")
        return FactRules(**options)

    def _follow_up(self, table: dict[str, Any], *path: str) -> FollowUp:
        self._only(table, {f.name for f in fields(FollowUp)}, *path)
        minutes = int(self._number(table, "minutes", *path))
        return FollowUp(self._mask(table, "words", *path), self._mask(table, "unless", *path), minutes)

    def _card(self, table: dict[str, Any], *path: str) -> ScoreCard:
        self._only(table, {f.name for f in fields(ScoreCard) if f.init}, *path)
        return ScoreCard(
            base=self._number(table, "base", *path),
            minimum_score=self._number(table, "minimum_score", *path),
            shown=self._mask(table, "shown", *path),
            refusal=self._mask(table, "refusal", *path),
            refusal_after=self._mask(table, "refusal_after", *path),
            sentence=self._points(table, "sentence", *path),
            message=self._points(table, "message", *path),
            opening=self._points(table, "opening", *path),
        )

    def _points(self, table: dict[str, Any], key: str, *path: str) -> dict[int, float]:
        rows = table.get(key)
        if not isinstance(rows, dict):
            raise self.fail("missing_key", *path, key)
        for name in rows:
            if name not in self.lexicon.classes:
                raise self.fail("unknown_words", *path, key, name, words=name)
        return {self.lexicon.mask(name): self._number(rows, name, *path, key) for name in rows}

    def _detector(self, kind: type[Detector]) -> Detector:
        name = kind.category.value
        table = self._tables.get(name)
        if table is None:
            raise self.fail("missing_key", name)
        options: dict[str, Any] = {}
        known: set[str] = set()
        hints = get_type_hints(kind)
        for option in fields(kind):  # type: ignore[arg-type]
            if not option.init:
                continue
            options[option.name], keys = self._option(hints[option.name], table, option.name, name)
            known |= keys
        self._only(table, known, name)
        self._entry(name, "finding", table, name)
        return kind(**options)

    def _option(self, hint: Any, table: dict[str, Any], option: str, name: str) -> tuple[Any, set[str]]:
        if hint is Clause:
            return self._clause(table, name), set(_CLAUSE_KEYS)
        if hint is Matcher:
            return self._matcher(table, name), {"patterns", "minimum_score"}
        if hint is Mask:
            return self._mask(table, option, name), {option}
        if hint in (int, float):
            return hint(self._number(table, option, name)), {option}
        if hint == tuple[str, ...]:
            return self._words(table, option, name), {option}
        if option not in table or not isinstance(table[option], dict):
            raise self.fail("not_a_table", name, option)
        groups = table[option]
        return self._synonyms(groups, name, option), {option}

    def _words(self, table: dict[str, Any], option: str, name: str) -> tuple[str, ...]:
        """The words of a text, the longest first."""
        if not isinstance(table.get(option), str):
            raise self.fail("not_text" if option in table else "missing_key", name, option)
        return tuple(sorted(table[option].split(), key=len, reverse=True))

    def _synonyms(self, groups: Mapping[str, Any], *path: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for meant, words in groups.items():
            if not isinstance(words, str):
                raise self.fail("not_text", *path, meant)
            found.update(dict.fromkeys(sorted(words.split(), key=len, reverse=True), meant))
        return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))

    def _entry(self, name: str, kind: str, table: dict[str, Any], *path: str) -> None:
        reasons = tuple(dict.fromkeys(p["reason"] for p in table.get("patterns", ())))
        score = float(table.get("minimum_score", 0.0))
        self.entries.append(RuleEntry(name, kind, self._clause(table, *path), reasons, score))

    def _clause(self, table: dict[str, Any], *path: str) -> Clause:
        values = []
        for key in _CLAUSE_KEYS:
            if not isinstance(table.get(key), str):
                raise self.fail("not_text" if key in table else "missing_key", *path, key)
            values.append(table[key])
        return Clause(*values)

    def _matcher(self, table: dict[str, Any], *path: str) -> Matcher:
        rows = table.get("patterns")
        if not isinstance(rows, list) or not rows:
            raise self.fail("missing_key", *path, "patterns")
        patterns = [self._pattern(row, *path, "patterns", place) for place, row in enumerate(rows)]
        return Matcher(patterns, self.stance, self._number(table, "minimum_score", *path))

    def _pattern(self, row: Any, *path: str | int) -> Pattern:
        if not isinstance(row, dict):
            raise self.fail("not_a_table", *path)
        options: dict[str, Any] = {}
        hints = get_type_hints(Pattern)
        for option in fields(Pattern):
            key = option.name
            if key not in row:
                if option.default is MISSING:
                    raise self.fail("missing_key", *path, key)
                continue
            options[key] = self._pattern_value(row, key, hints[key], *path)
        self._only(row, {f.name for f in fields(Pattern)}, *path)
        return Pattern(**options)

    def _pattern_value(self, row: dict[str, Any], key: str, hint: Any, *path: str | int) -> Any:
        if key == "parts":
            if not isinstance(row[key], list) or not 1 <= len(row[key]) <= 3:
                raise self.fail("bad_parts", *path, key)
            return tuple(self._bits(part, *path, key) for part in row[key])
        if key in _PATTERN_MASKS:
            return self._mask(row, key, *path)
        if hint in (int, float):
            return hint(self._number(row, key, *path))
        if not isinstance(row[key], hint):
            raise self.fail("wrong_type", *path, key)
        return row[key]

    def _mask(self, table: dict[str, Any], key: str, *path: str | int) -> Mask:
        names = table.get(key)
        if not isinstance(names, list):
            raise self.fail("missing_key" if names is None else "wrong_type", *path, key)
        bits = 0
        for name in names:
            bits |= self._bits(name, *path, key)
        return Mask(bits)

    def _bits(self, names: Any, *path: str | int) -> Mask:
        """The bits of `a` or `a|b`."""
        if not isinstance(names, str):
            raise self.fail("wrong_type", *path)
        parts = names.split("|")
        for name in parts:
            if name not in self.lexicon.classes:
                raise self.fail("unknown_words", *path, words=name)
        return self.lexicon.mask(*parts)

    def _number(self, table: dict[str, Any], key: str, *path: str | int) -> float:
        value = table.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fail("missing_key" if value is None else "not_a_number", *path, key)
        return float(value)

    def _only(self, table: dict[str, Any], known: set[str], *path: str | int) -> None:
        for key in table:
            if key not in known and key not in _CLAUSE_KEYS:
                raise self.fail("unknown_key", *path, key)

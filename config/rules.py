"""The rule files in `rules/` become a pipeline; a mistake in them names its file, key and line."""

from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, get_type_hints

from bot.core.detectors import CARDS, DETECTORS
from bot.core.detectors.base import Detector
from bot.core.facts import FactReader, FactRules, FollowUp, Shown
from bot.core.lexicon import Lexicon, Mask
from bot.core.model import Clause, Fact
from bot.core.patterns import Matcher, Pattern
from bot.core.pipeline import Pipeline
from bot.core.reading import Reader
from bot.core.stance import SPEECH_CLASSES, Stance, Weights
from bot.core.weighed import WORDING
from bot.core.wordscores import WordScores
from config.rule_tables import SCORES, RuleTable, RuleTables, Source
from config.word_scores import read_cards

_FOLDER = Path(__file__).parent / "rules"
_SCORES = Path(__file__).parent / "scores"
_SHARED = ("words", "variants", "stance", "facts", SCORES)
INHERITED = ("chase", "kin", "private")
"""Word classes that a longer word takes over from the words in it."""

COMPOSED = ("addressee", "send", "picture")
"""Word classes that a word takes over when it is two other words written together."""

CLEAR = (
    "app_all", "barely", "chain_say", "dc_again", "dc_count", "folks", "gw_party", "gw_theirs", "gw_you_for",
    "imperative", "inquiry", "kin", "life", "musing", "pic_count", "pic_lack", "qs_goal", "qs_phone", "rank_lead",
    "rank_others", "rank_place", "rank_tail", "rank_zero", "resend", "resend_same", "resend_weak", "result",
    "title_end", "unit_self", "vl_comment", "vl_crowd", "vl_numbered", "vl_push", "vl_short", "vl_show", "vl_sure",
    "when",
)  # fmt: skip
"""Word classes whose words hide none of the words in them."""

_MATCHER_KEYS = ("patterns", "minimum_score")
_PATTERN_MASKS = ("needs", "needs_message", "unless", "unless_message")
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as `jianfu rules` lists it."""

    category: str
    kind: str
    clause: Clause
    reasons: tuple[str, ...]
    minimum_score: float | None
    """What a template must reach; None where no template decides."""


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
    return _built([Source.read(own)]) if own else _shipped_rules()


@cache
def _shipped_rules() -> Rules:
    """The shipped rules, read once in a process: they do not change while it runs, and take a second to build."""
    return _built([])


def _built(own: Sequence[Source]) -> Rules:
    shipped = [Source.read(path) for folder in (_FOLDER, _SCORES) for path in sorted(folder.glob("*.toml"))]
    return _Builder(RuleTables(shipped, own)).build()


def load_parts() -> tuple[Lexicon, FactReader, list[Detector]]:
    """The shipped words and templates without the word scores, which are fitted to what these find."""
    builder = _Builder(RuleTables([Source.read(path) for path in sorted(_FOLDER.glob("*.toml"))], []))
    return builder.lexicon, builder.facts(), builder.detectors()


class _Builder:
    def __init__(self, tables: RuleTables) -> None:
        tables.only({*_SHARED, *(kind.category.value for kind in DETECTORS)})
        self._tables = tables
        self._used: set[str] = set()
        self.lexicon = Lexicon(self._classes(), tables.table("variants").word_lists(), INHERITED, COMPOSED, CLEAR)
        self._stance = Stance(self.lexicon, self._weights())

    def build(self) -> Rules:
        facts = self.facts()
        detectors = self.detectors()
        cards = read_cards(self._tables.table(SCORES), self.lexicon, (*Fact, *CARDS))
        self._check_own_words(reduce(or_, [bit for card in cards.values() for bit in card.classes], 0))
        scores = WordScores(cards)
        return Rules(Pipeline(Reader(self.lexicon), facts, scores, detectors), tuple(self._entries()))

    def _check_own_words(self, weighed: int) -> None:
        """Raise for a class of words that the office made and nothing uses, as a mistyped name is."""
        for name in self._tables.own_words():
            if name not in self._used and not self.lexicon.mask(name) & weighed:
                raise self._tables.fail("unknown_key", "words", name)

    def facts(self) -> FactReader:
        return FactReader(self._facts())

    def detectors(self) -> list[Detector]:
        return [self._detector(kind) for kind in DETECTORS]

    def _entries(self) -> Iterator[RuleEntry]:
        facts = self._tables.required("facts")
        for name, hint in get_type_hints(FactRules).items():
            if hint is not FollowUp:
                yield _entry(name, "fact", facts.inner(name), (f"{WORDING}_fact",))
        for kind in DETECTORS:
            name = kind.category.value
            own = kind.reasons or (f"{WORDING}_{name}",)
            yield _entry(name, "finding", self._tables.required(name), own)

    def _classes(self) -> dict[str, list[str]]:
        """The word classes; those that every message is weighed by come first and get the cheapest bits."""
        classes = self._tables.table("words").word_lists()
        for name in SPEECH_CLASSES:
            if name not in classes:
                raise self._tables.fail("missing_key", "words", name)
        weighed = set(SPEECH_CLASSES)
        return {name: classes[name] for name in sorted(classes, key=lambda name: name not in weighed)}

    def _weights(self) -> Weights:
        table = self._tables.table("stance")
        names = [field.name for field in fields(Weights)]
        table.only(names)
        return Weights(**{name: table.number(name) for name in names})

    def _facts(self) -> FactRules:
        table = self._tables.required("facts")
        table.only(field.name for field in fields(FactRules))
        return FactRules(
            data_collection=self._plain_fact(table.inner("data_collection")),
            follow_up=self._follow_up(table.inner("follow_up")),
            task=self._shown(table.inner("task")),
            urgent=self._plain_fact(table.inner("urgent")),
            work=self._shown(table.inner("work")),
        )

    def _plain_fact(self, table: RuleTable) -> Matcher:
        table.only(_MATCHER_KEYS, clause=True)
        return self._matcher(table)

    def _follow_up(self, table: RuleTable) -> FollowUp:
        table.only(field.name for field in fields(FollowUp))
        return FollowUp(self._mask(table, "words"), self._mask(table, "unless"), table.count("minutes"))

    def _shown(self, table: RuleTable) -> Shown:
        table.only(("shown",), clause=True)
        return Shown(self._mask(table, "shown"))

    def _detector(self, kind: type[Detector]) -> Detector:
        table = self._tables.required(kind.category.value)
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind) if field.init]  # type: ignore[arg-type]
        keys = {*names, *_MATCHER_KEYS} if "matcher" in names else {*names}
        table.only(keys - {"clause", "matcher"}, clause=True)
        return kind(**{name: self._option(hints[name], table, name) for name in names})

    def _option(self, hint: Any, table: RuleTable, name: str) -> Any:
        """One option of a detector, read as the type of its field says."""
        if hint is Clause:
            return table.clause()
        if hint is Matcher:
            return self._matcher(table)
        if hint is Mask:
            return self._mask(table, name)
        if hint in (int, float):
            return table.count(name) if hint is int else table.number(name)
        if hint == tuple[str, ...]:
            return table.words(name)
        return _meanings(table.inner(name))

    def _matcher(self, table: RuleTable) -> Matcher:
        patterns = [self._pattern(row) for row in table.rows("patterns")]
        return Matcher(patterns, self._stance, table.number("minimum_score"))

    def _pattern(self, row: RuleTable) -> Pattern:
        hints = get_type_hints(Pattern)
        row.only(hints)
        options: dict[str, Any] = {}
        for field in fields(Pattern):
            if field.name in row.values:
                options[field.name] = self._pattern_value(row, field.name, hints[field.name])
            elif field.default is MISSING:
                raise row.fail("missing_key", field.name)
        return Pattern(**options)

    def _pattern_value(self, row: RuleTable, key: str, hint: Any) -> Any:
        value = row.values[key]
        if key == "parts":
            if not isinstance(value, list) or not 1 <= len(value) <= _MOST_PARTS:
                raise row.fail("bad_parts", key)
            return tuple(self._bits(part, row, key) for part in value)
        if key in _PATTERN_MASKS:
            return self._mask(row, key)
        if hint in (int, float):
            return row.count(key) if hint is int else row.number(key)
        if not isinstance(value, hint):
            raise row.fail("wrong_type", key)
        return value

    def _mask(self, table: RuleTable, key: str) -> Mask:
        """The bits of all classes that an array names."""
        bits = 0
        for names in table.names(key):
            bits |= self._bits(names, table, key)
        return Mask(bits)

    def _bits(self, names: Any, table: RuleTable, key: str) -> Mask:
        """The bits of `a` or `a|b`."""
        if not isinstance(names, str):
            raise table.fail("wrong_type", key)
        parts = names.split("|")
        for name in parts:
            if name not in self.lexicon.classes:
                raise table.fail("unknown_words", key, words=name)
        self._used.update(parts)
        return self.lexicon.mask(*parts)


def _meanings(table: RuleTable) -> dict[str, str]:
    """Each word of a table of synonyms with what it means, the longest first."""
    found = {word: meant for meant in table.values for word in table.words(meant)}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _entry(name: str, kind: str, table: RuleTable, own: tuple[str, ...]) -> RuleEntry:
    patterns = table.rows("patterns") if "patterns" in table.values else []
    reasons = dict.fromkeys((*(row.text("reason") for row in patterns), *own))
    score = table.number("minimum_score") if "minimum_score" in table.values else None
    return RuleEntry(name, kind, table.clause(), tuple(reasons), score)

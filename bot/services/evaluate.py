"""Scores what was told of labelled messages: precision, recall and F1 of each label; pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.model import Category, Fact

CATEGORIES = frozenset(category.value for category in Category)
FACTS = frozenset(fact.value for fact in Fact)


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled message: the labels that are true of it, and those that were told of it."""

    id: str
    text: str
    labels: frozenset[str]
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How often a label was told rightly, told falsely, and missed; a share of nothing is None."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of what was told that is true."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """The share of what is true that was told."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Miss:
    """A message of which something was told falsely or not told."""

    id: str
    text: str
    false: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of all labels that were scored, and the messages that were judged wrongly.

    A message is clean when no category is among its labels; `false_on_clean` counts findings.
    """

    messages: int
    categories: Mapping[str, Score]
    facts: Mapping[str, Score]
    clean: int
    false_on_clean: int
    misses: tuple[Miss, ...]

    @property
    def overall(self) -> Score:
        """The sum over all categories; facts are no findings and do not count here."""
        return sum(self.categories.values(), Score())

    @property
    def false_per_100_clean(self) -> float | None:
        """False findings for each hundred clean messages."""
        share = _share(self.false_on_clean, self.clean)
        return None if share is None else 100 * share


def evaluate(files: Iterable[Sequence[Judged]]) -> Evaluation:
    """Score every category, and in each file the facts that the file uses as a label at all."""
    judged = [_scored(message, scored) for file in files for scored in [_labels_of(file)] for message in file]
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for message in judged:
        right.update(message.labels & message.told)
        false.update(message.told - message.labels)
        missed.update(message.labels - message.told)
    scores = {label: Score(right[label], false[label], missed[label]) for label in sorted({*right, *false, *missed})}
    clean = [message for message in judged if not message.labels & CATEGORIES]
    return Evaluation(
        messages=len(judged),
        categories={label: score for label, score in scores.items() if label in CATEGORIES},
        facts={label: score for label, score in scores.items() if label in FACTS},
        clean=len(clean),
        false_on_clean=sum(len(message.told & CATEGORIES) for message in clean),
        misses=tuple(_miss(message) for message in judged if message.labels != message.told),
    )


def _labels_of(file: Iterable[Judged]) -> frozenset[str]:
    return CATEGORIES.union(*(message.labels for message in file))


def _scored(message: Judged, scored: frozenset[str]) -> Judged:
    return Judged(message.id, message.text, message.labels, message.told & scored)


def _miss(message: Judged) -> Miss:
    return Miss(
        message.id,
        message.text,
        false=tuple(sorted(message.told - message.labels)),
        missed=tuple(sorted(message.labels - message.told)),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

"""From how many points a label is given: as few as keep what is told precise, on writers unknown to the cards."""

from collections.abc import Mapping, Sequence

from tests.fitting.examples import Example
from tests.fitting.model import FACTS

AIMS: Mapping[str, float] = {
    "screenshot_checkin": 0.94, "vote_like": 0.95, "work": 0.95, "task": 0.91, "late_deadline": 0.91, "ranking": 0.91,
    "duplicate_collection": 0.91, "data_collection": 0.96,
}  # fmt: skip
USUAL_AIM = 0.93
BOUNDS = (0.95, 1.4)
"""Log odds between which a burden begins to be given: what a few examples suggest is not trusted beyond.

A false finding costs more than a miss: on messages by nine new writers a beginning at +0.9 and not at +0.3 made a
quarter fewer false findings on clean messages, and missed one demand more in a hundred.
"""
FACT_BOUNDS = (-1.5, 0.6)
DATA_BOUNDS = (0.25, 0.6)
"""The same for the collection of data, a fact that is shown as a count: new writers told fewer orders from it."""


def thresholds(examples: Sequence[Example], scored: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The log odds from which each label is given."""
    return {label: _least(label, examples, scored) for label in scored[0]}


def _least(label: str, examples: Sequence[Example], scored: Sequence[Mapping[str, float]]) -> float:
    pairs = [(s[label], label in e.labels) for e, s in zip(examples, scored, strict=True) if e.tells_of(label)]
    lowest, highest = _bounds(label)
    right, least = 0, highest
    for told, (score, true) in enumerate(sorted(pairs, reverse=True), start=1):
        right += true
        if true and right / told >= AIMS.get(label, USUAL_AIM):
            least = score
    return round(max(lowest, min(highest, least)) - 0.05, 1)


def _bounds(label: str) -> tuple[float, float]:
    """The log odds between which a label begins to be given."""
    if label == "data_collection":
        return DATA_BOUNDS
    return FACT_BOUNDS if label in FACTS else BOUNDS


def table(examples: Sequence[Example], scored: Sequence[Mapping[str, float]], least: Mapping[str, float]) -> list[str]:
    """Precision and recall of every label at its threshold, a line each, and false findings on clean messages."""
    lines = []
    false_on_clean = 0
    clean = [not e.labels - {*FACTS} for e in examples]
    for label, limit in least.items():
        told = [s[label] >= limit for s in scored]
        true = [label in e.labels for e in examples]
        right = sum(a and b for a, b in zip(told, true, strict=True))
        if label not in FACTS:
            false_on_clean += sum(a and b for a, b in zip(told, clean, strict=True))
        lines.append(
            f"{label:20} {sum(true):5} messages, from {limit:+.1f}: "
            f"precision {right / max(1, sum(told)):.2f}, recall {right / max(1, sum(true)):.2f}"
        )
    lines.append(f"false findings on 100 clean messages: {100 * false_on_clean / max(1, sum(clean)):.1f}")
    return lines

"""From how many points a label is given: as few as keep what is told precise, on writers that the cards have not seen."""

from collections.abc import Mapping, Sequence

from tests.fitting.examples import Example
from tests.fitting.model import FACTS

AIMS: Mapping[str, float] = {"screenshot_checkin": 0.95, "vote_like": 0.95, "work": 0.95, "task": 0.9}
USUAL_AIM = 0.92
LOWEST, HIGHEST = -1.5, 2.5
"""Bounds in log odds: a label that is given must be likely, and a likely one must be given."""


MOST_FALSE = 0.012
"""Findings by cards on clean messages, a share of these; `after_hours` and deadlines need the rest of one in a hundred."""


def thresholds(examples: Sequence[Example], scored: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The log odds from which each label is given."""
    least = {label: _least(label, examples, scored) for label in scored[0]}
    clean = [place for place, example in enumerate(examples) if not example.labels - {*FACTS}]
    while (false := _false(clean, scored, least)) and len(false) > MOST_FALSE * len(clean):
        label, limit = min(false, key=lambda step: _lost(step, examples, scored, least))
        least[label] = round(limit + 0.1, 1)
    return least


def _false(
    clean: Sequence[int], scored: Sequence[Mapping[str, float]], least: Mapping[str, float]
) -> list[tuple[str, float]]:
    """The labels given to clean messages, each with the log odds at which it was."""
    told = [(label, s[label]) for place in clean for s in [scored[place]] for label in least if label not in FACTS]
    return [(label, score) for label, score in told if score >= least[label]]


def _lost(
    step: tuple[str, float],
    examples: Sequence[Example],
    scored: Sequence[Mapping[str, float]],
    least: Mapping[str, float],
) -> float:
    """The share of what is rightly told of a label that a threshold above this score would lose."""
    label, limit = step
    told = [s[label] for e, s in zip(examples, scored, strict=True) if label in e.labels and s[label] >= least[label]]
    return sum(score < limit + 0.1 for score in told) / max(1, len(told))


def _least(label: str, examples: Sequence[Example], scored: Sequence[Mapping[str, float]]) -> float:
    pairs = [(s[label], label in e.labels) for e, s in zip(examples, scored, strict=True) if e.tells_of(label)]
    ranked = sorted(pairs, reverse=True)
    right = 0
    least = HIGHEST
    for told, (score, true) in enumerate(ranked, start=1):
        right += true
        if true and right / told >= AIMS.get(label, USUAL_AIM):
            least = score
    return round(max(LOWEST, min(HIGHEST, least)) - 0.05, 1)


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

"""What the word scores of a message decide: its facts, and with the templates its findings.

A template that matched is one more reason, a strong one: its points are added to those of the words. So a demand in
words that no template knows is found, and a template that matched a complaint or a joke is overruled.
"""

from collections.abc import Mapping, Sequence

from bot.core.detectors.base import Detector
from bot.core.model import Category, Fact, Finding, Span
from bot.core.reading import Reading
from bot.core.wordscores import FINE, Label, Weight, WordScores, odds

WORDING = "wording"
"""The reason of a finding that no template made, but the words together: this and the category."""

_FACTS = tuple(Fact)

MOST_SPANS = 3
"""Places that are shown of a finding made by its words."""

SHOWN = 0.4
"""Share of the heaviest character's points from which a character is shown."""


class Weighed:
    """The points of one message on every card."""

    __slots__ = ("_least", "_points", "_reading", "_rule", "_scores")

    def __init__(self, scores: WordScores, reading: Reading) -> None:
        self._scores = scores
        self._reading = reading
        self._points: Mapping[Label, int] = scores.weigh(reading)
        self._least = scores.least
        self._rule = scores.rule
        reading.points = {fact: self._points[fact] / FINE for fact in _FACTS if fact in self._points}
        reading.asks_again = self.gives(Category.DUPLICATE_COLLECTION)

    def gives(self, label: Label) -> bool:
        """Whether the words alone give the label; not where there is no card."""
        return label in self._points and self._points[label] >= self._least[label]

    def hopeless(self, label: Label) -> bool:
        """Whether the label is not given even where a template matches."""
        return label in self._points and self._points[label] + self._rule[label] < self._least[label]

    def judged(self, detector: Detector, found: Sequence[Finding]) -> Sequence[Finding]:
        """The findings that templates and words make together, each with its probability as its score.

        A finding with the score 0 is a possibility that no template saw, but the detector did.
        """
        label = detector.category
        matched = any(finding.score for finding in found)
        if label not in self._points:
            return found if matched else ()
        points = self._points[label] + (self._rule[label] if matched else 0)
        if points < self._least[label]:
            return ()
        score = round(odds(points / FINE), 2)
        if found:
            return [finding._replace(score=score) for finding in found]
        return (Finding(label, score, f"{WORDING}_{label}", self.evidence(label), detector.clause),)

    def evidence(self, label: Label) -> tuple[Span, ...]:
        """The places of the original text whose words speak most for a label."""
        return self._reading.originals(heaviest(self._scores.why(self._reading, label)))


def heaviest(weights: Sequence[Weight]) -> list[Span]:
    """The places where the points for a label gather, in the order of the text."""
    points: dict[int, float] = {}
    for weight in weights:
        for start, end in weight.places:
            for place in range(start, end):
                points[place] = points.get(place, 0.0) + weight.points / (end - start)
    least = max(points.values(), default=0.0) * SHOWN
    runs: list[tuple[float, int, int]] = []
    for place in sorted(place for place, score in points.items() if score > 0 and score >= least):
        if runs and runs[-1][2] == place:
            total, start, _ = runs.pop()
            runs.append((total + points[place], start, place + 1))
        else:
            runs.append((points[place], place, place + 1))
    return sorted(span[1:] for span in sorted(runs, reverse=True)[:MOST_SPANS])

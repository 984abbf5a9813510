"""What the word scores of a message decide: its facts, and with the templates its findings.

A template that matched is one more reason, a strong one: its points are added to those of the words. So a demand in
words that no template knows is found, and a template that matched a complaint or a joke is overruled.
"""

from collections.abc import Sequence

from bot.core.detectors.base import Detector, Worded
from bot.core.lexicon import FIRST_CLASS
from bot.core.model import Category, Fact, Finding, Span
from bot.core.reading import Reading
from bot.core.wordscores import Label, WordScores, odds
from bot.core.wordsigns import WHOLE, Stretch, unmuted

_AGAIN, _LATE = Category.DUPLICATE_COLLECTION, Category.LATE_DEADLINE
"""Bound once: looking a member up in its enum costs more than any test made with it."""

WORDING = "wording"
"""The reason of a finding that no template made, but the words together: this and the category."""

TOO_SHORT = 2
"""Characters up to which words alone give nothing: 你好 and ok are told from orders by no sum of characters."""

SHORT = 5
"""Characters up to which words alone give no order and no work: 在开会 and 各位早上好 read like either."""

MOST_SPANS = 3
"""Places that are shown of a finding made by its words."""

SHOWN = 0.4
"""Share of the heaviest character's points from which a character is shown."""


class Weighed:
    """The points of one message on every card, and what follows from them.

    `given` are the bits of the labels that the words alone give, `possible` those that they give with a template.
    """

    __slots__ = ("_bits", "_parts", "_points", "_reading", "_scores", "given", "possible")

    def __init__(self, scores: WordScores, reading: Reading) -> None:
        self._scores = scores
        self._reading = reading
        self._bits = scores.bits
        self._parts = scores.parts(reading) if len(reading.text) > WHOLE else []
        self._points = scores.heaviest([points for _, points in self._parts]) if self._parts else scores.weigh(reading)
        self.given = self._told(len(reading.text))
        self.possible = scores.possible(self._points)
        reading.points = self.points
        reading.asks_again = self.gives(_AGAIN)
        reading.may_end_late = _LATE not in self._bits or self.gives(_LATE)

    def _told(self, length: int) -> int:
        """What the words alone give; a few characters alone, with no table, are neither order nor work."""
        given = self._scores.given(self._points) if length > TOO_SHORT else 0
        order = self._bits.get(Fact.TASK, 0) | self._bits.get(Fact.WORK, 0)
        plain = length <= SHORT and not self._reading.message.columns
        return 0 if plain and not given & ~order else given

    def points(self, label: Label) -> float:
        """The points of a label that has a card, in tenths of log odds, without those of a template."""
        return self._scores.points(self._points, label)

    def gives(self, label: Label) -> bool:
        """Whether the words alone give the label; not where there is no card."""
        return bool(self.given & self._bits.get(label, 0))

    def judged(self, detector: Detector, found: Sequence[Finding], worded: Worded | None = None) -> Sequence[Finding]:
        """The findings that templates and words make together, each with its probability as its score.

        A finding with the score 0 is a possibility that no template saw, but the detector did. Whether a `worded`
        detector's own words are refused is asked only of what would be found otherwise.
        """
        label = detector.category
        matched = any(finding.score for finding in found)
        bit = self._bits.get(label, 0)
        if not bit:
            return found if matched else ()
        if not (self.possible if matched else self.given) & bit:
            return ()
        card = self._scores.cards[label]
        points = self.points(label) + (card.rule if matched else 0)
        if worded is not None and card.refused and worded.refuses(self._reading):
            points += card.refused
            if points < card.least:
                return ()
        score = round(odds(points), 2)
        if found:
            return [finding._replace(score=score) for finding in found]
        return (Finding(label, score, f"{WORDING}_{label}", self.evidence(label), detector.clause),)

    def evidence(self, label: Label) -> tuple[Span, ...]:
        """The places of the original text whose characters and pairs speak most for a label, where it weighs most."""
        text = unmuted(self._reading)
        here = self._heaviest(label)
        spread = self._scores.spread(text[here.start : here.end], label)
        places = [(here.start + start, here.start + end) for start, end in heaviest(spread)]
        told = [place for place in places if any(map(str.isalpha, text[slice(*place)]))]
        return self._reading.originals(self._whole(told or places))

    def _whole(self, places: Sequence[Span]) -> list[Span]:
        """The places with the known words that they cut, in order; what then meets is one."""
        words = [span for sentence in self._reading.sentences for span in sentence.said(-FIRST_CLASS)]
        wider: list[Span] = []
        for start, end in places:
            cut = [word for word in words if word[0] < end and start < word[1]]
            first, last = min([start, *(word[0] for word in cut)]), max([end, *(word[1] for word in cut)])
            if wider and first <= wider[-1][1]:
                first, last = wider[-1][0], max(last, wider.pop()[1])
            wider.append((first, last))
        return wider

    def _heaviest(self, label: Label) -> Stretch:
        if not self._parts:
            return Stretch(0, len(self._reading.text), self._reading.mask)
        return max(self._parts, key=lambda part: self._scores.points(part[1], label))[0]


def heaviest(points: Sequence[float]) -> list[Span]:
    """The places where the points of the characters of a text gather, in its order."""
    least = max(points, default=0.0) * SHOWN
    runs: list[tuple[float, int, int]] = []
    for place, score in enumerate(points):
        if score <= 0 or score < least:
            continue
        if runs and runs[-1][2] == place:
            total, start, _ = runs.pop()
            runs.append((total + score, start, place + 1))
        else:
            runs.append((score, place, place + 1))
    return sorted(span[1:] for span in sorted(runs, reverse=True)[:MOST_SPANS])

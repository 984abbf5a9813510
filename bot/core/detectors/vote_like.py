"""Votes, likes, shares, follows, reads and audiences demanded (Gansu 2024 no. 24, item 11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.core.detectors.base import DemandDetector, Wake
from bot.core.lexicon import Mask
from bot.core.model import Category, Finding, MessageKind
from bot.core.reading import Reading
from bot.core.scene import Scene


@dataclass(frozen=True, slots=True)
class VoteLike(DemandDetector):
    """Votes, likes, shares, follows, reads and audiences demanded (Gansu 2024 no. 24, item 11).

    A native poll is itself the request: it counts when it speaks of an award (`poll_needs`) and is
    no choice of a date, a dish or a representative (`poll_unless`).
    """

    category: ClassVar[Category] = Category.VOTE_LIKE
    reasons: ClassVar[tuple[str, ...]] = ("poll_canvasses", "wording_vote_like")
    poll_needs: Mask
    poll_unless: Mask

    @property
    def trigger(self) -> int:
        """What wakes the templates, and any poll: it may canvass without them."""
        return self.matcher.trigger | Wake.POLL

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """The strongest demand, or the poll that canvasses."""
        found = DemandDetector.detect(self, reading, scene)
        if found or reading.message.kind is not MessageKind.POLL:
            return found
        if not reading.mask & self.poll_needs or reading.mask & self.poll_unless:
            return ()
        spans = reading.original([t for s in reading.sentences for t in s.tokens if t.mask & self.poll_needs])
        return (Finding(self.category, 0.8, "poll_canvasses", spans, self.clause),)

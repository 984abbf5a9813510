"""What every detector promises, and the one way most of them make a finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, runtime_checkable

from bot.core.model import Category, Clause, Deadline, Direction, Finding, Message
from bot.core.patterns import Match, Matcher
from bot.core.reading import Reading
from bot.core.scene import Scene


class Detector(Protocol):
    """Judges one reading for one category.

    `stage` 0 detectors look for demands; stage 1 detectors also use the facts that follow from them.
    """

    category: ClassVar[Category]
    stage: ClassVar[int]
    reasons: ClassVar[tuple[str, ...]]
    """Codes of the reasons that no template names; without any, its words together are the other reason."""

    has_card: ClassVar[bool]
    """Whether its findings rest on the words of a message, too, by a card of word scores (`config/scores/`)."""

    @property
    def clause(self) -> Clause:
        """The policy item behind the category."""
        ...

    @property
    def trigger(self) -> int | None:
        """Triggers of words (see `Lexicon.trigger`) and bits of `Wake`, of which one is enough, or `ALWAYS`."""
        ...

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """The findings of this category, none or one for each demand."""
        ...


@runtime_checkable
class Worded(Detector, Protocol):
    """A detector whose finding may rest on the words of a message together (see `WordScores`), without a template."""

    def admits(self, reading: Reading, scene: Scene) -> bool:
        """Whether what else is known of the message admits such a finding."""
        ...

    def refuses(self, reading: Reading) -> bool:
        """Whether the words of its templates stand in the message, refused, banned or cancelled."""
        ...


@runtime_checkable
class Rememberer(Detector, Protocol):
    """A detector of stage 1 that compares a message with what its chat was asked or sent before.

    It works in two steps, so that only the second, the cheap one, must see the messages in their order: `note`
    reads all that the comparison needs, in values that can go to another process, and `recall` compares.
    """

    def note(self, reading: Reading) -> Any | None:
        """What is to be compared and remembered; None when nothing is."""
        ...

    def recall(self, note: Any, message: Message, scene: Scene) -> Sequence[Finding]:
        """The findings that the memory of the chat gives; the scene remembers the note either way."""
        ...


ALWAYS = None
"""The trigger of a detector that looks at every message."""


class Wake:
    """What wakes detectors beside the words of a message, in the triggers that the lexicon leaves free."""

    POLL = 2
    """A native poll."""
    WORK = 4
    """A message that was read as work; known at stage 1."""
    ASKED = 8
    """A task or a collection of data; known at stage 1."""


def finding(
    detector: Detector,
    reading: Reading,
    match: Match,
    *,
    deadline: Deadline | None = None,
    refers_to: str | None = None,
    direction: Direction | None = None,
) -> Finding:
    """A finding from a match, its evidence shown in the original text."""
    return Finding(
        category=detector.category,
        score=round(match.score, 2),
        reason=match.pattern.reason,
        spans=reading.original(match.tokens),
        clause=detector.clause,
        deadline=deadline,
        refers_to=refers_to,
        direction=direction,
    )


@dataclass(frozen=True, slots=True)
class DemandDetector:
    """A detector whose templates alone decide: the strongest demand of its kind in the message."""

    category: ClassVar[Category]
    stage: ClassVar[int] = 0
    reasons: ClassVar[tuple[str, ...]] = ()
    has_card: ClassVar[bool] = True
    clause: Clause
    matcher: Matcher

    @property
    def trigger(self) -> int:
        """What wakes the templates."""
        return self.matcher.trigger

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:  # noqa: ARG002 - the words decide
        """One finding at the strongest match, or none."""
        match = self.matcher.best(reading)
        return (finding(self, reading, match),) if match else ()

    def admits(self, reading: Reading, scene: Scene) -> bool:  # noqa: ARG002 - nothing but the words is asked
        """Always."""
        return True

    def refuses(self, reading: Reading) -> bool:
        """Whether the words of a template stand in the message, refused, banned or cancelled."""
        return self.matcher.refused(reading)

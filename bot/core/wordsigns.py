"""What a message shows beside its characters and words, and the stretches in which it is weighed."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.core.model import SenderRole
from bot.core.reading import Reading

WHOLE = 160
"""Characters up to which a message is weighed as one; a longer one is weighed by stretches, the heaviest counts."""

STRETCH = 120
"""Characters at which a stretch of whole sentences is full."""

LENGTHS = 9
"""Steps of length, each twice as long as the one before."""

SIGNS = (
    "admin", "member", "columns", "link", "lines", *(f"length_{step}" for step in range(LENGTHS)),
    "data_collection", "urgent",
)  # fmt: skip
"""What a card may count beside words: who writes, what is attached, how long it is, and facts that the rules read."""


class Stretch(NamedTuple):
    """A part of a message that is weighed for itself: its place in the normal text and its classes of words."""

    start: int
    end: int
    mask: int


def unmuted(reading: Reading) -> str:
    """The normal text with spaces for quotes and titles, so that places stay; what they say, nobody says here."""
    text = reading.text
    parts: list[str] = []
    here = 0
    for start, end in sorted((*reading.titles, *map(reading.normal.place, reading.message.quotes))):
        if end > here:
            kept = text[here:start]
            parts += (kept, " " * (end - here - len(kept)))
            here = end
    return "".join((*parts, text[here:]))


def stretches(reading: Reading) -> Iterator[Stretch]:
    """The stretches of a message that are weighed each for itself: the whole of a short one."""
    if len(reading.text) <= WHOLE:
        yield Stretch(0, len(reading.text), reading.mask)
        return
    start, end, mask = 0, 0, 0
    for sentence in reading.sentences:
        if mask and sentence.end - start > STRETCH:
            yield Stretch(start, end, mask)
            mask = 0
        start, end, mask = (start if mask else sentence.start), sentence.end, mask | sentence.mask
    if mask:
        yield Stretch(start, end, mask)


def shape_of(text: str) -> Iterator[str]:
    """The signs that the form of a text gives."""
    yield _LENGTHS[min((len(text) + 1).bit_length() - 1, LENGTHS - 1)]
    if "\n" in text:
        yield "lines"


_LENGTHS = tuple(f"length_{step}" for step in range(LENGTHS))


def signs_of(reading: Reading) -> Iterator[str]:
    """The signs beside the words: who writes, what is attached, what templates of facts found."""
    message = reading.message
    if message.role is SenderRole.ADMIN or message.role is SenderRole.MEMBER:
        yield message.role.value
    if message.columns:
        yield "columns"
    if message.links or "http" in reading.text:
        yield "link"
    yield from reading.facts

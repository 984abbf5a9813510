"""The same data asked for again in the same chat (Gansu 2024 no. 24, item 11: 不得重复填报)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import add
from typing import ClassVar, NamedTuple

from bot.core.asked_periods import named_periods, other_period, own_day
from bot.core.detectors.base import Wake
from bot.core.history import AskedBefore
from bot.core.lexicon import Mask, WordTable
from bot.core.links import LINK, links_in
from bot.core.model import Category, Clause, Fact, Finding, Message, Span
from bot.core.reading import Reading
from bot.core.scene import Scene
from bot.core.text import fold

_DATA_COLLECTION, _TASK = Fact.DATA_COLLECTION, Fact.TASK
"""Bound once: looking a member up in its enum costs more than any test made with it."""

_RUN = re.compile(r"[\u3400-\u9fff]+")
_NEVER: frozenset[str] = frozenset()

LONGEST = 600
"""Characters of a request that are compared; what is asked for stands near its beginning."""

LEAST_COLUMNS = 3
"""Columns that a table must have to be known by them."""

SHARED_COLUMNS = 0.8
"""Share of the wider table's columns that make two tables the same."""

SAME = 0.85
"""Share of the longer of two requests from which they are the same words, whatever else these sound like."""

LEAST_SHARED = 3
"""Characters and pairs that two requests must share before their shares are compared."""


class AskNote(NamedTuple):
    """A request, whether it says 又 or 再, is to be compared at all, admits the repetition; and where it stands.

    `repeats` tells that its words together speak of data that were given before, or well may, `likely` that they
    may at all, `surely` that they say so whatever stands in the chat.
    """

    request: AskedBefore
    again: bool
    repeats: bool
    compared: bool
    likely: bool
    admits: bool
    spans: tuple[Span, ...]
    surely: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateCollection:
    """The same data asked for again in the same chat, in the same words or others, or by the same link.

    Two requests are compared by the pairs of characters of what they ask for; `least_overlap` of
    the shorter one must be shared, `least_overlap_again` when the message itself says 又, 再 or 重, and nearly all
    where its words together (its card of word scores) hardly speak of asking again; where they say so, two characters
    that stand together are enough.
    A message that itself says that it was given before (`admitted`, or its words together from `least_sure` tenths of
    log odds) needs no earlier one.
    Two attached tables are compared by their columns. A new period of a regular report is not the same data.
    """

    category: ClassVar[Category] = Category.DUPLICATE_COLLECTION
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = Wake.ASKED
    reasons: ClassVar[tuple[str, ...]] = ("asked_again", "given_before")
    has_card: ClassVar[bool] = True
    clause: Clause
    least_overlap: float
    least_overlap_again: float
    window_days: int
    least_remembered: float
    least_compared: float
    least_likely: float
    least_related: float
    least_sure: float
    again: Mask
    correction: Mask
    admitted: Mask
    noise: Mask
    chase: Mask
    counted: Mask
    plain_words: tuple[str, ...]
    synonyms: Mapping[str, str]
    _spoken: WordTable = field(init=False, repr=False)

    def __post_init__(self) -> None:
        table = dict.fromkeys(self.plain_words, "") | dict(self.synonyms)
        object.__setattr__(self, "_spoken", WordTable(table))

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A finding that refers to the earlier request; the request is remembered either way."""
        note = self.note(reading)
        return () if note is None else self.recall(note, reading.message, scene)

    def note(self, reading: Reading) -> AskNote | None:
        """What the message asks for; None when it hardly asks for data."""
        facts = reading.facts
        linked = _TASK in facts and (reading.message.links or "/" in reading.text)
        asks = _DATA_COLLECTION in facts or linked or reading.asks_again
        if not asks and reading.points(_DATA_COLLECTION) < self.least_remembered:
            return None
        mask = reading.mask
        chased = mask & self.chase and not mask & (self.again | self.counted)
        spans = reading.fact_spans(_DATA_COLLECTION) or reading.fact_spans(_TASK)
        correction = mask & self.correction
        points = reading.points(self.category)
        said = points >= self.least_sure or (mask & self.admitted and mask & self.again)
        admits = bool(said and not correction and _DATA_COLLECTION in facts)
        compared = asks and not chased and not correction and points >= self.least_compared
        repeats = not correction and (reading.asks_again or bool(asks and not chased and points >= self.least_related))
        return AskNote(
            request=self._request(reading),
            again=bool(mask & self.again),
            repeats=repeats,
            compared=compared,
            likely=points >= self.least_likely,
            admits=admits,
            spans=spans,
            surely=reading.asks_again and points >= self.least_sure,
        )

    def recall(self, note: AskNote, message: Message, scene: Scene) -> Sequence[Finding]:  # noqa: ARG002 - the note tells
        """A finding that refers to the earlier request; the request is remembered either way."""
        earlier = self._earlier(scene, note) if note.compared else None
        if earlier is None and note.repeats:
            earlier = self._related(scene, note.request) or (self._last(scene, note.request) if note.surely else None)
        scene.history.remember_request(note.request)
        if earlier is None and not note.admits:
            return ()
        if earlier is None:
            return (Finding(self.category, 0.7, "given_before", note.spans, self.clause),)
        known = earlier.message_id
        return (Finding(self.category, 0.8, "asked_again", note.spans, self.clause, refers_to=known),)

    def _request(self, reading: Reading) -> AskedBefore:
        text = reading.text
        message = reading.message
        links: tuple[str, ...] = ()
        if message.links or message.file_name or "/" in text:
            files = (f"file:{fold(message.file_name)}",) if message.file_name else ()
            links = tuple(dict.fromkeys((*message.links, *links_in(text), *files)))
        words = self._words(reading)
        words = LINK.sub(" ", words) if "/" in words else words
        words, periods = named_periods(words, message.id, message.at)
        periods |= own_day(text, message.at)
        columns = frozenset(fold(name).strip() for name in message.columns) - {""} if message.columns else _NEVER
        return AskedBefore(message.id, message.at, self._pairs(words), links, periods, columns)

    def _words(self, reading: Reading) -> str:
        """The text without the words of asking, addressees and forms."""
        kept: list[str] = []
        here = 0
        text = reading.text[:LONGEST]
        for sentence in reading.sentences:
            if sentence.start >= LONGEST:
                break
            for start, end in sentence.said(self.noise) if sentence.mask & self.noise else ():
                if start >= here:
                    kept.append(text[here:start])
                    here = end
        kept.append(text[here:])
        return " ".join(kept)

    def _pairs(self, words: str) -> frozenset[str]:
        """Characters and pairs of characters of what is asked for, one word for each of its synonyms."""
        pairs: set[str] = set()
        for run in _RUN.findall(self._spoken.replace(words)):
            pairs.update(run)
            pairs.update(map(add, run, run[1:]))
        return frozenset(pairs)

    def _earlier(self, scene: Scene, note: AskNote) -> AskedBefore | None:
        request, again = note.request, note.again
        least = (self.least_overlap_again if again else self.least_overlap) if note.likely else SAME
        history = scene.history
        if request.links:
            for known in reversed(history.requests):
                if set(known.links) & set(request.links) and self._counts(known, request):
                    return known
        if len(request.columns) >= LEAST_COLUMNS:
            for known in reversed(history.requests):
                if self._same_table(known, request) and self._counts(known, request):
                    return known
        for known in history.alike(request):
            shared = len(known.pairs & request.pairs)
            shorter, longer = sorted((len(known.pairs), len(request.pairs)))
            if (shorter < LEAST_SHARED and not again) or not self._counts(known, request):
                continue
            if (
                shared >= min(shorter, LEAST_SHARED)
                and shared / (shorter if note.likely else longer) >= least
                and not other_period(known, request)
            ):
                return known
        return None

    def _related(self, scene: Scene, request: AskedBefore) -> AskedBefore | None:
        """The earlier request that speaks of the same thing at all, the most alike first."""
        for known in scene.history.alike(request):
            if self._counts(known, request) and not other_period(known, request):
                return known
        return None

    def _last(self, scene: Scene, request: AskedBefore) -> AskedBefore | None:
        """The last request, taken at the word of whoever asks again; not where both name their period."""
        for known in reversed(scene.history.requests):
            if self._counts(known, request):
                return None if other_period(known, request) else known
        return None

    def _same_table(self, known: AskedBefore, request: AskedBefore) -> bool:
        """Whether two tables ask for nearly the same columns, and not for another period."""
        shared = len(known.columns & request.columns)
        wider = max(len(known.columns), len(request.columns))
        return shared / wider >= SHARED_COLUMNS and not other_period(known, request)

    def _counts(self, known: AskedBefore, request: AskedBefore) -> bool:
        """Whether an earlier request is another message, and recent enough; an edit comes after what is later."""
        if known.message_id == request.message_id:
            return False
        if request.at is None or known.at is None:
            return True
        return timedelta(0) <= request.at - known.at <= timedelta(days=self.window_days)

"""A message read once: its words, phrases and sentences. Detectors judge the reading, never the raw text.

What most sentences never need (their words and phrases one by one) is read when somebody asks for it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from bot.core.lexicon import FIRST_CLASS, Lexicon, stands_alone
from bot.core.model import Category, Fact, Message, Span
from bot.core.text import Normaliser, NormalText

Found = tuple[int, int, int]
"""A word of the lexicon in the text: its place in the lexicon, start and end."""


LONGEST_TEXT = 20_000
"""Characters of a message that are judged, five times what a message can hold; the rest of a hostile one is not."""

_place = itemgetter(0)
_number = itemgetter(3)
_BEYOND = (10**12, 10**12)


class Token(NamedTuple):
    """A known word of the text: where it stands, its classes, and its number among the words of its sentence."""

    start: int
    end: int
    mask: int
    number: int
    sentence: "Sentence"

    @property
    def phrase(self) -> "Phrase":
        """The phrase that it belongs to."""
        return self.sentence.phrase_of(self.number)


class Phrase:
    """A stretch between two commas or spaces, with its words from the first up to the last."""

    __slots__ = ("_first", "_known", "_last", "_tokens", "end", "mask", "sentence", "start")

    def __init__(self, sentence: "Sentence", start: int, end: int, mask: int, first: int, last: int) -> None:
        self.sentence = sentence
        self.start = start
        self.end = end
        self.mask = mask
        self._first = first
        self._last = last
        self._tokens: list[Token] | None = None
        self._known: dict[tuple[int, int], tuple[Token, Token] | None] = {}

    @property
    def tokens(self) -> list[Token]:
        """The words of the phrase that belong to a class, in order."""
        if self._tokens is None:
            tokens = self.sentence.tokens
            first, last = (bisect_left(tokens, number, key=_number) for number in (self._first, self._last))
            self._tokens = tokens[first:last]
        return self._tokens

    def between(self, start: int, end: int) -> list[Token]:
        """The words of the phrase that begin at or behind `start`, and before `end`."""
        tokens = self.tokens
        return tokens[bisect_left(tokens, (start,)) : bisect_left(tokens, (end,))]

    def edges(self, mask: int, unless: int = 0) -> tuple[Token, Token] | None:
        """The first and the last word of a mask that is none of `unless`; kept, for each match asks anew."""
        key = mask, unless
        if key not in self._known:
            found = [token for token in self.tokens if token.mask & mask and not token.mask & unless]
            self._known[key] = (found[0], found[-1]) if found else None
        return self._known[key]


class Sentence:
    """A stretch between two full stops, with its phrases and words; `standing` is kept for `Stance`."""

    __slots__ = ("_cuts", "_found", "_lexicon", "_phrases", "_tokens", "end", "mask", "standing", "start", "trigger")

    def __init__(self, start: int, end: int, found: Sequence[Found], lexicon: Lexicon, mask: int, trigger: int) -> None:
        self.start = start
        self.end = end
        self.mask = mask
        self.trigger = trigger
        self._found = found
        self._lexicon = lexicon
        self._tokens: list[Token] | None = None
        self._cuts: list[int] | None = None
        self.standing: dict[float, float] | None = None

    @property
    def tokens(self) -> list[Token]:
        """The words of the sentence that belong to a class, in order."""
        if self._tokens is None:
            self._tokens = self.under(-FIRST_CLASS)
        return self._tokens

    def under(self, mask: int) -> list[Token]:
        """The words of a mask, in order."""
        table = self._lexicon.masks
        return [
            _token(Token, (start, end, bits, number, self))
            for number, (index, start, end) in enumerate(self._found)
            if (bits := table[index]) & mask
        ]

    def said(self, mask: int) -> list[Span]:
        """The places of the words of a mask."""
        masks = self._lexicon.masks
        return [word[1:] for word in self._found if masks[word[0]] & mask]

    def spans(self, mask: int, most: int) -> list[Span]:
        """The places of the first words of a mask; of the first word of any class when there is none."""
        masks = self._lexicon.masks
        shown = [word[1:] for word in self._found if masks[word[0]] & mask]
        return shown[:most] or [word[1:] for word in self._found if masks[word[0]] >= FIRST_CLASS][:1]

    @property
    def phrases(self) -> list[Phrase]:
        """The phrases of the sentence, in order."""
        return [self._phrase(place) for place in range(len(self._ends()))]

    def phrase_of(self, number: int) -> Phrase:
        """The phrase of the word with this number."""
        return self._phrase(bisect_right(self._ends(), number))

    def let_go(self) -> None:
        """Break the circles of words and phrases, so that their memory is free at once; they can be read anew."""
        if self._cuts is not None:
            self._phrases.clear()
        self._tokens = self._cuts = None

    def _ends(self) -> list[int]:
        """The numbers of the words behind the phrases."""
        cuts = self._cuts
        if cuts is None:
            ends = self._lexicon.phrase_ends
            cuts = self._cuts = [number for number, word in enumerate(self._found, 1) if word[0] in ends]
            cuts.append(len(self._found) + 1)
            self._phrases: dict[int, Phrase] = {}
        return cuts

    def _phrase(self, place: int) -> Phrase:
        phrase = self._phrases.get(place)
        if phrase is None:
            cuts, found, table = self._ends(), self._found, self._lexicon.masks
            first = cuts[place - 1] if place else 0
            start = found[first - 1][2] if place else self.start
            last = cuts[place]
            end = found[last - 1][2] if last <= len(found) else self.end
            mask = reduce(or_, [table[word[0]] for word in found[first:last]], 0)
            phrase = self._phrases[place] = Phrase(self, start, end, mask, first, last)
        return phrase


_token = tuple.__new__
"""Makes a `Token` from its fields at once; to call the class takes three times as long."""


def _unknown(_: Fact | Category) -> float:
    return 0.0


@dataclass(slots=True)
class Reading:
    """What was read in one message. Places refer to the normal text; `original` leads back.

    `mask` holds the classes of all words, `trigger` the triggers that they set (see `Lexicon.trigger`). `points` tell
    how likely each fact is, in tenths of log odds, `asks_again` whether the words speak of data that were given before,
    and `may_end_late` whether an hour that they only name may be an end; all are known once word scores were asked
    (`Weighed`).
    """

    message: Message
    normal: NormalText
    text: str
    sentences: list[Sentence]
    mask: int
    trigger: int = 0
    titles: tuple[Span, ...] = ()
    outside_hours: bool = False
    urgent: bool = False
    facts: dict[Fact, tuple[Span, ...]] = field(default_factory=dict)
    points: Callable[[Fact | Category], float] = _unknown
    asks_again: bool = False
    may_end_late: bool = True

    def original(self, tokens: Sequence[Token]) -> tuple[Span, ...]:
        """The spans of the original text in which these words stand."""
        return self.originals([token[:2] for token in tokens])

    def originals(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans of the original text that spans of the normal text came from."""
        return tuple(map(self.normal.original, spans) if self.normal.starts else spans)

    def fact_spans(self, fact: Fact) -> tuple[Span, ...]:
        """The spans of the original text in which a fact was read."""
        return self.facts.get(fact, ())

    def let_go(self) -> None:
        """Break all circles, so that the memory of a message is free, and used for the next one, at once."""
        self.points = _unknown
        for sentence in self.sentences:
            sentence.let_go()

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence around a place of the normal text."""
        for sentence in self.sentences:
            if sentence.start <= place < sentence.end:
                return sentence
        return None


class Reader:
    """Reads messages with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._normalise = Normaliser(lexicon.words)
        self._kept = lexicon.mask("data")

    def read(self, message: Message) -> Reading:
        """The reading of one message; linear in the length of its text."""
        normal = self._normalise(message.text[:LONGEST_TEXT])
        text = normal.text
        found = self.lexicon.find(text)
        titles = _titles(text) if "《" in text else ()
        muted = list(titles)
        if message.quotes:
            muted = sorted([*titles, *(normal.place(span) for span in message.quotes)])
        sentences = self._sentences(text, self._unmuted(found, muted) if muted else found)
        if len(sentences) == 1:
            return Reading(message, normal, text, sentences, sentences[0].mask, sentences[0].trigger, titles)
        mask = trigger = 0
        for sentence in sentences:
            mask |= sentence.mask
            trigger |= sentence.trigger
        return Reading(message, normal, text, sentences, mask, trigger, titles)

    def _sentences(self, text: str, found: list[Found]) -> list[Sentence]:
        """The sentences that hold a word of any class; the others cannot matter."""
        lexicon = self.lexicon
        marks, classes, first, second = lexicon.marks
        places = list(map(_place, found))
        gathered = list(map(marks.__getitem__, places))
        breaks: list[int] = []
        ends, checked = lexicon.ends, lexicon.checked
        for number in [number for number, place in enumerate(places) if place < checked]:
            place, start, end = found[number]
            if place < ends:
                breaks.append(number + 1)
            elif not stands_alone(text, start, end):
                found[number] = lexicon.nothing, start, end
                gathered[number] = 0
        sentences: list[Sentence] = []
        here = begin = 0
        for last in (*breaks, len(found) + 1):
            end = found[last - 1][2] if last <= len(found) else len(text)
            everything = reduce(or_, gathered[here:last], 0)
            if everything >= FIRST_CLASS:
                words = found[here:last] if breaks else found
                trigger = everything >> first & everything >> second
                sentences.append(Sentence(begin, end, words, lexicon, everything & classes, trigger))
            here, begin = last, end
        return sentences

    def _unmuted(self, found: Sequence[Found], muted: Sequence[Span]) -> list[Found]:
        """The words outside quotes and titles; a title may still name a form that is asked for."""
        masks = self.lexicon.masks
        kept: list[Found] = []
        spans = iter(muted)
        low, high = next(spans)
        for word in found:
            while word[1] >= high:
                low, high = next(spans, _BEYOND)
            if word[1] < low or masks[word[0]] & self._kept:
                kept.append(word)
        return kept


def _titles(text: str) -> tuple[Span, ...]:
    """The spans of document titles in 《》; what a title says, nobody demands."""
    found: list[Span] = []
    start = text.find("《")
    while start >= 0:
        end = text.find("》", start)
        if end < 0:
            break
        found.append((start, end + 1))
        start = text.find("《", end)
    return tuple(found)

"""A message read once: its words, phrases and sentences. Detectors judge the reading, never the raw text.

What most sentences never need (their words and phrases one by one) is read when somebody asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from bot.core.lexicon import FIRST_CLASS, Lexicon, stands_alone
from bot.core.model import Fact, Message, Span
from bot.core.text import Normaliser, NormalText

Found = tuple[int, int, int]
"""A word of the lexicon in the text: its place in the lexicon, start and end."""


OPENING_REACH = 3
"""Characters within which the first word of a sentence opens it."""

LONGEST_TEXT = 20_000
"""Characters of a message that are judged, five times what a message can hold; the rest of a hostile one is not."""

_place = itemgetter(0)
_BEYOND = (10**12, 10**12)


class Token(NamedTuple):
    """A known word of the text: where it stands, its classes, and the phrase it belongs to."""

    start: int
    end: int
    mask: int
    phrase: "Phrase"


class Phrase:
    """A stretch between two commas or spaces, with its words."""

    __slots__ = ("end", "mask", "sentence", "start", "tokens")

    def __init__(self, start: int, sentence: "Sentence") -> None:
        self.start = start
        self.end = start
        self.mask = 0
        self.tokens: list[Token] = []
        self.sentence = sentence


class Sentence:
    """A stretch between two full stops, with its phrases and words.

    `masks` are the classes of its `tokens`, once these are read; `standing` is kept for `Stance`.
    """

    __slots__ = ("_found", "_lexicon", "_phrases", "_tokens", "end", "mask", "masks", "standing", "start", "trigger")

    def __init__(self, start: int, end: int, found: Sequence[Found], lexicon: Lexicon, mask: int, trigger: int) -> None:
        self.start = start
        self.end = end
        self.mask = mask
        self.trigger = trigger
        self._found = found
        self._lexicon = lexicon
        self._tokens: list[Token] | None = None
        self.standing: dict[float, float] = {}

    @property
    def tokens(self) -> list[Token]:
        """The words of the sentence that belong to a class, in order."""
        if self._tokens is None:
            return self._read()
        return self._tokens

    @property
    def opening(self) -> int:
        """The classes of the first word, where the sentence begins with it."""
        masks = self._lexicon.masks
        for index, start, _ in self._found:
            if start - self.start > OPENING_REACH:
                return 0
            if masks[index] >= FIRST_CLASS:
                return masks[index]
        return 0

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
        if self._tokens is None:
            self._read()
        return self._phrases

    def let_go(self) -> None:
        """Break the circles of words and phrases, so that their memory is free at once; they can be read anew."""
        if self._tokens is not None:
            self._tokens = None
            for phrase in self._phrases:
                phrase.tokens.clear()
            self._phrases.clear()

    def _read(self) -> list[Token]:
        """Read words and phrases; the busiest loop of all."""
        table, ends = self._lexicon.masks, self._lexicon.phrase_ends
        tokens: list[Token] = []
        masks: list[int] = []
        phrase = Phrase(self.start, self)
        phrases = [phrase]
        of_phrase = first = 0
        for index, start, end in self._found:
            mask = table[index]
            if mask >= FIRST_CLASS:
                tokens.append(_token(Token, (start, end, mask, phrase)))
                masks.append(mask)
                of_phrase |= mask
            if index in ends:
                phrase.end, phrase.mask, phrase.tokens = end, of_phrase, tokens[first:]
                phrase = Phrase(end, self)
                phrases.append(phrase)
                of_phrase, first = 0, len(tokens)
        phrase.end, phrase.mask, phrase.tokens = self.end, of_phrase, tokens[first:]
        self._tokens, self.masks, self._phrases = tokens, masks, phrases
        return tokens


_token = tuple.__new__
"""Makes a `Token` from its fields at once; to call the class takes three times as long."""


@dataclass(slots=True)
class Reading:
    """What was read in one message. Places refer to the normal text; `original` leads back.

    `mask` holds the classes of all words, `trigger` the triggers that they set (see `Lexicon.trigger`). `points` tell
    how likely each fact is, in tenths of log odds, and `asks_again` whether the words speak of data that were given
    before; both are known once word scores were asked (`Weighed`).
    """

    message: Message
    normal: NormalText
    text: str
    sentences: list[Sentence]
    mask: int
    trigger: int = 0
    titles: tuple[Span, ...] = ()
    outside_hours: bool = False
    facts: dict[Fact, tuple[Span, ...]] = field(default_factory=dict)
    points: dict[Fact, float] = field(default_factory=dict)
    asks_again: bool = False

    @property
    def opening(self) -> int:
        """The classes of the word with which the message begins."""
        return self.sentences[0].opening if self.sentences else 0

    def original(self, tokens: Sequence[Token]) -> tuple[Span, ...]:
        """The spans of the original text in which these words stand."""
        return self.originals([token[:2] for token in tokens])

    def originals(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans of the original text that spans of the normal text came from."""
        return tuple(map(self.normal.original, spans) if self.normal.starts else spans)

    def fact_spans(self, fact: Fact) -> tuple[Span, ...]:
        """The spans of the original text in which a fact was read."""
        return self.facts.get(fact, ())

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

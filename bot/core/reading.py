"""A message read once: its words, phrases and sentences. Detectors judge the reading, never the raw text.

What most sentences never need (their words and phrases one by one) is read when somebody asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bot.core.lexicon import CHECKED, FIRST_CLASS, PHRASE_END, SENTENCE_END, Lexicon, stands_alone
from bot.core.model import Fact, Message, Span
from bot.core.text import Normaliser, NormalText

Found = tuple[int, int, int]
"""A word of the lexicon in the text: its place in the lexicon, start and end."""


OPENING_REACH = 3
"""Characters within which the first word of a sentence opens it."""

LONGEST_TEXT = 20_000
"""Characters of a message that are judged, five times what a message can hold; the rest of a hostile one is not."""

_BEYOND = (10**12, 10**12)


class Token:
    """A known word of the text: where it stands, its classes, and the phrase it belongs to."""

    __slots__ = ("end", "mask", "phrase", "start")

    def __init__(self, start: int, end: int, mask: int, phrase: "Phrase") -> None:
        self.start = start
        self.end = end
        self.mask = mask
        self.phrase = phrase


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
    """A stretch between two full stops, with its phrases and words."""

    __slots__ = ("_found", "_masks", "_phrases", "_tokens", "end", "mask", "start", "trigger")

    def __init__(self, start: int, end: int, found: Sequence[Found], lexicon: Lexicon, gathered: int) -> None:
        marks = lexicon.marks
        self.start = start
        self.end = end
        self.mask = gathered & marks.classes
        self.trigger = gathered >> marks.first & gathered >> marks.second
        self._found = found
        self._masks = lexicon.masks
        self._tokens: list[Token] | None = None
        self._phrases: list[Phrase] = []

    @property
    def tokens(self) -> list[Token]:
        """The words of the sentence that belong to a class, in order."""
        if self._tokens is None:
            self._tokens = self._read()
        return self._tokens

    @property
    def opening(self) -> int:
        """The classes of the first word, where the sentence begins with it."""
        for index, start, _ in self._found:
            if start - self.start > OPENING_REACH:
                return 0
            if self._masks[index] >= FIRST_CLASS:
                return self._masks[index]
        return 0

    def said(self, mask: int) -> list[Span]:
        """The places of the words of a mask."""
        masks = self._masks
        return [word[1:] for word in self._found if masks[word[0]] & mask]

    def spans(self, mask: int, most: int) -> list[Span]:
        """The places of the first words of a mask; of the first word of any class when there is none."""
        masks = self._masks
        shown = [word[1:] for word in self._found if masks[word[0]] & mask]
        return shown[:most] or [word[1:] for word in self._found if masks[word[0]] >= FIRST_CLASS][:1]

    @property
    def phrases(self) -> list[Phrase]:
        """The phrases of the sentence, in order."""
        if self._tokens is None:
            self._tokens = self._read()
        return self._phrases

    def let_go(self) -> None:
        """Break the circles of words and phrases, so that their memory is free at once; they can be read anew."""
        if self._tokens is not None:
            self._tokens = None
            for phrase in self._phrases:
                phrase.tokens.clear()
            self._phrases = []

    def _read(self) -> list[Token]:
        tokens: list[Token] = []
        phrase = Phrase(self.start, self)
        phrases = self._phrases
        phrases.append(phrase)
        for index, start, end in self._found:
            mask = self._masks[index]
            if mask >= FIRST_CLASS:
                token = Token(start, end, mask, phrase)
                phrase.tokens.append(token)
                phrase.mask |= mask
                tokens.append(token)
            if mask & PHRASE_END:
                phrase.end = end
                phrase = Phrase(end, self)
                phrases.append(phrase)
        phrase.end = self.end
        return tokens


@dataclass(slots=True)
class Reading:
    """What was read in one message. Places refer to the normal text; `original` leads back.

    `mask` holds the classes of all words, `trigger` the triggers that they set (see `Lexicon.trigger`), `opening`
    the classes of the word with which the message begins.
    """

    message: Message
    normal: NormalText
    text: str
    sentences: list[Sentence]
    mask: int
    trigger: int = 0
    opening: int = 0
    titles: tuple[Span, ...] = ()
    outside_hours: bool = False
    facts: dict[Fact, tuple[Span, ...]] = field(default_factory=dict)

    def original(self, tokens: Sequence[Token]) -> tuple[Span, ...]:
        """The spans of the original text in which these words stand."""
        return tuple(self.normal.original((token.start, token.end)) for token in tokens)

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
        mask = trigger = 0
        for sentence in sentences:
            mask |= sentence.mask
            trigger |= sentence.trigger
        opening = sentences[0].opening if sentences else 0
        return Reading(message, normal, text, sentences, mask, trigger, opening, titles)

    def _sentences(self, text: str, found: Sequence[Found]) -> list[Sentence]:
        """The sentences that hold a word of any class; the others cannot matter."""
        lexicon = self.lexicon
        marks = lexicon.marks.of
        gathered = reduce(or_, [marks[word[0]] for word in found], 0)
        if not gathered & (SENTENCE_END | CHECKED):
            return [Sentence(0, len(text), found, lexicon, gathered)] if gathered >= FIRST_CLASS else []
        if gathered & CHECKED:
            checked = lexicon.checked
            found = [word for word in found if word[0] not in checked or stands_alone(text, word[1], word[2])]
        ends = lexicon.sentence_ends
        sentences: list[Sentence] = []
        first = begin = 0
        for last in (*(place for place, word in enumerate(found, 1) if word[0] in ends), len(found) + 1):
            words = found[first:last]
            end = found[last - 1][2] if last <= len(found) else len(text)
            gathered = reduce(or_, [marks[word[0]] for word in words], 0)
            if gathered >= FIRST_CLASS:
                sentences.append(Sentence(begin, end, words, lexicon, gathered))
            first, begin = last, end
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

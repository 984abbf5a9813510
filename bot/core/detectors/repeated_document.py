"""The same document sent into the chat again (Baotou 2019 item 6)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import ClassVar, NamedTuple

from bot.core.detectors.base import ALWAYS
from bot.core.history import SentBefore
from bot.core.lexicon import Mask
from bot.core.links import links_in
from bot.core.model import Category, Clause, Fact, Finding, Message, Span
from bot.core.reading import Reading
from bot.core.scene import Scene

_FILE_NAME = re.compile(
    r"[\w\u3400-\u9fff（）()《》〔〕\[\]、\-— ]{2,80}\.(?:docx?|xlsx?|pdf|pptx?|wps|et|jpe?g|png|zip|txt|mp4|csv)\b"
)
_EXTENSION = re.compile(r"\.[a-z0-9]{2,4}$")
_SIGNS = re.compile(r"[\W_]+")

MOST_SIGNS = 64
"""Different signs of a text that are removed one by one; a text with more is a hostile one."""


class DocumentNote(NamedTuple):
    """What names the documents of a message, each with its place in the original text.

    `named` is the text in which the title of an earlier document is looked for, with its place `whole`;
    `said` is where the message says that it is sent anew.
    """

    keys: tuple[tuple[str, Span], ...]
    sent_anew: bool
    named: str
    whole: Span
    said: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class RepeatedDocument:
    """The same document sent into the chat again (Baotou 2019 item 6: 严禁重复发文).

    A document is known by its file name, its link, or its own words when they are at least
    `least_characters` long. Where somebody says that it is sent anew (`again`), its title is
    enough, or `least_overlap` of the title's pairs of characters; a document (`document_word`) that was not
    seen here before is taken at its sender's word.
    """

    category: ClassVar[Category] = Category.REPEATED_DOCUMENT
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = ALWAYS
    clause: Clause
    least_characters: int
    least_overlap: float
    window_days: int
    again: Mask
    corrected: Mask
    document_word: Mask

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A finding that refers to the first message which brought the document."""
        note = self.note(reading)
        return () if note is None else self.recall(note, reading.message, scene)

    def note(self, reading: Reading) -> DocumentNote | None:
        """The documents of a message; None when it has none and speaks of none sent before."""
        sent_anew = bool(reading.mask & self.again)
        holds_one = self._may_hold_one(reading)
        if not sent_anew and not holds_one:
            return None
        original = reading.normal.original
        keys = tuple((key, original(span)) for key, span in self._keys(reading)) if holds_one else ()
        if not keys and not sent_anew:
            return None
        text = reading.text
        named = text if sent_anew and not reading.mask & self.corrected else ""
        said = self._said_again(reading) if sent_anew else None
        return DocumentNote(keys, sent_anew, named, original((0, len(text))), said)

    def recall(self, note: DocumentNote, message: Message, scene: Scene) -> Sequence[Finding]:
        """A finding that refers to the first message which brought the document; all keys are remembered."""
        history = scene.history
        earlier: tuple[SentBefore, Span] | None = None
        for key, span in note.keys:
            known = history.documents.get(key)
            named_only = key.startswith("title:") and not note.sent_anew
            if known and known.message_id != message.id and not named_only and self._recent(message.at, known):
                earlier = earlier or (known, span)
        if earlier is None and note.named:
            earlier = self._named_again(note, message, scene)
        for key, _ in note.keys:
            history.remember_document(key, message.id, message.at)
        if earlier is not None:
            known, span = earlier
            return (Finding(self.category, 0.9, "document_again", (span,), self.clause, refers_to=known.message_id),)
        return () if note.said is None else (Finding(self.category, 0.7, "said_again", note.said, self.clause),)

    def _said_again(self, reading: Reading) -> tuple[Span, ...] | None:
        """Where the sender says that a document was sent before, though nobody may have seen it here."""
        document = reading.mask & self.document_word or reading.titles or reading.message.file_name
        if not document or reading.mask & self.corrected:
            return None
        return tuple([reading.normal.original(span) for s in reading.sentences for span in s.said(self.again)][:1])

    def _may_hold_one(self, reading: Reading) -> bool:
        message = reading.message
        text = reading.text
        return bool(
            "." in text or len(text) >= self.least_characters or reading.titles or message.file_name or message.links
        )

    def _recent(self, at: datetime | None, known: SentBefore) -> bool:
        if at is None or known.at is None:
            return True
        return timedelta(0) <= at - known.at <= timedelta(days=self.window_days)

    def _keys(self, reading: Reading) -> Iterator[tuple[str, Span]]:
        """What names the document of a message, each with its place in the normal text."""
        text = reading.text
        message = reading.message
        if message.file_name:
            yield "title:" + _bare(message.file_name.casefold()), (0, min(len(text), 1))
            yield "file:" + _bare(message.file_name.casefold()), (0, min(len(text), 1))
        if "." in text:
            for match in _FILE_NAME.finditer(text):
                name = _bare(match[0].removeprefix("[文件]"))
                yield "file:" + name, match.span()
                yield "title:" + name, match.span()
        for start, end in reading.titles:
            yield "title:" + _bare(text[start:end]), (start, end)
        if Fact.DATA_COLLECTION not in reading.facts:
            for link in (*message.links, *links_in(text)):
                yield "link:" + link, (0, len(text))
        yield from self._bodies(text)

    def _bodies(self, text: str) -> Iterator[tuple[str, Span]]:
        least = self.least_characters
        if len(text) < least:
            return
        body = _without_signs(text)
        if len(body) >= least:
            for start in {0, (len(body) - least) // 2, len(body) - least}:
                yield "body:" + body[start : start + least], (0, len(text))

    def _named_again(self, note: DocumentNote, message: Message, scene: Scene) -> tuple[SentBefore, Span] | None:
        """The document whose title stands, in part, in a message that says it is sent anew."""
        words = set(map("".join, pairwise(note.named)))
        for key, known in reversed(scene.history.documents.items()):
            kind, _, name = key.partition(":")
            if kind != "title" or known.message_id == message.id or not self._recent(message.at, known):
                continue
            pairs = set(map("".join, pairwise(name)))
            if pairs and len(pairs & words) / len(pairs) >= self.least_overlap:
                return known, note.whole
        return None


def _bare(name: str) -> str:
    """A document's name without extension, brackets and signs."""
    return _SIGNS.sub("", _EXTENSION.sub("", name.strip(" []《》")))


def _without_signs(text: str) -> str:
    """A long text without signs and spaces; the few that an honest one holds are each removed at once."""
    signs = [character for character in set(text) if not character.isalnum()]
    if len(signs) > MOST_SIGNS:
        return _SIGNS.sub("", text)
    for sign in signs:
        text = text.replace(sign, "")
    return text

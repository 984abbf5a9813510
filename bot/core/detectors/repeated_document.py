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
from bot.core.text import fold

_FILE_NAME = re.compile(
    r"[\w\u3400-\u9fff（）()《》〔〕\[\]、.\-— ]{2,80}\.(?:docx?|xlsx?|pdf|pptx?|wps|et|jpe?g|png|zip|txt|mp4|csv)\b"
)
_ATTACHED = re.compile(r"\[(?:文件|附件)\]\s*([\w\u3400-\u9fff（）()〔〕、\-—]{4,60})")
"""A file as an export names it, without its ending."""
_EXTENSION = re.compile(r"\.[a-z0-9]{2,4}$")
_SIGNS = re.compile(r"[\W_]+")

_TITLE_TAIL = re.compile(
    r"(?:全文|汇编)?(?:\d{0,4}[新图文]?版|第?[一二三四五六七八九\d]{1,2}[期稿版])?(?![\w\u3400-\u9fff])"
)
"""What may still belong to a title behind its last word; then it must be over."""

_ASKING = re.compile("(?:能|可否|可不?可?以|麻烦|劳烦|谁|哪位|哪个|求|帮我|帮忙)[^，。！？,.!?；;\\n我]{0,10}$")
"""What before 再发一遍 asks somebody else for it: 谁能把通知, 麻烦您; not where 我 stands between."""
_ASKING_REACH = 14

SHORTEST_NAME = 2
"""Characters of a name, signs left out, by which a document is known."""

SHORT_TITLE, LONGEST_TITLE = 6, 40
"""Characters of a title without brackets."""

SHORT_LINE = 14
"""Characters, signs left out, from which a line that speaks of a document is known when it comes again."""

MOST_LINES = 8
"""Lines of one message that are compared."""

LEAST_BESIDE = 6
"""Characters beside a title, fewer than which only bring the document and tell nothing of it."""

MOST_SIGNS = 64
"""Different signs of a text that are removed one by one; a text with more is a hostile one."""


class DocumentNote(NamedTuple):
    """What names the documents of a message, each with its place in the original text.

    `named` is the text in which the title of an earlier document is looked for, with its place `whole`;
    `said` is where the message says that it is sent anew, by a listed word or, `worded`, by its words together;
    `brought` tells that a title in it means the document.
    """

    keys: tuple[tuple[str, Span], ...]
    sent_anew: bool
    named: str
    whole: Span
    said: tuple[Span, ...] | None
    brought: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class RepeatedDocument:
    """The same document sent into the chat again (Baotou 2019 item 6: 严禁重复发文).

    A document is known by its file name, its link, or its own words when they are at least
    `least_characters` long, fewer in a line that speaks of a document. Where somebody says that it is sent anew
    (`again`), its title is enough, or `least_overlap` of the title's pairs of characters. The very title is enough,
    too, with a word as 又 or 再 (`once_more`), or with hardly a word beside it. Where the words of a message say
    together that work is sent anew, from `least_said` tenths of log odds, its sender is taken at his word, unless he
    asks for the document (能不能再发一遍): no earlier message is needed.
    """

    category: ClassVar[Category] = Category.REPEATED_DOCUMENT
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = ALWAYS
    reasons: ClassVar[tuple[str, ...]] = ("document_again", "said_again", "wording_repeated_document")
    has_card: ClassVar[bool] = True
    clause: Clause
    least_characters: int
    least_overlap: float
    window_days: int
    least_said: float
    again: Mask
    once_more: Mask
    corrected: Mask
    document_word: Mask
    title_end: Mask

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """A finding that refers to the first message which brought the document."""
        note = self.note(reading)
        return () if note is None else self.recall(note, reading.message, scene)

    def note(self, reading: Reading) -> DocumentNote | None:
        """The documents of a message; None when it has none and speaks of none sent before."""
        surely = Fact.WORK in reading.facts and reading.points(self.category) >= self.least_said
        sent_anew = surely or bool(reading.mask & self.again)
        holds_one = self._may_hold_one(reading)
        if not sent_anew and not holds_one:
            return None
        original = reading.normal.original
        keys = tuple((key, original(span)) for key, span in self._keys(reading) if _names(key)) if holds_one else ()
        if not keys and not sent_anew:
            return None
        text = reading.text
        named = text if sent_anew and not reading.mask & self.corrected else ""
        said = self._said_again(reading) if surely else None
        titled = any(key.startswith("title:") for key, _ in keys)
        brought = sent_anew or (titled and self._brought(reading))
        worded = surely and not reading.mask & self.again
        return DocumentNote(keys, sent_anew, named, original((0, len(text))), said, brought, worded)

    def _brought(self, reading: Reading) -> bool:
        """Whether a title stands for the document itself, and is not merely spoken of."""
        if reading.mask & self.corrected:
            return False
        text = reading.text
        titles = reading.titles or self._plain_titles(reading)
        beside = [character for character in _outside(text, titles) if character.isalnum()]
        return bool(reading.mask & self.once_more) or len(beside) < LEAST_BESIDE

    def recall(self, note: DocumentNote, message: Message, scene: Scene) -> Sequence[Finding]:
        """A finding that refers to the first message which brought the document; all keys are remembered."""
        history = scene.history
        earlier: tuple[SentBefore, Span] | None = None
        for key, span in note.keys:
            known = history.documents.get(key)
            named_only = key.startswith("title:") and not note.brought
            if known and known.message_id != message.id and not named_only and self._recent(message.at, known):
                earlier = earlier or (known, span)
        if earlier is None and note.named:
            earlier = self._named_again(note, message, scene)
        for key, _ in note.keys:
            history.remember_document(key, message.id, message.at)
        if earlier is not None:
            known, span = earlier
            return (Finding(self.category, 0.9, "document_again", (span,), self.clause, refers_to=known.message_id),)
        reason = "wording_repeated_document" if note.worded else "said_again"
        return () if note.said is None else (Finding(self.category, 0.7, reason, note.said, self.clause),)

    def _said_again(self, reading: Reading) -> tuple[Span, ...] | None:
        """Where the sender says that a document was sent before, though nobody may have seen it here."""
        if reading.mask & self.corrected or self._wanted(reading):
            return None
        words = self.again if reading.mask & self.again else Mask(self.once_more | self.document_word)
        said = [span for sentence in reading.sentences for span in sentence.said(words)]
        first_line = (0, (reading.text + "\n").index("\n"))
        return reading.originals([*said, *reading.titles, first_line][:1])

    def _wanted(self, reading: Reading) -> bool:
        """Whether the sender asks somebody to send a document again."""
        text = reading.text
        places = [start for s in reading.sentences if s.mask & self.again for start, _ in s.said(self.again)]
        return any(_ASKING.search(text[max(0, start - _ASKING_REACH) : start]) for start in places)

    def _may_hold_one(self, reading: Reading) -> bool:
        message = reading.message
        text = reading.text
        return bool(
            "." in text
            or "[" in text
            or "【" in text
            or reading.mask & (self.document_word | self.title_end)
            or "转" in text
            or len(text) >= self.least_characters
            or reading.titles
            or message.file_name
            or message.links
        )

    def _recent(self, at: datetime | None, known: SentBefore) -> bool:
        if at is None or known.at is None:
            return True
        return timedelta(0) <= at - known.at <= timedelta(days=self.window_days)

    def _keys(self, reading: Reading) -> Iterator[tuple[str, Span]]:
        """What names the document of a message, each with its place in the normal text."""
        text = reading.text
        message = reading.message
        yield from self._files(reading)
        for start, end in (*reading.titles, *self._plain_titles(reading)):
            yield "title:" + _bare(text[start:end]), (start, end)
        if Fact.DATA_COLLECTION not in reading.facts:
            for link in (*message.links, *links_in(text)):
                yield "link:" + link, (0, len(text))
        yield from self._bodies(text)
        if reading.mask & (self.document_word | self.title_end) or reading.titles or "转" in text or "【" in text:
            yield from _lines(text)

    def _files(self, reading: Reading) -> Iterator[tuple[str, Span]]:
        """What names the files of a message."""
        text = reading.text
        message = reading.message
        if message.file_name:
            name = _bare(fold(message.file_name))
            yield "title:" + name, (0, min(len(text), 1))
            yield "file:" + name, (0, min(len(text), 1))
        if "." in text:
            for match in _FILE_NAME.finditer(text):
                name = _bare(match[0].removeprefix("[文件]"))
                yield "file:" + name, match.span()
                yield "title:" + name, match.span()
        if "[" in text:
            for match in _ATTACHED.finditer(text):
                yield "file:" + _bare(match[1]), match.span()

    def _plain_titles(self, reading: Reading) -> list[Span]:
        """The titles without brackets: what stands between two signs and ends in a word as 通知 (`title_end`)."""
        if not reading.mask & self.title_end:
            return []
        text = reading.text
        found: list[Span] = []
        for start, end in [
            span for s in reading.sentences if s.mask & self.title_end for span in s.said(self.title_end)
        ]:
            tail = _TITLE_TAIL.match(text, end)
            first = start
            while first and end - first < LONGEST_TITLE and text[first - 1].isalnum():
                first -= 1
            if tail is not None and tail.end() - first >= SHORT_TITLE:
                found.append((first, tail.end()))
        return found

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


def _lines(text: str) -> Iterator[tuple[str, Span]]:
    """The lines of a message that are long enough to be known when they come again."""
    start = 0
    for line in text.split("\n", MOST_LINES)[:MOST_LINES]:
        told = _without_signs(line)
        if len(told) >= SHORT_LINE:
            yield "line:" + told, (start, start + len(line))
        start += len(line) + 1


def _outside(text: str, spans: Sequence[Span]) -> str:
    """A text without some of its stretches, which are in order."""
    here, kept = 0, []
    for start, end in spans:
        kept.append(text[here:start])
        here = end
    return "".join([*kept, text[here:]])


def _bare(name: str) -> str:
    """A document's name without extension, brackets and signs."""
    return _SIGNS.sub("", _EXTENSION.sub("", name.strip(" []《》")))


def _names(key: str) -> bool:
    """Whether a key holds a name at all: one made of nothing but signs would be that of any other such file."""
    return len(key.partition(":")[2]) >= SHORTEST_NAME


def _without_signs(text: str) -> str:
    """A long text without signs and spaces; the few that an honest one holds are each removed at once."""
    signs = [character for character in set(text) if not character.isalnum()]
    if len(signs) > MOST_SIGNS:
        return _SIGNS.sub("", text)
    for sign in signs:
        text = text.replace(sign, "")
    return text

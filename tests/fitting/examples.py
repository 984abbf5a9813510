"""Labelled messages as the cards see them: the signs of each stretch, and the templates that matched."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import add
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.detectors import CARDS
from bot.core.detectors.base import Worded
from bot.core.facts import FactReader
from bot.core.lexicon import Lexicon
from bot.core.model import Fact, Message, SenderRole
from bot.core.quotes import quoted_spans
from bot.core.reading import Reader, Reading
from bot.core.scene import Scene
from bot.core.wordscores import BEGIN, END, FINE, Label, share
from bot.core.wordsigns import shape_of, signs_of, stretches, unmuted
from bot.core.worktime import WorkingHours, WorkTime
from config.calendar import load_calendar
from config.rules import load_parts
from config.word_scores import DIGIT, FIRST, LAST, SPACE

ZONE = ZoneInfo("Asia/Shanghai")
DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
AGAIN = "duplicate_collection"
SENT_AGAIN = "repeated_document"
SAYING_SO = frozenset({"class resend", "class resend_weak"})
"""Classes of words with which a message says that a document is sent again."""
NEEDING = frozenset({"late_deadline", AGAIN})
"""Categories that must be possible before words can decide: a late end needs an end, a second request a first."""
ROLES = ("admin", "member")
LATER = ("e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "v", "x", "y", "z")
"""How the names of the writers begin who wrote after the templates were tuned."""
_WRITTEN = {BEGIN: FIRST, END: LAST, " ": SPACE, "\n": SPACE} | dict.fromkeys("0123456789", DIGIT)


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled message; `stretches` hold for each sign its value, `matched` the categories of its templates.

    `refused` are the categories of whose templates the words stand refused.

    `possible` are the categories that can be given at all, whatever the words say. A message that was labelled for
    one category `only` says nothing of the others.
    """

    id: str
    writer: str
    labels: frozenset[str]
    stretches: tuple[dict[str, float], ...]
    matched: frozenset[str]
    refused: frozenset[str]
    possible: frozenset[str]
    only: str = ""
    silent: bool = False
    """Whether a document is sent again without a word about it, which only the chat can tell."""

    @property
    def fresh(self) -> bool:
        """Whether a match of a template on the message means what it will mean on a new one."""
        return self.writer.startswith(LATER) or bool(self.only)

    def tells_of(self, label: str) -> bool:
        """Whether a card of the label can learn from the message; a first request teaches how a second one sounds."""
        if label == AGAIN and "data_collection" in self.labels:
            return self.only in {"", label}
        if label == SENT_AGAIN and self.silent:
            return False
        return self.only in {"", label} and label not in NEEDING - self.possible


class Signs:
    """Reads the signs of messages with the shipped rules."""

    def __init__(self) -> None:
        lexicon, facts, detectors = load_parts()
        self._lexicon: Lexicon = lexicon
        self._reader = Reader(lexicon)
        self._facts: FactReader = facts
        self._detectors: list[Worded] = [d for d in detectors if isinstance(d, Worded)]
        self._names = {lexicon.mask(name): name for name in lexicon.classes}
        self._worktime = WorkTime(load_calendar(), WorkingHours(), ZONE)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The categories that may have a card."""
        return CARDS

    def example(self, row: Mapping[str, Any], writer: str) -> Example:
        """One row of a labelled file."""
        reading = self._reader.read(_message(row))
        reading.facts = self._facts.read(reading)
        found = tuple(self._stretch(reading, s.start, s.end, s.mask) for s in stretches(reading))
        if "only" in row:  # such sentences are all short, which must not teach that demands are
            found = tuple({k: v for k, v in signs.items() if not k.startswith("sign length")} for signs in found)
        matched, possible = self._found(reading)
        refused = frozenset(d.category.value for d in self._detectors if d.refuses(reading))
        possible |= {AGAIN} if row.get("asked_before") else frozenset()
        labels = frozenset(row["labels"])
        silent = "chat" in row and SENT_AGAIN in labels and not any(SAYING_SO & signs.keys() for signs in found)
        only = str(row.get("only", ""))
        return Example(str(row["id"]), writer, labels, found, matched, refused, possible, only, silent)

    def _found(self, reading: Reading) -> tuple[frozenset[str], frozenset[str]]:
        """The categories whose templates match, and those that are possible, whatever the facts are."""
        facts, reading.facts = reading.facts, {Fact.TASK: ()}
        scene = Scene(self._worktime)
        found = {d.category.value: [f.score for f in d.detect(reading, scene)] for d in self._detectors}
        reading.facts = facts
        return frozenset(c for c, scores in found.items() if any(scores)), frozenset(c for c in found if found[c])

    def _stretch(self, reading: Reading, start: int, end: int, mask: int) -> dict[str, float]:
        text = unmuted(reading)[start:end]
        framed = f"{BEGIN}{text}{END}"
        weight = share(len(framed)) / FINE
        signs = {f"piece {written(piece)}": weight for piece in {*text, *map(add, framed, framed[1:])}}
        signs |= {f"class {name}": 1.0 for bit, name in self._names.items() if mask & bit}
        signs |= {f"sign {name}": 1.0 for name in (*signs_of(reading), *shape_of(text))}
        return signs


def _message(row: Mapping[str, Any]) -> Message:
    text = str(row["text"])
    at = datetime.fromisoformat(str(row["at"])) if "at" in row else None
    role = {True: SenderRole.ADMIN, False: SenderRole.MEMBER}.get(row.get("sender_is_admin"), SenderRole.UNKNOWN)
    columns = tuple(row.get("columns", ()))
    return Message(
        str(row["id"]),
        text,
        at.replace(tzinfo=ZONE) if at and at.tzinfo is None else at,
        role=role,
        quotes=quoted_spans(text),
        columns=columns,
    )


def written(piece: str) -> str:
    """How the files write a piece."""
    return "".join(_WRITTEN.get(character, character) for character in piece)


def read_examples(signs: Signs, paths: Iterable[Path]) -> list[Example]:
    """The messages of labelled files; the writer is told by the first part of `template`."""
    found = []
    for path in paths:
        asked: set[str] = set()
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            writer = str(row.get("template", path.stem)).split("/")[0]
            chat = str(row.get("chat", row["id"]))
            found.append(signs.example(row | {"asked_before": chat in asked}, writer))
            if "data_collection" in row["labels"]:
                asked.add(chat)
    return found


def paragraphs(signs: Signs) -> Iterator[Example]:
    """The paragraphs of the founding documents, which demand nothing of anybody in a chat."""
    for path in sorted(DOCUMENTS.glob("*.txt")):
        for number, text in enumerate(path.read_text("utf-8").splitlines()):
            if text.strip():
                row = {"id": f"{path.stem}-{number}", "text": text.strip(), "labels": ()}
                yield signs.example(row, "documents")

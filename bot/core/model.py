"""The values of the domain: messages as they arrive, and what Jianfu says of them.

What is made for every message is a named tuple: it takes a third of the time that a frozen dataclass takes, here
and on the way to another process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end (exclusive) of a stretch of the original text, in characters (code points)."""


class Category(StrEnum):
    """The burdens that a finding can name, one detector each."""

    __hash__ = str.__hash__  # that of an enum is many times slower

    AFTER_HOURS = "after_hours"
    APPORTION = "apportion"
    DUPLICATE_COLLECTION = "duplicate_collection"
    FORCED_APP = "forced_app"
    GHOST_WRITING = "ghost_writing"
    LATE_DEADLINE = "late_deadline"
    QUIZ_STUDY = "quiz_study"
    RANKING = "ranking"
    RECEIPT = "receipt"
    REPEATED_DOCUMENT = "repeated_document"
    SCREENSHOT_CHECKIN = "screenshot_checkin"
    URGENT_MISUSE = "urgent_misuse"
    VISIT_ON_REST_DAY = "visit_on_rest_day"
    VOTE_LIKE = "vote_like"


class Fact(StrEnum):
    """What a message is, counted and no wrong in itself."""

    __hash__ = str.__hash__  # that of an enum is many times slower

    DATA_COLLECTION = "data_collection"
    TASK = "task"
    URGENT = "urgent"
    WORK = "work"


class SenderRole(StrEnum):
    """What is known of the one who wrote a message; a person's name is never kept."""

    __hash__ = str.__hash__  # that of an enum is many times slower

    ADMIN = "admin"
    MEMBER = "member"
    CHANNEL = "channel"
    BOT = "bot"
    UNKNOWN = "unknown"


class MessageKind(StrEnum):
    """What carries the message; a text may stand beside any of them as its caption."""

    __hash__ = str.__hash__  # that of an enum is many times slower

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    FILE = "file"
    STICKER = "sticker"
    LOCATION = "location"
    POLL = "poll"
    CHECKLIST = "checklist"
    LINK = "link"
    SERVICE = "service"
    OTHER = "other"


class Message(NamedTuple):
    """One message (an album counts as one), free of any platform's objects.

    `at` is aware, in the chat's own zone; None where the source states no time. `sender` is an
    opaque key that never leaves the process. `text` is a text, a caption, the question of a poll
    with its options, or the title of a checklist with its tasks, joined by line breaks.
    `quotes` are the spans of `text` that somebody else wrote.
    """

    id: str
    text: str
    at: datetime | None
    chat: str = ""
    unit: str = ""
    sender: str = ""
    role: SenderRole = SenderRole.UNKNOWN
    kind: MessageKind = MessageKind.TEXT
    forwarded: bool = False
    quotes: tuple[Span, ...] = ()
    reply_to: str | None = None
    thread: str | None = None
    edited_at: datetime | None = None
    columns: tuple[str, ...] = ()
    file_name: str = ""
    file_size: int = 0
    links: tuple[str, ...] = ()
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Clause:
    """The policy item behind a category, and the unit that answers for it."""

    document: str
    item: str
    responsible_unit: str

    def __str__(self) -> str:
        return f"{self.document} {self.item}".strip()


class DeadlineKind(StrEnum):
    """How an end point was stated."""

    CLOCK = "clock"  # 今天18点前, 20:00截止
    DAY = "day"  # 周五前, 3月15日前, 月底前
    BARE = "bare"  # 今晚, 周末, 周日, without "before"
    SPAN = "span"  # 半小时内, 三天内
    WORK_END = "work_end"  # 下班前


class Deadline(NamedTuple):
    """A stated end point: where it stands in the text, and the aware moment it means."""

    span: Span
    moment: datetime
    kind: DeadlineKind


class Direction(StrEnum):
    """Whether an after-hours message asks for work or answers (and suffers) it."""

    ASKS = "asks"
    ANSWERS = "answers"


class Finding(NamedTuple):
    """One burden found in one message, with everything needed to say why."""

    category: Category
    score: float
    reason: str
    spans: tuple[Span, ...]
    clause: Clause
    deadline: Deadline | None = None
    refers_to: str | None = None
    direction: Direction | None = None
    provisional: bool = False


_NO_SPANS: Mapping[Fact, tuple[Span, ...]] = {}


class Verdict(NamedTuple):
    """All that is said of one message: the facts counted, the findings, and failed detectors.

    `fact_spans` tells where a fact was read. `exempt` names the reasons for which a finding was
    not made (`urgent`, `emergency_window`, `duty`). `failures` are names of detectors that raised.
    """

    facts: frozenset[Fact]
    findings: tuple[Finding, ...] = ()
    fact_spans: Mapping[Fact, tuple[Span, ...]] = _NO_SPANS
    exempt: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    outside_hours: bool = False

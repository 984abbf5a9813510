"""What a reading of an export gives: messages, the chats met, and a tally of all that was seen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.model import Message
from bot.core.stated_names import StatedNames

CHATS_KEPT = 10_000
"""Of more chats than this in one file only the number is kept."""

TITLE_LENGTH = 256
"""Titles are attacker-controlled text; no more of them is kept than any product allows."""


class ExportKind(StrEnum):
    """The product that wrote a file."""

    TELEGRAM_JSON = "telegram_json"
    QQ_TEXT = "qq_text"
    WECHAT_CSV = "wechat_csv"


class ChatKind(StrEnum):
    """What a chat is, as far as its export tells."""

    GROUP = "group"
    CHANNEL = "channel"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChatInfo:
    """A chat met in an export: the key its messages carry, and a title not to be shown unasked."""

    key: str
    kind: ChatKind
    title: str = ""


@dataclass(slots=True)
class Tally:
    """What was read, passed over and repaired; it fills while the messages are iterated.

    `messages` counts what was yielded, an album once. `services` counts system messages by action.
    `skipped` has a reason for each element, and for each whole chat, that was passed over.
    `truncated` says that the file breaks off or cannot be read to its end; the last good message
    is then `last_id`, of `last_at`. `zone_offsets` are the minutes east of UTC that the exporting
    computer's clock showed; `with_zone` and `without_zone` count messages by how their time was
    stated, as an instant or as a local time.
    """

    chats: int = 0
    messages: int = 0
    albums: int = 0
    unsupported: int = 0
    services: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    truncated: bool = False
    last_id: str = ""
    last_at: datetime | None = None
    first_moment: datetime | None = None
    last_moment: datetime | None = None
    zone_offsets: set[int] = field(default_factory=set)
    with_zone: int = 0
    without_zone: int = 0

    @property
    def only_private(self) -> bool:
        """Whether the file holds private chats and no other, so that there is nothing to audit."""
        return self.chats == 0 and self.skipped["private_chat"] > 0

    def note(self, message: Message) -> None:
        """Count a message that is handed on, and widen the covered range to it."""
        self.messages += 1
        self.last_id = message.id
        self.last_at = at = message.at
        if at is None:
            return
        if self.first_moment is None or self.last_moment is None:
            self.first_moment = self.last_moment = at
        elif at > self.last_moment:
            self.last_moment = at
        elif at < self.first_moment:
            self.first_moment = at


@dataclass(slots=True)
class Notes:
    """Where a reader writes what it learns besides the messages."""

    tally: Tally = field(default_factory=Tally)
    chats: list[ChatInfo] = field(default_factory=list)
    names: StatedNames = field(default_factory=StatedNames)

    def meet(self, key: str, kind: ChatKind, title: object = "") -> None:
        """Record a chat whose messages are about to be read."""
        self.tally.chats += 1
        if len(self.chats) < CHATS_KEPT:
            shown = title[:TITLE_LENGTH] if isinstance(title, str) else ""
            self.chats.append(ChatInfo(key, kind, shown))


@dataclass(frozen=True, slots=True)
class Export:
    """An opened export: iterate it once for its messages, then read `tally`, `chats` and `names`."""

    kind: ExportKind
    name: str
    tally: Tally
    chats: list[ChatInfo]
    names: StatedNames
    messages: Iterator[Message]

    def __iter__(self) -> Iterator[Message]:
        note = self.tally.note
        for message in self.messages:
            note(message)
            yield message

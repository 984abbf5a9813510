"""Reading `result.json` of Telegram Desktop: one chat or a whole account, of any generation."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.chat_export.albums import join_albums
from bot.chat_export.export import ChatKind, Notes
from bot.chat_export.fields import in_file
from bot.chat_export.json_stream import JsonStream
from bot.chat_export.json_window import BrokenOffError
from bot.chat_export.telegram_message import ChatReader
from bot.core.errors import BadExport
from bot.core.model import Message

CHAT_LISTS = ("chats", "left_chats")
"""The parts of a full export that hold chats."""

UNNUMBERED = "tg:unknown-"
"""How the key of a chat begins whose number is not stated, so that nothing tells whether another file holds it too."""

BASIC = "tg:basic:"
"""How the key of a basic group begins; a supergroup may have the same number."""
_BASIC_TYPE = "private_group"

_PRIVATE = frozenset({"bot_chat", "personal_chat", "replies", "saved_messages", "verification_codes"})
_HEADER = ("name", "type", "id")


def chat_kind(type_: object) -> ChatKind | None:
    """Return what a chat of this `type` is to an audit: group, channel, or None for all others."""
    if type(type_) is not str:
        return None
    if type_.endswith("group"):
        return ChatKind.GROUP
    return ChatKind.CHANNEL if type_.endswith("channel") else None


def is_chat_type(type_: object) -> bool:
    """Whether Telegram Desktop writes this `type` of a chat."""
    return chat_kind(type_) is not None or (type(type_) is str and type_ in _PRIVATE)


@dataclass(slots=True)
class TelegramReader:
    """Reads the messages of groups and channels; private chats are passed over whole, and counted."""

    stream: JsonStream
    zone: ZoneInfo
    notes: Notes
    file: str
    number: int = 0
    _met: int = 0

    def messages(self) -> Iterator[Message]:
        """Yield every message up to the end of the file, or to where it breaks off."""
        tally = self.notes.tally
        try:
            yield from self._object(is_file=True)
            if not self.stream.at_end():
                tally.skipped["trailing_data"] += 1
        except BrokenOffError:
            tally.truncated = True
            return
        if not self._met:
            raise BadExport("no_chats", file=self.file)

    def _object(self, *, is_file: bool) -> Iterator[Message]:
        header: dict[str, object] = {}
        for key in self.stream.members():
            if key in _HEADER:
                header[key] = self.stream.scalar()
            elif key == "messages":
                self._met += 1
                yield from self._chat(header)
            elif is_file and key in CHAT_LISTS:
                yield from self._chats()

    def _chats(self) -> Iterator[Message]:
        for key in self.stream.members():
            if key == "list":
                for _ in self.stream.items():
                    yield from self._object(is_file=False)

    def _chat(self, header: dict[str, object]) -> Iterator[Message]:
        kind = chat_kind(header.get("type"))
        if kind is None:
            known = is_chat_type(header.get("type"))
            self.notes.tally.skipped["private_chat" if known else "unknown_chat_type"] += 1
            return
        number = header.get("id")
        key = self._key(number, basic=header.get("type") == _BASIC_TYPE)
        self.notes.meet(key, kind, header.get("name"))
        reader = ChatReader(key, number, self.zone, self.notes, broadcast=kind is ChatKind.CHANNEL)
        messages = map(reader.read, self.stream.elements())
        yield from join_albums(messages, self.notes.tally)

    def _key(self, number: object, *, basic: bool) -> str:
        if type(number) is not int:
            return in_file(f"{UNNUMBERED}{self._met}", self.number)
        return f"{BASIC}{number}" if basic else f"tg:{number}"

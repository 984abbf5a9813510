"""Reading the text that QQ's and TIM's message managers write: one or several chats in one file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.chat_export.export import ChatKind, Notes
from bot.chat_export.fields import in_file, links_in, opaque_key
from bot.chat_export.qq_header import Header, chat_named, folder_named, header_of, is_rule
from bot.chat_export.qq_placeholders import kind_and_text
from bot.core.model import Message, SenderRole
from bot.core.quotes import quoted_spans

LONGEST_TEXT = 1 << 20
"""Characters of the longest message that is held; a longer one is passed over."""

_OF_OFFICE = ("【群主】", "【管理员】")
_FRIENDS = frozenset({"我的好友", "特别关心", "临时会话", "陌生人", "黑名单"})
_SYSTEM_NUMBERS = frozenset({"10000", "1000000"})


@dataclass(slots=True)
class _Chat:
    """One chat of the file, and its message whose lines are going by."""

    title: str = ""
    private: bool = False
    met: bool = False
    header: Header | None = None
    body: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, line: str) -> None:
        self.size += len(line) + 1
        if self.header is not None and self.size <= LONGEST_TEXT:
            self.body.append(line)

    def drop_frame(self) -> None:
        """Take from the message the lines that belong to the name of the next chat."""
        while self.body and (
            not self.body[-1].strip() or is_rule(self.body[-1]) or folder_named(self.body[-1]) is not None
        ):
            self.body.pop()


@dataclass(slots=True)
class QqReader:
    """Reads the messages of groups; chats of two, which state no numbers, are passed over whole.

    A head of a message counts as one only below an empty line, else it is a line of the text. Ids
    are positions in the file, for the file states none, and a group is told by its title, in this file only.
    """

    lines: Iterable[str]
    zone: ZoneInfo
    notes: Notes
    number: int = 0
    _count: int = 0
    _folder: str = ""
    _chat: _Chat = field(default_factory=_Chat)

    def messages(self) -> Iterator[Message]:
        """Yield every message of every group."""
        free = True
        ruled = False
        for ended in self.lines:
            line = ended.rstrip("\n")
            title = chat_named(line) if ruled else None
            header = header_of(line, self.zone) if free and title is None else None
            if title is not None:
                self._chat.drop_frame()
                yield from self._close()
                self._open(title)
            elif header is None or not self._accepts(header):
                self._note_folder(line, ruled=ruled)
                self._chat.add(line)
            else:
                yield from self._close()
                self._chat.header = header
            ruled = is_rule(line)
            free = ruled or not line.strip()
        yield from self._close()

    def _note_folder(self, line: str, *, ruled: bool) -> None:
        folder = folder_named(line) if ruled else None
        if folder is not None:
            self._folder = folder

    def _open(self, title: str) -> None:
        self._chat = _Chat(title)
        if self._folder in _FRIENDS:
            self._set_private()

    def _accepts(self, header: Header) -> bool:
        """Whether a line of the form of a head is one; the first of a chat tells what the chat is."""
        chat = self._chat
        if chat.private:
            return False
        if not header.address:
            if not chat.met:
                self._set_private()
            return False
        if not chat.met:
            chat.met = True
            self.notes.meet(self._key(), ChatKind.GROUP, chat.title)
        return True

    def _key(self) -> str:
        return in_file(opaque_key("qq", self._chat.title), self.number)

    def _set_private(self) -> None:
        self._chat.private = True
        self.notes.tally.skipped["private_chat"] += 1

    def _close(self) -> Iterator[Message]:
        """Yield the message whose last line has gone by."""
        chat, tally = self._chat, self.notes.tally
        header, text = chat.header, "\n".join(chat.body).strip()
        oversized = chat.size > LONGEST_TEXT
        chat.header, chat.body, chat.size = None, [], 0
        if header is None:
            return
        self._count += 1
        if oversized:
            tally.skipped["oversized_value"] += 1
        elif header.address in _SYSTEM_NUMBERS:
            tally.services["recall" if "撤回" in text else "system"] += 1
        else:
            tally.without_zone += 1
            yield self._message(header, text)

    def _message(self, header: Header, text: str) -> Message:
        kind, words, parts = kind_and_text(text)
        self.notes.names.learn(header.name.rpartition("】")[2])
        return Message(
            id=in_file(str(self._count), self.number),
            text=words,
            at=header.at,
            chat=self._key(),
            sender=opaque_key("qq", header.address),
            role=SenderRole.ADMIN if header.name.startswith(_OF_OFFICE) else SenderRole.UNKNOWN,
            kind=kind,
            quotes=quoted_spans(words),
            links=links_in(words),
            parts=parts,
        )

"""Reading the table of WeChat messages that WeChatMsg (MemoTrace, 留痕) writes."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat_export.export import CHATS_KEPT, ChatKind, Notes, Tally
from bot.chat_export.fields import (
    first_links,
    in_file,
    links_in,
    minutes_shown_east,
    moment_of_instant,
    moment_of_local_time,
    opaque_key,
)
from bot.chat_export.wechat_share import Share, share_of
from bot.core.model import Message, MessageKind
from bot.core.quotes import quoted_spans

LONGEST_FIELD = 4 << 20
"""Characters of the largest field; a row with a larger one is passed over."""

_NEEDED = frozenset({"Type", "StrContent", "StrTime"})
_OWN = "self"
_CHATROOM = "@chatroom"
_TEXT, _SHARE = 1, 49
_SYSTEM = frozenset({10000, 10002, 570425393})
_CALL = 50
_KINDS = {
    3: MessageKind.PHOTO,
    34: MessageKind.VOICE,
    42: MessageKind.OTHER,
    43: MessageKind.VIDEO,
    47: MessageKind.STICKER,
    48: MessageKind.LOCATION,
    62: MessageKind.VIDEO,
}


def is_wechat_csv(front: str) -> bool:
    """Whether the first line names the columns of such a table."""
    first = front.split("\n", 1)[0].rstrip("\r")
    return len(first) < 1000 and _NEEDED.issubset(name.strip(' "') for name in first.split(","))


@dataclass(slots=True)
class WechatReader:
    """Reads the rows of one or several chats.

    Where the chat is only a number, as the tool mostly writes it, the table does not tell a group
    from a chat of two, and is read; where it is an account, the chat is private and passed over.
    That number, and the number of a message, mean something in this file only.
    """

    lines: Iterable[str]
    zone: ZoneInfo
    notes: Notes
    number: int = 0
    _count: int = 0
    _met: set[str] = field(default_factory=set)
    _place: dict[str, int] = field(default_factory=dict)
    _width: int = 0

    def messages(self) -> Iterator[Message]:
        """Yield a message for each row that is one."""
        tally = self.notes.tally
        whole = True
        for row in _rows(self.lines, tally):
            if not self._place:
                self._place = {name.strip("\ufeff "): place for place, name in enumerate(row)}
                self._width = len(row)
                continue
            if not row:
                continue
            whole = len(row) == self._width
            if not whole:
                tally.skipped["bad_row"] += 1
                continue
            self._count += 1
            message = self._read(row)
            if message is not None:
                yield message
        tally.truncated = not whole

    def _read(self, row: Sequence[str]) -> Message | None:
        tally = self.notes.tally
        type_ = _code(self._cell(row, "Type"))
        content = self._cell(row, "StrContent")
        if not self._enter(self._cell(row, "TalkerId")):
            return None
        if type_ in _SYSTEM:
            tally.services["recall" if "撤回" in content else "system"] += 1
        elif type_ == _CALL:
            tally.services["call"] += 1
        elif type_ not in _KINDS and type_ not in (_TEXT, _SHARE):
            tally.unsupported += 1
        elif (at := self._moment(row)) is None:
            tally.skipped["no_date"] += 1
        else:
            return self._message(row, at, _share(type_, _code(self._cell(row, "SubType")), content))
        return None

    def _enter(self, talker: str) -> bool:
        """Whether the chat may be read; the first row of each chat introduces it."""
        is_group = talker.endswith(_CHATROOM)
        is_private = bool(talker) and not is_group and not talker.isdecimal()
        if talker not in self._met and len(self._met) < CHATS_KEPT:
            self._met.add(talker)
            if is_private:
                self.notes.tally.skipped["private_chat"] += 1
            else:
                kind = ChatKind.GROUP if is_group else ChatKind.UNKNOWN
                self.notes.meet(self._key(talker), kind)
        return not is_private

    def _key(self, talker: str) -> str:
        """Return the key of a chat; the account of a group is the same everywhere."""
        key = opaque_key("wx", talker)
        return key if talker.endswith(_CHATROOM) else in_file(key, self.number)

    def _message(self, row: Sequence[str], at: datetime, share: Share) -> Message:
        kind = MessageKind.OTHER if share.kind is MessageKind.TEXT and not share.text else share.kind
        return Message(
            id=in_file(self._cell(row, "localId") or f"row-{self._count}", self.number),
            text=share.text,
            at=at,
            chat=self._key(self._cell(row, "TalkerId")),
            sender=self._sender(row),
            kind=kind,
            forwarded=share.forwarded,
            quotes=quoted_spans(share.text),
            file_name=share.file_name,
            file_size=share.file_size,
            links=first_links((share.link, *links_in(share.text))),
        )

    def _moment(self, row: Sequence[str]) -> datetime | None:
        instant, local = self._cell(row, "CreateTime"), self._cell(row, "StrTime")
        tally = self.notes.tally
        at = moment_of_instant(instant[:-3] if len(instant) == 13 else instant, self.zone)
        if at is None:
            at = moment_of_local_time(local, self.zone)
            tally.without_zone += at is not None
            return at
        tally.with_zone += 1
        minutes = minutes_shown_east(local, at)
        if minutes is not None:
            tally.zone_offsets.add(minutes)
        return at

    def _sender(self, row: Sequence[str]) -> str:
        own = _OWN if self._cell(row, "IsSender") == "1" else ""
        shown = self._cell(row, "NickName"), self._cell(row, "Remark")
        for stated in shown:
            self.notes.names.learn(stated)
        name = self._cell(row, "Sender") or own or shown[0] or shown[1]
        return opaque_key("wx", name) if name else ""

    def _cell(self, row: Sequence[str], column: str) -> str:
        place = self._place.get(column)
        return row[place].strip() if place is not None else ""


def _share(type_: int, subtype: int, content: str) -> Share:
    if type_ == _TEXT:
        return Share(MessageKind.TEXT, content)
    return share_of(content, subtype) if type_ == _SHARE else Share(_KINDS[type_])


def _code(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= 12 else 0


def _rows(lines: Iterable[str], tally: Tally) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.reader(lines)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            tally.skipped["bad_row"] += 1

"""Small invented exports of every kind and generation, built from what a test wants to show."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from bot.chat_export import Export, open_export
from bot.core.model import Message

SHANGHAI = ZoneInfo("Asia/Shanghai")
GROUP = 1234567
START = 1_700_000_000  # 2023-11-15 06:13:20 in Shanghai
ABSENT = "(File not included. Change data exporting settings to download.)"
QUOTE = {"type": "blockquote", "text": "请今晚报送", "collapsed": False}
LINK = {"type": "link", "text": "https://a.cn/x"}
POLL = {
    "question": ["选", {"type": "bold", "text": "哪天"}],
    "closed": False,
    "total_voters": 2,
    "answers": [
        {"text": "周一", "voters": 1, "chosen": False},
        {"text": ["周二"], "voters": 1, "chosen": True},
    ],
}

Raw = dict[str, Any]


class Dribble(io.RawIOBase):
    """A pipe that gives a few bytes at a time and cannot seek."""

    def __init__(self, data: bytes, step: int = 7) -> None:
        self._data = data
        self._step = step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        taken = self._data[: min(len(buffer), self._step)]
        self._data = self._data[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)


def local_time(unix: int) -> str:
    return datetime.fromtimestamp(unix, SHANGHAI).replace(tzinfo=None).isoformat()


def message(number: int, text: object = "收到", *, seconds: int | None = None, **fields: object) -> Raw:
    """A message as written since 2022; `seconds` after the start, a minute for each number unless given."""
    unix = START + (60 * number if seconds is None else seconds)
    return {
        "id": number,
        "type": "message",
        "date": local_time(unix),
        "date_unixtime": str(unix),
        "from": "张三",
        "from_id": "user42",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}] if isinstance(text, str) else text,
        **fields,
    }


def message_of_2019(number: int, text: object = "收到", **fields: object) -> Raw:
    """A message as written before 2021: no instants, a number for the author, `edited` in 1970."""
    return {
        "id": number,
        "type": "message",
        "date": local_time(START + 60 * number),
        "edited": "1970-01-01T08:00:00",
        "from": "张三",
        "from_id": 42,
        "text": text,
        **fields,
    }


def service(number: int, action: str, **fields: object) -> Raw:
    unix = START + 60 * number
    return {
        "id": number,
        "type": "service",
        "date": local_time(unix),
        "date_unixtime": str(unix),
        "actor": "张三",
        "actor_id": "user42",
        "action": action,
        "text": "",
        "text_entities": [],
        **fields,
    }


def chat(*messages: object, type_: str = "private_supergroup", number: object = GROUP, **fields: object) -> Raw:
    return {"name": "某某工作群", "type": type_, "id": number, **fields, "messages": list(messages)}


def account(*chats: object, left: Iterable[object] = ()) -> Raw:
    """A full export, with the parts around the chats that have to be passed over."""
    return {
        "about": 'Here is the data you requested. "{[\\',
        "personal_information": {"first_name": "张", "bio": "}]"},
        "profile_pictures": [{"date": "2023-01-01T00:00:00", "photo": "p/1.jpg"}],
        "contacts": {"about": "…", "list": [{"first_name": "李", "user_id": 1}]},
        "chats": {"about": "…", "list": list(chats)},
        "left_chats": {"about": "…", "list": list(left)},
    }


def as_desktop(value: object) -> bytes:
    """JSON in the layout of Telegram Desktop."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def as_compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def qq_section(title: str, *entries: tuple[str, str], folder: str = "我的群聊") -> str:
    rule = "=" * 64
    head = f"{rule}\n消息分组:{folder}\n{rule}\n消息对象:{title}\n{rule}\n\n"
    return head + "".join(f"{header}\n{text}\n\n" for header, text in entries)


def qq_text(*sections: str) -> str:
    return "消息记录（此消息记录为文本格式，不支持重新导入）\n\n" + "\n".join(sections)


def wechat_row(number: int, content: str = "收到", type_: int = 1, **cells: object) -> dict[str, object]:
    unix = START + 60 * number
    return {
        "localId": number,
        "TalkerId": 7,
        "Type": type_,
        "SubType": 0,
        "IsSender": 0,
        "CreateTime": unix,
        "Status": 2,
        "StrContent": content,
        "StrTime": local_time(unix).replace("T", " "),
        "Remark": "",
        "NickName": "张三",
        "Sender": "wxid_zhang",
        **cells,
    }


WECHAT_COLUMNS = tuple(wechat_row(0))


def wechat_csv(*rows: dict[str, object]) -> str:
    table = io.StringIO()
    writer = csv.DictWriter(table, WECHAT_COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue()


def opened(data: bytes | BinaryIO, name: str = "export", number: int = 0) -> Export:
    return open_export(io.BytesIO(data) if isinstance(data, bytes) else data, name=name, zone=SHANGHAI, number=number)


def read(data: bytes | BinaryIO, number: int = 0) -> tuple[list[Message], Export]:
    """All messages of an export, and the export for its tally; `number` tells it from others read beside it."""
    export = opened(data, number=number)
    return list(export), export


def read_chat(*messages: object, **fields: Any) -> tuple[list[Message], Export]:
    return read(as_desktop(chat(*messages, **fields)))


def only(*messages: object, **fields: Any) -> Message:
    """The one message of a chat."""
    found, _ = read_chat(*messages, **fields)
    assert len(found) == 1
    return found[0]

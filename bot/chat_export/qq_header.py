"""The lines of a QQ text that are no message text: rules, folders, chats, heads of messages."""

import re
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONGEST_HEADER = 512
"""Characters of the longest line that is taken for the head of a message."""

_PREAMBLE = "消息记录（此消息记录为文本格式"
_FRONT = 20_000
_HEADER = re.compile(
    r"(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2}) +(?P<half>上午|下午)? *(?P<time>\d{1,2}:\d{2}:\d{2}) +"
    r"(?:(?P<name>.*?)(?:\((?P<number>\d{4,12})\)|<(?P<mail>[^<>]{1,254})>)|(?P<alone>\S.*?))\s*",
    re.ASCII,
)
_RULE = re.compile(r"={16,}\s*")
_FOLDER = re.compile(r"消息分组[:：](.*)")
_CHAT = re.compile(r"消息对象[:：](.*)")


class Header(NamedTuple):
    """The head of a message: when, and by whom; `address` is empty in chats of two."""

    at: datetime
    name: str
    address: str


def is_qq_text(front: str) -> bool:
    """Whether a text begins as QQ's message manager begins it, or has the head of a message."""
    if front.startswith(_PREAMBLE):
        return True
    lines = front[:_FRONT].splitlines()
    named = any(is_rule(above) and chat_named(line) is not None for above, line in pairwise(lines))
    return named or any(header.address for line in lines if (header := header_of(line, None)))


def header_of(line: str, zone: ZoneInfo | None) -> Header | None:
    """Return the head of a message that this line has the form of."""
    if not line[:4].isdecimal() or len(line) > LONGEST_HEADER:
        return None
    found = _HEADER.fullmatch(line)
    if found is None:
        return None
    year, month, day = map(int, re.split("[-/]", found["date"]))
    if not 1971 <= year < 3000:
        return None
    hour, minute, second = map(int, found["time"].split(":"))
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "下午" else 0)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
    address = found["number"] or (found["mail"] or "").lower()
    return Header(at, found["name"] or found["alone"] or "", address)


def is_rule(line: str) -> bool:
    """Whether the line is one of those that frame the name of a chat."""
    return line.startswith("=") and _RULE.fullmatch(line) is not None


def folder_named(line: str) -> str | None:
    """Return the folder of chats that the line names."""
    found = _FOLDER.fullmatch(line.strip())
    return found[1].strip() if found else None


def chat_named(line: str) -> str | None:
    """Return the chat that the line names."""
    found = _CHAT.fullmatch(line.strip())
    return found[1].strip() if found else None

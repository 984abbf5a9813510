"""What WeChat's shares say: files, links, answers and announcements, found without an XML parser."""

import html
import re
from typing import NamedTuple

from bot.chat_export.fields import LONGEST_FILE_NAME, size_of
from bot.core.model import MessageKind

LONGEST_SHARE = 1 << 16
"""Characters of a share that are searched; a bundle of forwarded messages goes on for long after."""

_OPENED = re.compile(r"<(title|url|type|totallen|textannouncement)>")
_LONGEST_FIELD = 16_384
_FILE, _BUNDLE, _ANSWER, _CHAIN, _ANNOUNCEMENT = 6, 19, 57, 53, 87
_KINDS = {
    _FILE: MessageKind.FILE,
    _BUNDLE: MessageKind.OTHER,
    _ANSWER: MessageKind.TEXT,
    _CHAIN: MessageKind.TEXT,
    _ANNOUNCEMENT: MessageKind.TEXT,
    2000: MessageKind.OTHER,
    2001: MessageKind.OTHER,
}


class Share(NamedTuple):
    """A share as an audit sees it."""

    kind: MessageKind
    text: str = ""
    link: str = ""
    file_name: str = ""
    file_size: int = 0
    forwarded: bool = False


def share_of(content: str, subtype: int) -> Share:
    """Return what a share holds; no entity is expanded but those of single characters."""
    if not content.lstrip().startswith("<"):
        return Share(_KINDS.get(subtype, MessageKind.LINK), content, forwarded=subtype == _BUNDLE)
    fields = _fields(content[:LONGEST_SHARE])
    if not subtype:
        subtype = _number(fields.get("type", ""))
    kind = _KINDS.get(subtype, MessageKind.LINK)
    title = fields.get("title", "")
    if kind is MessageKind.FILE:
        size = size_of(_number(fields.get("totallen", "")))
        return Share(kind, file_name=title[:LONGEST_FILE_NAME], file_size=size)
    text = fields.get("textannouncement", title) if subtype == _ANNOUNCEMENT else title
    url = fields.get("url", "") if kind is MessageKind.LINK else ""
    link = url if url.startswith(("http://", "https://")) else ""
    return Share(kind, text, link, forwarded=subtype == _BUNDLE)


def _fields(xml: str) -> dict[str, str]:
    """Return the first stretch between tags of each name that is wanted."""
    found: dict[str, str] = {}
    for opened in _OPENED.finditer(xml):
        name = opened[1]
        if name in found:
            continue
        end = xml.find(f"</{name}>", opened.end(), opened.end() + _LONGEST_FIELD)
        if end >= 0:
            found[name] = _plain(xml[opened.end() : end])
    return found


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith("<![CDATA[") and value.endswith("]]>"):
        return value[9:-3].strip()
    return html.unescape(value)


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) <= 15 else 0

"""Telling by content alone what a file is, and saying of any other file why it cannot be read."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from bot.chat_export.export import ExportKind
from bot.chat_export.json_stream import JsonStream
from bot.chat_export.json_window import BrokenOffError
from bot.chat_export.qq_header import is_qq_text
from bot.chat_export.telegram_desktop import CHAT_LISTS, is_chat_type
from bot.chat_export.wechat_csv import is_wechat_csv
from bot.core.errors import BadExport

FRONT = 1 << 16
"""Bytes at the front of a file in which it must show what it is."""

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(r"\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)
_OF_FULL_EXPORT = frozenset(
    {
        *CHAT_LISTS,
        "contacts",
        "frequent_contacts",
        "other_data",
        "personal_information",
        "profile_pictures",
        "sessions",
        "stories",
        "web_sessions",
    }
)


class Recognised(NamedTuple):
    """The kind of a file, and the encoding of its text."""

    kind: ExportKind
    encoding: str


def recognise(front: bytes, file: str) -> Recognised:
    """Return what the file that begins with `front` is, or raise `BadExport` with the reason."""
    if front.startswith(_ARCHIVES):
        raise BadExport("archive", file=file)
    readable = False
    for encoding, errors in _candidates(front):
        try:
            text = codecs.getincrementaldecoder(encoding)(errors).decode(front).lstrip("\ufeff \t\r\n")
        except UnicodeDecodeError:
            continue
        if not text and len(front) < FRONT:
            raise BadExport("empty", file=file)
        kind = _kind_of(text, encoding, file)
        if kind:
            return Recognised(kind, encoding)
        readable = readable or errors == "strict"
    if _CONTROL.search(front):
        raise BadExport("binary", file=file)
    raise BadExport("unknown_text" if readable else "wrong_encoding", file=file)


def _candidates(front: bytes) -> Iterator[tuple[str, str]]:
    for bom, encoding in _BOMS:
        if front.startswith(bom):
            yield encoding, "replace"
            return
    if b"\0" in front:
        yield from (("utf-16-le", "replace"), ("utf-16-be", "replace"))
    yield from (("utf-8", "strict"), ("gb18030", "strict"))
    loose = ("utf-8", "gb18030") if _fits(front.decode("utf-8", "replace")) else ("gb18030", "utf-8")
    yield from ((encoding, "replace") for encoding in loose)


def _fits(text: str) -> bool:
    """Whether so few characters could not be read that the encoding must be right."""
    return text.count("\ufffd") <= 8 + len(text) // 100


def _kind_of(text: str, encoding: str, file: str) -> ExportKind | None:
    if _HTML.match(text):
        raise BadExport("html", file=file)
    if is_qq_text(text):
        return ExportKind.QQ_TEXT
    if is_wechat_csv(text):
        return ExportKind.WECHAT_CSV
    if not text.startswith(("{", "[")) or encoding == "gb18030":
        return None
    if not encoding.startswith("utf-8") or not _fits(text):
        raise BadExport("wrong_encoding", file=file)
    if not _is_telegram(text):
        raise BadExport("unknown_json", file=file)
    return ExportKind.TELEGRAM_JSON


def _is_telegram(text: str) -> bool:
    """Whether the first members are those of a chat, or of a whole account, in Telegram Desktop's words."""
    stream = JsonStream(io.BytesIO(text.encode()), Counter())
    try:
        for key in stream.members():
            if key == "messages":
                return False
            if key in _OF_FULL_EXPORT or (key == "type" and is_chat_type(stream.scalar())):
                return True
    except BrokenOffError:
        return False
    return False

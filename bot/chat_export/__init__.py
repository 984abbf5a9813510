"""Readers of chat exports: a file or pipe becomes a stream of messages, and is never held whole."""

from io import BufferedReader
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot.chat_export.export import ChatInfo, ChatKind, Export, ExportKind, Notes, Tally
from bot.chat_export.json_stream import JsonStream
from bot.chat_export.overlap import Seen
from bot.chat_export.qq_text import QqReader
from bot.chat_export.recognise import FRONT, Recognised, recognise
from bot.chat_export.source import lines_of, look_ahead
from bot.chat_export.telegram_desktop import TelegramReader
from bot.chat_export.wechat_csv import WechatReader

__all__ = ["ChatInfo", "ChatKind", "Export", "ExportKind", "Seen", "Tally", "open_export"]

_Reader = TelegramReader | QqReader | WechatReader


def open_export(source: BinaryIO, *, name: str, zone: ZoneInfo, seen: Seen | None = None, number: int = 0) -> Export:
    """Open an export of any kind that is read, told by its content; `name` only serves in errors.

    What an earlier export of the same group held, which `seen` knows, is passed over. Exports that are read
    together each have a `number` of their own: it is in the keys of the chats, and in the ids of the messages,
    that their product does not make unique.

    `source` may be a pipe: it is read once, from front to end, while the export is iterated, and not
    closed. Times come in `zone`, in which times without a zone are taken to be. Raises `BadExport`
    with the reason `empty`, `archive`, `binary`, `html`, `wrong_encoding`, `unknown_json`,
    `unknown_text`, or, at the end of the iteration, `no_chats`; its field is `file`.
    """
    front, whole = look_ahead(source, FRONT)
    recognised = recognise(front, name)
    notes = Notes()
    messages = _reader(recognised, whole, zone, notes, name, number).messages()
    if seen is not None and recognised.kind is ExportKind.TELEGRAM_JSON:
        messages = seen.fresh(messages, notes.tally)
    return Export(recognised.kind, name, notes.tally, notes.chats, notes.names, messages)


def _reader(
    recognised: Recognised, whole: BufferedReader, zone: ZoneInfo, notes: Notes, name: str, number: int
) -> _Reader:
    repairs, encoding = notes.tally.repairs, recognised.encoding
    if recognised.kind is ExportKind.TELEGRAM_JSON:
        return TelegramReader(JsonStream(whole, repairs), zone, notes, name, number)
    if recognised.kind is ExportKind.QQ_TEXT:
        return QqReader(lines_of(whole, encoding, repairs), zone, notes, number)
    return WechatReader(lines_of(whole, encoding, repairs, newline=""), zone, notes, number)

"""What carries a Telegram message, told from which fields are present; no named file is ever opened."""

from collections.abc import Mapping

from bot.chat_export.fields import LONGEST_FILE_NAME, size_of
from bot.core.model import MessageKind

_OF_MEDIA_TYPE = {
    "sticker": MessageKind.STICKER,
    "video_message": MessageKind.VIDEO,
    "voice_message": MessageKind.VOICE,
    "animation": MessageKind.VIDEO,
    "video_file": MessageKind.VIDEO,
    "audio_file": MessageKind.FILE,
}

_OF_FIELD = {
    "poll": MessageKind.POLL,
    "todo_list": MessageKind.CHECKLIST,
    "photo": MessageKind.PHOTO,
    "file": MessageKind.FILE,
    "media_type": MessageKind.FILE,
    "location_information": MessageKind.LOCATION,
    "live_location_period_seconds": MessageKind.LOCATION,
    "place_name": MessageKind.LOCATION,
    "contact_information": MessageKind.OTHER,
    "game_title": MessageKind.OTHER,
    "invoice_information": MessageKind.OTHER,
    "giveaway_information": MessageKind.OTHER,
    "giveaway_results": MessageKind.OTHER,
}

_FIELDS = frozenset(_OF_FIELD)


def media_kind(raw: Mapping[str, object]) -> MessageKind:
    """Return the kind of a message; a sentence in place of a file still counts as the file."""
    if _FIELDS.isdisjoint(raw):
        return MessageKind.TEXT
    media_type = raw.get("media_type")
    if type(media_type) is str and media_type in _OF_MEDIA_TYPE:
        return _OF_MEDIA_TYPE[media_type]
    return next(kind for field, kind in _OF_FIELD.items() if field in raw)


def file_of(raw: Mapping[str, object]) -> tuple[str, int]:
    """Return name and size of what is attached; the name from its path where none is stated."""
    return _file_name(raw), size_of(raw.get("file_size", raw.get("photo_file_size")))


def _file_name(raw: Mapping[str, object]) -> str:
    name = raw.get("file_name")
    if type(name) is str:
        return name[:LONGEST_FILE_NAME]
    path = raw.get("file")
    if type(path) is not str or path.startswith("(File") or "media_type" in raw:
        return ""
    return path.rsplit("/", 1)[-1][:LONGEST_FILE_NAME]

"""A raw message of the Bot API becomes an `Arrival`; every field is doubted, unknown ones are ignored.

It reads the JSON itself, because building the library's objects costs ten times the judging. What an export says of the
same message (`bot/chat_export/telegram_message.py`) must be said here too, so the readers of single fields are shared.
"""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from typing import Any, TypeAlias

from bot.chat_export.fields import first_links, links_in, moment_of_instant, size_of
from bot.chat_export.telegram_text import EMPTY, RichText, poll_text, stacked
from bot.core.arrival import Arrival
from bot.core.model import Message, MessageKind, SenderRole, Span
from bot.core.quotes import quoted_spans

Raw: TypeAlias = Mapping[str, Any]

ANONYMOUS_ADMIN = 1087968824
FAKE_CHANNEL = 136817688
SERVICE_CHAT = 777000
STAND_INS = frozenset({ANONYMOUS_ADMIN, FAKE_CHANNEL, SERVICE_CHAT})
"""User ids behind which anybody may stand; they never name a person and carry no right."""

_KINDS = {
    "poll": MessageKind.POLL,
    "checklist": MessageKind.CHECKLIST,
    "photo": MessageKind.PHOTO,
    "sticker": MessageKind.STICKER,
    "video_note": MessageKind.VIDEO,
    "voice": MessageKind.VOICE,
    "animation": MessageKind.VIDEO,  # before `document`, which stands beside it for old clients
    "video": MessageKind.VIDEO,
    "audio": MessageKind.FILE,
    "document": MessageKind.FILE,
    "venue": MessageKind.LOCATION,
    "location": MessageKind.LOCATION,
    "contact": MessageKind.OTHER,
    "dice": MessageKind.OTHER,
    "game": MessageKind.OTHER,
    "giveaway": MessageKind.OTHER,
    "giveaway_winners": MessageKind.OTHER,
    "invoice": MessageKind.OTHER,
    "paid_media": MessageKind.OTHER,
    "story": MessageKind.OTHER,
}
_MEDIA = frozenset(_KINDS)
_NAMED = ("document", "video", "audio", "animation")
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_FORWARDS = frozenset({"forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name"})
_BEYOND_FIRST_PLANE = "\U00010000"
_TEXT = MessageKind.TEXT


def has_content(raw: Raw) -> bool:
    """Whether somebody says something with it; False for service messages and for kinds still unknown."""
    return "text" in raw or not _MEDIA.isdisjoint(raw)


def convert(raw: Raw, zone: tzinfo, *, edited: bool = False, admins: Collection[int] | None = None) -> Arrival | None:
    """The arrival of a raw message, its times in `zone`; None for what is no message of a chat.

    `admins` are the known admins of the chat; None where nobody asked, so that roles stay unknown. What only one
    person sees (`receiver_user`, or a number of 0) is none of the group's business.
    """
    chat, number = raw.get("chat"), raw.get("message_id")
    if type(chat) is not dict or type(number) is not int or number <= 0 or "receiver_user" in raw:
        return None
    chat_id = chat.get("id")
    if type(chat_id) is not int:
        return None
    at = moment_of_instant(raw.get("date"), zone)
    if at is None or not has_content(raw):
        return None
    kind = _TEXT if "text" in raw else _kind(raw)
    text, quotes, links = rich = _body(raw, "text" if kind is _TEXT else "caption")
    if kind is not _TEXT:
        text, quotes, links = _with_rows(raw, kind, rich)
    elif not text:
        kind = MessageKind.OTHER
    user_id, role = _sender(raw, chat, chat_id, admins)
    thread = _thread(raw)
    edited_at = moment_of_instant(raw["edit_date"], zone) if "edit_date" in raw else None
    name, size = _file(raw) if kind is not _TEXT else ("", 0)
    # In the order of the fields: by name, each message would take a microsecond more.
    message = Message(
        *(str(number), text, at, "", "", "", role, kind, _forwarded(raw), quotes),
        *(_reply(raw, thread), None if thread is None else str(thread), edited_at, (), name, size, links),
    )
    album, origin = raw.get("media_group_id"), _origin(raw)
    return Arrival(chat_id, number, message, user_id, edited, thread, album if type(album) is str else "", origin)


def _kind(raw: Raw) -> MessageKind:
    return next(kind for field, kind in _KINDS.items() if field in raw)


def _body(raw: Raw, field: str) -> RichText:
    """A text or caption with what its entities say of it."""
    text = raw.get(field)
    if type(text) is not str or not text:
        return EMPTY
    entities = raw.get("entities" if field == "text" else "caption_entities")
    if type(entities) is not list or not entities:
        return text, quoted_spans(text), links_in(text)
    return _marked(text, entities)


def _marked(text: str, entities: list[Any]) -> RichText:
    far = max(text) >= _BEYOND_FIRST_PLANE
    quotes: set[Span] = set()
    links: list[tuple[int, str]] = []
    here, rest = 0, []
    for entity in entities:
        span = _span(entity, text, far=far)
        if span is None:
            continue
        start, end = span
        kind = str(entity.get("type"))
        if kind in _QUOTES:
            quotes.add(span)
        elif kind in ("url", "text_link"):
            target = entity.get("url")
            links.append((start, target if type(target) is str and target else text[start:end]))
            rest.append((here, max(here, start)))
            here = max(here, end)
    rest.append((here, len(text)))
    links += [(start, link) for start, end in rest for link in links_in(text[start:end])]
    ordered = first_links(link for _, link in sorted(links, key=_place))
    return text, tuple(sorted({*quotes, *quoted_spans(text)})), ordered


def _place(link: tuple[int, str]) -> int:
    return link[0]


def _span(entity: object, text: str, *, far: bool) -> Span | None:
    """Where an entity stands; the platform counts in units of UTF-16."""
    if type(entity) is not dict:
        return None
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int or offset < 0 or length <= 0:
        return None
    start, end = offset, offset + length
    if far:
        units = text.encode("utf-16-le", "surrogatepass")
        start = len(units[: 2 * start].decode("utf-16-le", "ignore"))
        end = len(units[: 2 * end].decode("utf-16-le", "ignore"))
    end = min(end, len(text))
    return (start, end) if start < end else None


def _with_rows(raw: Raw, kind: MessageKind, rich: RichText) -> RichText:
    """A caption with the rows of the poll or checklist below it, as an export gives them."""
    if kind is MessageKind.POLL:
        poll = raw["poll"]
        options = poll.get("options") if type(poll) is dict else None
        heading = {"question": poll.get("question"), "answers": options} if type(poll) is dict else None
        return stacked(rich, poll_text(heading))
    if kind is MessageKind.CHECKLIST:
        checklist = raw["checklist"]
        if type(checklist) is not dict:
            return rich
        return stacked(rich, poll_text({"question": checklist.get("title"), "answers": checklist.get("tasks")}))
    return rich


def _sender(raw: Raw, chat: Raw, chat_id: int, admins: Collection[int] | None) -> tuple[int | None, SenderRole]:
    """Who wrote, as far as it is sure: behind a chat's name or a stand-in nobody is known."""
    as_chat = raw.get("sender_chat")
    if as_chat is not None or chat.get("type") == "channel":
        own = type(as_chat) is dict and as_chat.get("id") == chat_id and chat.get("type") != "channel"
        return None, SenderRole.ADMIN if own else SenderRole.CHANNEL
    sender = raw.get("from")
    if type(sender) is not dict:
        return None, SenderRole.UNKNOWN
    user_id = sender.get("id")
    if type(user_id) is not int or user_id <= 0 or user_id in STAND_INS:
        return None, SenderRole.UNKNOWN
    if sender.get("is_bot") is True:
        return user_id, SenderRole.BOT
    if admins is None:
        return user_id, SenderRole.UNKNOWN
    return user_id, SenderRole.ADMIN if user_id in admins else SenderRole.MEMBER


def _thread(raw: Raw) -> int | None:
    """The topic; a reply in General carries a thread id too, which is no topic."""
    if raw.get("is_topic_message") is not True:
        return None
    thread = raw.get("message_thread_id")
    return thread if type(thread) is int and thread > 0 else None


def _reply(raw: Raw, thread: int | None) -> str | None:
    answered = raw.get("reply_to_message")
    number = answered.get("message_id") if type(answered) is dict else None
    return str(number) if type(number) is int and number > 0 and number != thread else None


def _forwarded(raw: Raw) -> bool:
    """Whether somebody else wrote it; a linked channel's own post, forwarded by the platform, is the channel's."""
    if _FORWARDS.isdisjoint(raw):
        return False
    return not (raw.get("is_automatic_forward") is True and _origin_chat(raw) == _sender_chat(raw))


def _origin(raw: Raw) -> str:
    """The first place of an automatic forward."""
    if raw.get("is_automatic_forward") is not True:
        return ""
    origin = raw.get("forward_origin")
    number = origin.get("message_id") if type(origin) is dict else None
    chat = _sender_chat(raw)
    return f"{chat}:{number}" if type(chat) is int and type(number) is int else ""


def _origin_chat(raw: Raw) -> object:
    origin = raw.get("forward_origin")
    return _id_of(origin.get("chat")) if type(origin) is dict else None


def _sender_chat(raw: Raw) -> object:
    return _id_of(raw.get("sender_chat"))


def _id_of(chat: object) -> object:
    return chat.get("id") if type(chat) is dict else None


def _file(raw: Raw) -> tuple[str, int]:
    """Name and size of what is attached."""
    photo = raw.get("photo")
    if type(photo) is list and photo and type(photo[-1]) is dict:
        return "", size_of(photo[-1].get("file_size"))
    for field in _NAMED:
        media = raw.get(field)
        if type(media) is dict:
            name = media.get("file_name")
            return name if type(name) is str else "", size_of(media.get("file_size"))
    return "", 0

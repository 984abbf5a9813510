"""One message of a Telegram Desktop export, as a `Message`; every field is doubted."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat_export.export import Notes
from bot.chat_export.fields import minutes_shown_east, moment_of_instant, moment_of_local_time
from bot.chat_export.json_repair import Unreadable
from bot.chat_export.telegram_media import file_of, media_kind
from bot.chat_export.telegram_names import is_group, names_in
from bot.chat_export.telegram_text import RichText, poll_text, rich_text, stacked, todo_text
from bot.chat_export.telegram_topics import Topics
from bot.core.model import Message, MessageKind, SenderRole

_RIGHTS_NEEDED = frozenset(
    {
        "create_group",
        "delete_group_photo",
        "edit_group_photo",
        "edit_group_title",
        "pin_message",
        "set_messages_ttl",
        "topic_edit",
    }
)
_TEXT = MessageKind.TEXT
_ACTION = re.compile(r"[a-z_]{1,40}")
_ACTIONS_KEPT = 200
AUTHORS_KEPT = 100_000
"""Of further authors in one chat the role is told from each message alone, not learnt."""

_OLD_PEERS = ("user", "chat", "channel")


class ChatReader:
    """Turns the raw messages of one chat into `Message` values, learning roles and topics on the way."""

    def __init__(self, key: str, number: object, zone: ZoneInfo, notes: Notes, *, broadcast: bool) -> None:
        self._key = key
        self._zone = zone
        self._tally = notes.tally
        self._names = notes.names
        self._broadcast = broadcast
        self._topics = Topics()
        self._hour_compared = ""
        as_the_group = SenderRole.CHANNEL if broadcast else SenderRole.ADMIN
        self._roles = {f"channel{number}": as_the_group, f"chat{number}": as_the_group}

    def read(self, raw: object) -> Message | None:
        """Return the message, or None where the tally has counted it instead."""
        if type(raw) is not dict:
            self._skip(raw.value if isinstance(raw, Unreadable) else "not_an_object")
        elif raw.get("type") != "message":
            self._read_other(raw)
        elif type(number := raw.get("id")) is not int:
            self._skip("bad_id")
        elif (at := self._moment(raw)) is None:
            self._skip("no_date")
        else:
            return self._message(raw, number, at)
        return None

    def _message(self, raw: dict[str, object], number: int, at: datetime) -> Message:
        kind = media_kind(raw)
        rich = rich_text(raw.get("text"), raw.get("text_entities"))
        if kind is not _TEXT:
            rich = _with_rows(raw, kind, rich)
        text, quotes, links = rich
        if kind is _TEXT and not text:
            kind = MessageKind.OTHER
        forwarded = "forwarded_from" in raw or "forwarded_from_id" in raw or "saved_from" in raw
        sender = peer_key(raw.get("from_id"))
        role = self._roles.get(sender)
        if not is_group(sender):
            self._names.learn(raw.get("from"))
        if forwarded or _may_state_more(raw, kind):
            self._learn_names(raw)
        if role is None or "inline_bot_buttons" in raw:
            role = self._new_role(sender, raw, forwarded=forwarded)
        reply_to, thread = self._reply(raw, number) if "reply_to_message_id" in raw else (None, None)
        edited_at = self._edited(raw) if "edited" in raw else None
        name, size = file_of(raw) if kind is not _TEXT else ("", 0)
        # In the order of the fields: by name, each message would take a microsecond more.
        return Message(
            *(str(number), text, at, self._key, "", sender, role, kind, forwarded, quotes),
            *(reply_to, thread, edited_at, (), name, size, links),
        )

    def _reply(self, raw: dict[str, object], number: int) -> tuple[str | None, str | None]:
        """Return the message of this chat that is answered, and the topic that follows from it."""
        reply_to = raw["reply_to_message_id"]
        if type(reply_to) is not int or "reply_to_peer_id" in raw:
            return None, None
        return str(reply_to), self._topics.thread(number, reply_to)

    def _moment(self, raw: dict[str, object]) -> datetime | None:
        instant, local = raw.get("date_unixtime"), raw.get("date")
        at = moment_of_instant(instant, self._zone) if instant is not None else None
        if at is not None:
            self._tally.with_zone += 1
            if type(local) is str and local[:13] != self._hour_compared:
                self._compare(local, at)
            return at
        at = moment_of_local_time(local, self._zone)
        if at is not None:
            self._tally.without_zone += 1
        return at

    def _compare(self, local: str, at: datetime) -> None:
        """Note, once in an hour, how far the clock of the exporting computer stood from UTC."""
        self._hour_compared = local[:13]
        minutes = minutes_shown_east(local, at)
        if minutes is not None:
            self._tally.zone_offsets.add(minutes)

    def _edited(self, raw: dict[str, object]) -> datetime | None:
        at = moment_of_instant(raw.get("edited_unixtime"), self._zone)
        return at or moment_of_local_time(raw.get("edited"), self._zone)

    def _new_role(self, sender: str, raw: dict[str, object], *, forwarded: bool) -> SenderRole:
        """Tell the role of an author who is new, or whose message has the buttons of a bot."""
        role = self._roles.get(sender, SenderRole.UNKNOWN)
        if self._broadcast or (role is SenderRole.UNKNOWN and sender.startswith("channel")):
            role = SenderRole.CHANNEL
        elif role is SenderRole.UNKNOWN and "inline_bot_buttons" in raw and "via_bot" not in raw:
            role = SenderRole.UNKNOWN if forwarded or not sender else SenderRole.BOT
        self._learn(sender, role)
        return role

    def _learn_names(self, raw: dict[str, object]) -> None:
        for name in names_in(raw):
            self._names.learn(name)

    def _read_other(self, raw: dict[str, object]) -> None:
        kind = raw.get("type")
        if kind == "service":
            self._read_service(raw)
        elif kind == "unsupported":
            self._tally.unsupported += 1
        else:
            self._skip("unknown_type")

    def _read_service(self, raw: dict[str, object]) -> None:
        action = raw.get("action")
        if type(action) is not str or not _ACTION.fullmatch(action):
            action = "custom"
        services = self._tally.services
        self._learn_names(raw)
        services[action if action in services or len(services) < _ACTIONS_KEPT else "custom"] += 1
        number = raw.get("id")
        if action == "topic_created" and type(number) is int:
            self._topics.open(number)
        actor = peer_key(raw.get("actor_id"))
        if (
            not self._broadcast
            and actor
            and (action in _RIGHTS_NEEDED or (action == "remove_members" and _of_others(raw)))
        ):
            self._learn(actor, SenderRole.ADMIN)

    def _learn(self, author: str, role: SenderRole) -> None:
        if author in self._roles or len(self._roles) < AUTHORS_KEPT:
            self._roles[author] = role

    def _skip(self, reason: str) -> None:
        self._tally.skipped[reason] += 1


def peer_key(value: object) -> str:
    """Return the key of an author as `user1`, from today's word or the number written until 2021."""
    if type(value) is str:
        return value if len(value) <= 40 else ""
    if type(value) is not int or not 0 < value < len(_OLD_PEERS) << 32:
        return ""
    return f"{_OLD_PEERS[value >> 32]}{value & 0xFFFF_FFFF}"


def _may_state_more(raw: dict[str, object], kind: MessageKind) -> bool:
    """Whether a message may state another name than that of its author; most are a plain text and do not."""
    return kind is not _TEXT or "author" in raw or type(raw.get("text")) is not str


def _with_rows(raw: dict[str, object], kind: MessageKind, rich: RichText) -> RichText:
    if kind is MessageKind.POLL:
        return stacked(rich, poll_text(raw.get("poll")))
    if kind is MessageKind.CHECKLIST:
        return stacked(rich, todo_text(raw.get("todo_list")))
    return rich


def _of_others(raw: dict[str, object]) -> bool:
    members, actor = raw.get("members"), raw.get("actor")
    return type(members) is list and bool(members) and members != [actor]

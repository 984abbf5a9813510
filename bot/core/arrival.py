"""A message as it reached the live bot: the core's message with what only the live bot needs."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.model import Finding, Message, SenderRole


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message of a group.

    `message_id` is the platform's number in the chat. `user_id` is None for stand-ins (anonymous admins, channels,
    automatic forwards), whose ids say nothing of who wrote. `album` is the platform's id of an album, whose parts
    come one by one. `origin` names the first place of an automatic forward (`chat:message`), so that a linked
    channel's post counts once. `message.sender` is empty; the intake fills in the keyed hash.
    """

    chat_id: int
    message_id: int
    message: Message
    user_id: int | None
    edited: bool = False
    thread_id: int | None = None
    album: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with where and when it was made; `sender` is a keyed hash, `excerpt` what a case needs of the text."""

    group_id: int
    message_id: int
    finding: Finding
    at: datetime
    role: SenderRole
    sender: str = ""
    thread_id: int | None = None
    excerpt: str = ""
    expires_at: datetime | None = None
    edited_at: datetime | None = None
    marked_wrong_at: datetime | None = None
    id: int = 0

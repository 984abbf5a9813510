"""What the world remembers: accounts, chats, members, messages."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.emulator.spec import Json

ANONYMOUS_ADMIN = 1087968824
CHANNEL_STAND_IN = 136817688
SERVICE_ACCOUNT = 777000
STAND_INS: dict[int, Json] = {
    ANONYMOUS_ADMIN: {"id": ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    CHANNEL_STAND_IN: {"id": CHANNEL_STAND_IN, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
    SERVICE_ACCOUNT: {"id": SERVICE_ACCOUNT, "is_bot": False, "first_name": "Telegram"},
}


class ChatType(StrEnum):
    """The kinds of chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """What somebody is in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


ADMINS = frozenset({Status.CREATOR, Status.ADMINISTRATOR})
INSIDE = ADMINS | {Status.MEMBER, Status.RESTRICTED}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where new ids come from."""

    users: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    groups: Iterator[int] = field(default_factory=lambda: itertools.count(4_100_001))
    channels: Iterator[int] = field(default_factory=lambda: itertools.count(2_200_000_001))
    box: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    """Messages in private chats and basic groups: one sequence per account."""
    unique: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    """Everything else that must differ."""


@dataclass(slots=True)
class Account:
    """A user or a bot, as Telegram shows it."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    last_name: str | None = None
    deactivated: bool = False


@dataclass(slots=True)
class Member:
    """One account's place in a chat."""

    account: Account
    status: Status = Status.LEFT
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    until: int = 0
    reads_all: bool = False
    """Of a bot: privacy mode was off when it came in."""

    @property
    def is_admin(self) -> bool:
        """Whether the account rules the chat."""
        return self.status in ADMINS

    @property
    def inside(self) -> bool:
        """Whether the account is in the chat."""
        return self.status in INSIDE


@dataclass(slots=True, eq=False)
class Post:
    """A message: the object the Bot API shows, and what only the world knows of it."""

    chat_id: int
    message_id: int
    fields: Json
    author: int | None = None
    """The account that wrote it, also when it hides behind a chat; None when a channel did."""
    author_chat: int | None = None
    """The chat in whose name it was written."""
    receiver: int | None = None
    """The only one who sees it, of an ephemeral message."""
    deleted: bool = False
    visible: bool = True
    """Whether the bot was shown it."""
    keyboard: Json | None = None
    """A reply keyboard that came with it: the Bot API does not show it again."""
    order: int = 0
    """Its place among all messages of the world."""
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    """The texts it had before its edits."""

    @property
    def text(self) -> str:
        """Its text or caption."""
        return str(self.fields.get("text") or self.fields.get("caption") or "")


@dataclass(slots=True)
class Topic:
    """A topic of a forum."""

    thread_id: int
    name: str
    closed: bool = False


@dataclass(slots=True, eq=False)
class ChatState:
    """A chat with its members and messages."""

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    description: str | None = None
    permissions: frozenset[str] = frozenset()
    reactions: tuple[str, ...] | None = None
    """The emoji that the chat allows; None for all."""
    linked_chat_id: int | None = None
    migrated_to: int | None = None
    gone: bool = False
    hides_members: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    ephemeral: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    general_closed: bool = False
    pinned: list[int] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    ephemeral_numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    last_bot: int | None = None
    """The bot that spoke last: it alone is sent general commands in privacy mode."""
    invite_link: str | None = None

    @property
    def is_group(self) -> bool:
        """Whether it is a basic group or a supergroup."""
        return self.type in {ChatType.GROUP, ChatType.SUPERGROUP}

    def member(self, account: Account) -> Member:
        """The place of an account in the chat; whoever was never in has left."""
        return self.members.get(account.id) or Member(account)

    def post(self, message_id: int) -> Post | None:
        """A message that is still there."""
        found = self.posts.get(message_id)
        return found if found and not found.deleted else None

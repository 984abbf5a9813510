"""What every person can do at bottom: find a chat and put a message into it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.emulator.failures import Unsupported
from bot.emulator.posting import add_ephemeral, add_post, context_fields
from bot.emulator.rights import may
from bot.emulator.spec import Json
from bot.emulator.state import Account, ChatState, ChatType, Post, Status

if TYPE_CHECKING:
    from bot.emulator.world import World


class Place(Protocol):
    """Anywhere a message can go: a group, a channel, the private chat with the bot."""

    @property
    def state(self) -> ChatState:
        """The chat as it is now."""

    @property
    def id(self) -> int:
        """The chat's id as it is now."""


@dataclass(frozen=True, slots=True)
class How:
    """The circumstances of a message: where in the chat, answering what, when, in whose name."""

    topic: int | None = None
    reply_to: Post | None = None
    at: datetime | None = None
    as_channel: Place | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Private:
    """A person's private chat with the bot."""

    world: "World"
    account: Account

    @property
    def state(self) -> ChatState:
        """The chat."""
        return self.world.private(self.account)

    @property
    def id(self) -> int:
        """The chat's id, which is the person's."""
        return self.account.id


class Actor:
    """A person in the world."""

    def __init__(self, world: "World", account: Account) -> None:
        self.world = world
        self.account = account

    @property
    def id(self) -> int:
        """The account's id."""
        return self.account.id

    @property
    def name(self) -> str:
        """The name that others see."""
        return self.account.first_name

    @property
    def private(self) -> Private:
        """The private chat with the bot."""
        return Private(self.world, self.account)

    async def put(self, where: Place, content: Json, how: How) -> Post:
        """Sends a message of any content."""
        chat = where.state
        self.check_may_write(chat, how.topic)
        if chat.type is ChatType.PRIVATE:
            self.open_private()
        fields = context_fields(chat, how.topic, how.reply_to)
        if how.album is not None:
            fields["media_group_id"] = how.album
        as_chat = how.as_channel.state if how.as_channel is not None else None
        if self._is_ephemeral(chat, content):
            post = add_ephemeral(self.world, chat, self.account, self.world.bot, fields | content)
        else:
            post = add_post(self.world, chat, self.account, fields | content, at=how.at, as_chat=as_chat)
        await asyncio.sleep(0)
        return post

    def check_may_write(self, chat: ChatState, topic: int | None = None) -> None:
        """Fails when a person does what their client would not let them."""
        if chat.migrated_to is not None or chat.gone:
            raise Unsupported(f"{self.name} cannot write: the chat {chat.id} is no more")
        if topic is not None and topic not in chat.topics:
            raise Unsupported(f"{self.name} cannot write: no topic {topic} in {chat.title}")
        if topic is not None and chat.topics[topic].closed and not chat.member(self.account).is_admin:
            raise Unsupported(f"{self.name} cannot write: the topic is closed")
        right = "can_post_messages" if chat.type is ChatType.CHANNEL else "can_send_messages"
        if chat.type is not ChatType.PRIVATE and not may(chat, self.account, right):
            raise Unsupported(f"{self.name} may not write in {chat.title}")

    def open_private(self) -> None:
        """Writing to the bot starts it; a blocked bot must be taken back first."""
        place = self.private.state.members[self.world.bot.id]
        if place.status is Status.KICKED:
            raise Unsupported(f"{self.name} has blocked the bot and cannot write to it")
        place.status = Status.MEMBER

    def _is_ephemeral(self, chat: ChatState, content: Json) -> bool:
        """Whether the message is a command that the menu calls ephemeral."""
        text = content.get("text", "")
        if not chat.is_group or not text.startswith("/"):
            return False
        command, _, addressed = text.split()[0].removeprefix("/").partition("@")
        if addressed not in {"", self.world.bot.username}:
            return False
        menu = self.world.bot_self.menu(chat, self.account)
        return any(entry["command"] == command and entry.get("is_ephemeral") for entry in menu)

    def finds(self, where: Place) -> list[Post]:
        """The messages that the person can see, oldest first, ephemeral ones in their place."""
        chat = where.state
        if chat.type is not ChatType.PRIVATE and not chat.member(self.account).inside:
            raise Unsupported(f"{self.name} is not in {chat.title}")
        own = [post for post in chat.ephemeral.values() if self.id in {post.receiver, post.author}]
        posts = [post for post in [*chat.posts.values(), *own] if not post.deleted]
        return sorted(posts, key=lambda post: post.order)

"""Groups and channels as a test handles them: they stay the same thing when their chat id changes."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bot.emulator.failures import Unsupported
from bot.emulator.objects import message_object, user_object
from bot.emulator.posting import add_post, change_member, shown_chat
from bot.emulator.rights import chosen_rights
from bot.emulator.spec import Json
from bot.emulator.state import (
    ANONYMOUS_ADMIN,
    SERVICE_ACCOUNT,
    ChatState,
    ChatType,
    Member,
    Post,
    Status,
)

if TYPE_CHECKING:
    from bot.emulator.people import Person
    from bot.emulator.world import World

Order = Literal["old_first", "new_first"]


class _Chat:
    """What groups and channels share."""

    def __init__(self, world: "World", state: ChatState) -> None:
        self.world = world
        self.state = state

    @property
    def id(self) -> int:
        """The chat's id as it is now."""
        return self.state.id

    async def add_bot(
        self, *, by: "Person", admin: bool = False, rights: Iterable[str] = (), payload: str | None = None
    ) -> None:
        """Adds the bot, as admin with some rights or as a member; with a payload as by a startgroup link."""
        chat, bot = self.state, self.world.bot
        old = chat.member(bot)
        if old.inside:
            raise Unsupported(f"the bot is in {chat.title} already")
        status = Status.ADMINISTRATOR if admin or rights else Status.MEMBER
        granted = chosen_rights(chat, rights) if status is Status.ADMINISTRATOR else frozenset()
        new = Member(bot, status, granted, reads_all=not self.world.bot_self.privacy)
        change_member(self.world, chat, by.account, old, new)
        if chat.is_group:
            add_post(self.world, chat, by.account, {"new_chat_members": [user_object(bot)]})
        if payload is not None:
            await by.say(self, f"/start@{bot.username} {payload}".strip())
        await asyncio.sleep(0)

    async def remove_bot(self, *, by: "Person", ban: bool = True) -> None:
        """Removes the bot; clients ban it when they do."""
        old = self.state.member(self.world.bot)
        new = Member(self.world.bot, Status.KICKED if ban else Status.LEFT)
        if self.state.is_group:
            add_post(self.world, self.state, by.account, {"left_chat_member": user_object(self.world.bot)})
        change_member(self.world, self.state, by.account, old, new)
        await asyncio.sleep(0)

    async def promote_bot(self, *, by: "Person", rights: Iterable[str] = ()) -> None:
        """Makes the bot admin, or gives it other rights."""
        await by.set_place(self, self.world.bot, Status.ADMINISTRATOR, chosen_rights(self.state, rights))

    async def demote_bot(self, *, by: "Person") -> None:
        """Makes the bot a plain member."""
        await by.set_place(self, self.world.bot, Status.MEMBER, frozenset())


class Group(_Chat):
    """A basic group or a supergroup."""

    async def migrate(self, *, by: "Person", order: Order = "old_first") -> int:
        """Makes a basic group a supergroup: a new id, both service messages in the given order; gives the new id."""
        old = self.state
        if old.type is not ChatType.GROUP:
            raise Unsupported(f"{old.title} is a supergroup already")
        new_id = self.world.new_chat_id(ChatType.SUPERGROUP)
        new = ChatState(new_id, ChatType.SUPERGROUP, old.title, permissions=old.permissions)
        new.members = {number: replace(member) for number, member in old.members.items()}
        self.world.chats[new_id] = new
        stand_in = {"from": self.world.shown_account(ANONYMOUS_ADMIN), "sender_chat": shown_chat(self.world, new)}
        for chat in (old, new) if order == "old_first" else (new, old):
            if chat is old:
                add_post(self.world, old, by.account, {"migrate_to_chat_id": new_id})
            else:
                add_post(self.world, new, None, {"migrate_from_chat_id": old.id}, sender=stand_in)
        old.migrated_to = new_id
        self.state = new
        await asyncio.sleep(0)
        return new_id

    async def make_anonymous(self, person: "Person", *, on: bool = True) -> None:
        """Makes an admin anonymous, or known again."""
        old = self.state.member(person.account)
        if not old.is_admin:
            raise Unsupported(f"{person.name} is no admin of {self.state.title}")
        change_member(self.world, self.state, person.account, old, replace(old, anonymous=on))
        await asyncio.sleep(0)

    async def transfer(self, *, by: "Person", to: "Person") -> None:
        """Makes somebody else the owner."""
        chat = self.state
        former, heir = chat.member(by.account), chat.member(to.account)
        change_member(self.world, chat, by.account, former, replace(former, status=Status.ADMINISTRATOR))
        change_member(self.world, chat, by.account, heir, replace(heir, status=Status.CREATOR, rights=frozenset()))
        add_post(self.world, chat, by.account, {"chat_owner_changed": {"new_owner": user_object(to.account)}})
        await asyncio.sleep(0)

    async def dissolve(self, *, by: "Person") -> None:
        """Deletes the group: the bot is out, and the chat is gone."""
        bot = self.state.member(self.world.bot)
        change_member(self.world, self.state, by.account, bot, Member(self.world.bot, Status.LEFT))
        self.state.gone = True
        await asyncio.sleep(0)

    def allow_reactions(self, *emoji: str) -> None:
        """Limits the reactions of the group; without any, none are allowed."""
        self.state.reactions = emoji

    def set_permissions(self, *permissions: str) -> None:
        """Sets the default permissions."""
        self.state.permissions = frozenset(permissions)


class Channel(_Chat):
    """A channel, perhaps with a discussion group."""

    def link(self, group: Group) -> None:
        """Makes a group the discussion group: posts are forwarded to it."""
        self.state.linked_chat_id = group.id
        group.state.linked_chat_id = self.id

    async def post(self, by: "Person", text: str, *, content: Json | None = None) -> tuple[Post, Post | None]:
        """Posts as the channel; gives the post and its automatic forward in the discussion group."""
        original = (
            await by.say(self, text) if content is None else add_post(self.world, self.state, by.account, content)
        )
        linked = self.world.chats.get(self.state.linked_chat_id or 0)
        if linked is None:
            return original, None
        return original, self._forward(original, linked)

    def _forward(self, original: Post, linked: ChatState) -> Post:
        fields = message_object(original.fields)
        carried = {name: value for name, value in fields.items() if name not in {"message_id", "chat", "date", "from"}}
        date, channel = original.fields["date"], shown_chat(self.world, self.state)
        origin = {"type": "channel", "date": date, "chat": channel, "message_id": original.message_id}
        content = carried | {"is_automatic_forward": True, "forward_origin": origin}
        sender = {"from": self.world.shown_account(SERVICE_ACCOUNT), "sender_chat": channel}
        return add_post(self.world, linked, None, content, sender=sender)

"""What people do to a chat and to one another: come and go, pin, delete, promote, restrict, rename, open topics."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.emulator.actor import Actor, Place
from bot.emulator.failures import Unsupported
from bot.emulator.objects import message_object, user_object
from bot.emulator.posting import add_post, change_member, open_topic
from bot.emulator.rights import PERMISSIONS, chosen_rights, may
from bot.emulator.spec import Json
from bot.emulator.state import ADMINS, Account, ChatState, Member, Post, Status

if TYPE_CHECKING:
    from collections.abc import Iterable


class Moderating(Actor):
    """Acts of members and admins other than writing."""

    async def join(self, where: Place) -> None:
        """Comes in by a link."""
        await self.add(where, self)

    async def add(self, where: Place, *people: Actor) -> None:
        """Brings people in."""
        chat = where.state
        for person in people:
            old = chat.member(person.account)
            if old.inside:
                raise Unsupported(f"{person.name} is in {chat.title} already")
            change_member(self.world, chat, self.account, old, Member(person.account, Status.MEMBER))
        if chat.is_group:
            self._event(chat, {"new_chat_members": [user_object(person.account) for person in people]})
        await asyncio.sleep(0)

    async def leave(self, where: Place) -> None:
        """Goes."""
        self._put_out(where.state, self.account, Status.LEFT)
        await asyncio.sleep(0)

    async def remove(self, where: Place, person: Actor) -> None:
        """Bans somebody."""
        self._must(where.state, "can_restrict_members")
        self._put_out(where.state, person.account, Status.KICKED)
        await asyncio.sleep(0)

    def _put_out(self, chat: ChatState, account: Account, status: Status) -> None:
        old = chat.member(account)
        if not old.inside:
            raise Unsupported(f"{account.first_name} is not in {chat.title}")
        if chat.is_group:
            self._event(chat, {"left_chat_member": user_object(account)})
        change_member(self.world, chat, self.account, old, Member(account, status))

    async def promote(self, where: Place, person: Actor, *rights: str) -> None:
        """Makes somebody admin with some rights, e.g. "delete_messages"; with other rights if they are one."""
        await self.set_place(where, person.account, Status.ADMINISTRATOR, chosen_rights(where.state, rights))

    async def demote(self, where: Place, person: Actor) -> None:
        """Makes an admin a plain member."""
        await self.set_place(where, person.account, Status.MEMBER, frozenset())

    async def restrict(self, where: Place, person: Actor, *allowed: str) -> None:
        """Takes all permissions but some, e.g. "can_send_messages"."""
        if unknown := set(allowed).difference(PERMISSIONS):
            raise Unsupported(f"no such permission: {unknown}")
        await self.set_place(where, person.account, Status.RESTRICTED, frozenset(allowed))

    async def set_place(self, where: Place, account: Account, status: Status, rights: frozenset[str]) -> None:
        """Gives somebody who is in the chat another place."""
        chat = where.state
        self._must(chat, "can_promote_members" if status in ADMINS else "can_restrict_members")
        old = chat.member(account)
        if not old.inside:
            raise Unsupported(f"{account.first_name} is not in {chat.title}")
        change_member(self.world, chat, self.account, old, replace(old, status=status, rights=rights, anonymous=False))
        await asyncio.sleep(0)

    async def pin(self, message: Post) -> Post:
        """Pins a message."""
        chat = self._chat_of(message)
        self._must(chat, "can_pin_messages")
        chat.pinned.append(message.message_id)
        return await self._told(chat, {"pinned_message": message_object(message.fields)})

    async def unpin(self, message: Post) -> None:
        """Unpins a message; nothing tells of it."""
        self._chat_of(message).pinned.remove(message.message_id)
        await asyncio.sleep(0)

    async def delete(self, message: Post) -> None:
        """Deletes a message; the bot is never told."""
        chat = self._chat_of(message)
        if message.author != self.id:
            self._must(chat, "can_delete_messages")
        message.deleted = True
        await asyncio.sleep(0)

    async def rename(self, where: Place, title: str) -> Post:
        """Gives a group another title."""
        self._must(where.state, "can_change_info")
        where.state.title = title
        return await self._told(where.state, {"new_chat_title": title})

    async def open_topic(self, where: Place, name: str) -> int:
        """Opens a topic of a forum; gives its thread id."""
        chat = where.state
        if not chat.is_forum:
            raise Unsupported(f"{chat.title} has no topics")
        topic = open_topic(self.world, chat, self.account, name)
        await asyncio.sleep(0)
        return topic.thread_id

    async def close_topic(self, where: Place, thread_id: int) -> Post:
        """Closes a topic."""
        where.state.topics[thread_id].closed = True
        return await self._told(
            where.state, {"forum_topic_closed": {}, "message_thread_id": thread_id, "is_topic_message": True}
        )

    async def share_chat(self, key: Post, button: str, group: Place) -> Post:
        """Answers a key that asks for a chat by choosing a group."""
        rows = (key.keyboard or {}).get("keyboard", [])
        keys: Iterable[Json] = [one for row in rows for one in row if one["text"] == button]
        request = next((one["request_chat"] for one in keys if "request_chat" in one), None)
        if request is None:
            raise Unsupported(f"no key [{button}] that asks for a chat")
        if not group.state.member(self.account).inside:
            raise Unsupported(f"{self.name} is not in {group.state.title} and cannot choose it")
        if request.get("bot_is_member") and not group.state.member(self.world.bot).inside:
            raise Unsupported(f"the bot is not in {group.state.title}, which is not offered then")
        shared: Json = {"request_id": request["request_id"], "chat_id": group.id}
        if request.get("request_title"):
            shared["title"] = group.state.title
        post = add_post(self.world, self.private.state, self.account, {"chat_shared": shared})
        await asyncio.sleep(0)
        return post

    def _must(self, chat: ChatState, right: str) -> None:
        if not may(chat, self.account, right) and chat.id != self.id:
            raise Unsupported(f"{self.name} has no right {right} in {chat.title}")

    def _chat_of(self, message: Post) -> ChatState:
        return self.world.chats[message.chat_id]

    def _event(self, chat: ChatState, content: Json) -> Post:
        return add_post(self.world, chat, self.account, content)

    async def _told(self, chat: ChatState, content: Json) -> Post:
        post = self._event(chat, content)
        await asyncio.sleep(0)
        return post

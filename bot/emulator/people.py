"""People: what they write, press and see."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from bot.emulator.actor import Actor, How, Place
from bot.emulator.crowd import Moderating
from bot.emulator.entities import parse, utf16
from bot.emulator.failures import Unsupported
from bot.emulator.log import Answer, Press
from bot.emulator.media import Sending
from bot.emulator.objects import user_object, without_nothing
from bot.emulator.posting import change_member, shown_chat, tell
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, ChatType, Member, Post, Status
from bot.emulator.transcript import Seen, seen


class Unanswered(AssertionError):
    """The bot left a press of a button without an answer."""


class Person(Sending, Moderating, Actor):
    """Somebody with a Telegram client."""

    async def say(
        self,
        where: Place,
        text: str,
        *,
        topic: int | None = None,
        reply_to: Post | None = None,
        at: datetime | None = None,
        as_channel: Place | None = None,
        parse_mode: str | None = None,
    ) -> Post:
        """Writes a text; `at` dates this message without moving the clock."""
        shown, entities = parse(text, parse_mode, None)
        if not shown or utf16(shown) > 4096:
            raise Unsupported(f"{self.name}'s client would not send a text of {utf16(shown)} units as one message")
        content: Json = {"text": shown} | without_nothing(entities=entities or None)
        return await self.put(where, content, How(topic, reply_to, at, as_channel))

    async def tell(self, text: str, *, reply_to: Post | None = None, at: datetime | None = None) -> Post:
        """Writes to the bot in private."""
        return await self.say(self.private, text, reply_to=reply_to, at=at)

    async def start(self, payload: str = "") -> Post:
        """Presses Start in the private chat, or follows a deep link."""
        if len(payload) > 64:
            raise Unsupported("the payload of a deep link has 64 characters at most")
        if self.private.state.members[self.world.bot.id].status is Status.KICKED:
            await self.unblock()
        return await self.tell(f"/start {payload}".strip())

    async def edit(self, message: Post | Seen, text: str, *, at: datetime | None = None) -> Post:
        """Changes the text or caption of an own message."""
        post, chat = self._own(message)
        shown, entities = parse(text, None, None)
        name, marks = ("text", "entities") if "text" in post.fields else ("caption", "caption_entities")
        post.history.append(post.text)
        changed = {key: value for key, value in post.fields.items() if key != marks}
        changed |= {name: shown, "edit_date": int(at.timestamp()) if at else self.world.clock.stamp()}
        post.fields = changed | without_nothing(**{marks: entities or None})
        tell(self.world, chat, post, edited=True)
        await asyncio.sleep(0)
        return post

    async def touch(self, message: Post | Seen) -> Post:
        """Makes Telegram send an edit that changes nothing, as it does for reasons of its own."""
        post, chat = self._own(message)
        post.fields = post.fields | {"edit_date": self.world.clock.stamp()}
        tell(self.world, chat, post, edited=True)
        await asyncio.sleep(0)
        return post

    def _own(self, message: Post | Seen) -> tuple[Post, ChatState]:
        post = post_of(message)
        if post.author != self.id:
            raise Unsupported(f"{self.name} cannot edit the message of somebody else")
        return post, self.world.chats[post.chat_id]

    async def press(
        self, what: Post | Seen | Place, button: str = "", *, data: str | None = None, wait: float = 5.0
    ) -> Answer:
        """Presses a button by its words and waits for the answer; `data` presses one that is no longer there.

        With a chat instead of a message, the newest message that has such a button is taken.
        """
        post = self._with_button(what, button) if not isinstance(what, Post | Seen) else post_of(what)
        chosen = data if data is not None else _data_of(post, button)
        press = self._query(post, chosen)
        limit = time.monotonic() + wait
        while not press.answers and time.monotonic() < limit:
            await asyncio.sleep(0.003)
        if wait and not press.answers:
            raise Unanswered(f"no answer to [{button or data}] within {wait} s")
        return press.answers[-1] if press.answers else Answer("")

    def _with_button(self, where: Place, button: str) -> Post:
        for post in reversed(self.finds(where)):
            rows = (post.fields.get("reply_markup") or {}).get("inline_keyboard", [])
            if any(button in shown["text"] for row in rows for shown in row):
                return post
        raise Unsupported(f"{self.name} sees no button [{button}]")

    def _query(self, post: Post, data: str) -> Press:
        world, chat = self.world, self.world.chats[post.chat_id]
        if chat.type is ChatType.PRIVATE:
            self.open_private()
        press = Press(f"{4_600_000_000_000 + next(world.numbers.unique)}", self.id, chat.id, world.clock.stamp())
        world.presses[press.query_id] = press
        message = (
            post.fields
            if not post.deleted
            else {"chat": shown_chat(world, chat), "message_id": post.message_id, "date": 0}
        )
        query = {
            "id": press.query_id,
            "from": user_object(self.account),
            "message": message,
            "chat_instance": str(-7_000_000_000 - abs(chat.id)),
            "data": data,
        }
        world.emit("callback_query", query)
        return press

    async def tap(self, where: Place, key: str) -> Post:
        """Presses a key of a reply keyboard: its words are sent as a message."""
        for post in reversed(self.finds(where)):
            rows = (post.keyboard or {}).get("keyboard", [])
            if any(key == shown["text"] for row in rows for shown in row):
                return await self.say(where, key)
        raise Unsupported(f"{self.name} sees no key [{key}]")

    async def block(self) -> None:
        """Blocks the bot."""
        await self._place_bot(Status.KICKED)

    async def unblock(self) -> None:
        """Takes the bot back."""
        await self._place_bot(Status.MEMBER)

    async def vanish(self) -> None:
        """Deletes the account."""
        self.account.deactivated = True
        await asyncio.sleep(0)

    async def _place_bot(self, status: Status) -> None:
        chat, bot = self.private.state, self.world.bot
        old = chat.members[bot.id]
        change_member(self.world, chat, self.account, old, Member(bot, status))
        await asyncio.sleep(0)

    def sees(self, where: Place, having: Callable[[Seen], bool] | None = None) -> list[Seen]:
        """The messages of a chat as this person sees them, oldest first."""
        chat = where.state
        shown = [seen(chat, post) for post in self.finds(where)]
        return [one for one in shown if having is None or having(one)]

    def reads(self, where: Place) -> list[str]:
        """The texts of the bot's messages in a chat that this person can see."""
        own = self.world.bot.id
        return [post.text for post in self.finds(where) if post.author == own and post.text]

    def menu(self, where: Place) -> list[str]:
        """The commands that this person's client offers in a chat."""
        return [entry["command"] for entry in self.world.bot_self.menu(where.state, self.account)]


def post_of(message: Post | Seen) -> Post:
    """The message behind what somebody sees."""
    if isinstance(message, Post):
        return message
    if message.post is None:
        raise Unsupported("what was seen has no message behind it")
    return message.post


def _data_of(post: Post, button: str) -> str:
    rows = (post.fields.get("reply_markup") or {}).get("inline_keyboard", [])
    shown = [one for row in rows for one in row]
    fits = [one for one in shown if one["text"] == button] or [one for one in shown if button in one["text"]]
    if not fits:
        raise Unsupported(f"no button [{button}], only {', '.join(one['text'] for one in shown) or 'none'}")
    if "callback_data" not in fits[0]:
        raise Unsupported(f"the button [{button}] sends nothing to the bot: {fits[0]}")
    return str(fits[0]["callback_data"])

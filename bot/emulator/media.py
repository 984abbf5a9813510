"""What people send besides text: photos, files, albums, polls, checklists, forwards, reactions."""

import asyncio
import copy
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.emulator.actor import Actor, How, Place
from bot.emulator.entities import parse
from bot.emulator.failures import Unsupported
from bot.emulator.files import StoredFile
from bot.emulator.objects import user_object, without_nothing
from bot.emulator.polls import cast_vote, close_poll, new_poll
from bot.emulator.posting import shown_chat
from bot.emulator.spec import Json
from bot.emulator.state import ChatState, ChatType, Post

CARRIED = ("text", "entities", "caption", "caption_entities", "photo", "video", "document", "voice", "video_note",
           "sticker", "animation", "audio", "location", "venue", "contact", "poll", "checklist")  # fmt: skip
PLAIN_FIELDS: dict[str, Json] = {
    "video": {"width": 720, "height": 1280, "duration": 12},
    "voice": {"duration": 7},
    "video_note": {"length": 240, "duration": 9},
    "animation": {"width": 320, "height": 240, "duration": 2},
    "audio": {"duration": 180},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}


def photo_sizes(stored: StoredFile) -> list[Json]:
    """A photo in the sizes Telegram offers: here a small one and the full one."""
    small = stored.identity | {"width": 90, "height": 160, "file_size": min(stored.size, 1200)}
    return [small, stored.identity | {"width": 720, "height": 1280}]


def captioned(caption: str, parse_mode: str | None = None) -> Json:
    """The fields of a caption."""
    if not caption:
        return {}
    shown, entities = parse(caption, parse_mode, None)
    return {"caption": shown} | without_nothing(caption_entities=entities or None)


class Sending(Actor):
    """Sends what is not plain text."""

    def _any_content(self) -> bytes:
        return f"content {next(self.world.numbers.unique)}".encode()

    async def send_photo(self, where: Place, caption: str = "", *, content: bytes = b"", **how: Any) -> Post:
        """A photo."""
        stored = self.world.files.keep("photo", "photo.jpg", content or self._any_content(), "image/jpeg")
        return await self.put(where, {"photo": photo_sizes(stored)} | captioned(caption), How(**how))

    async def send_file(
        self, where: Place, name: str, content: bytes = b"-", caption: str = "", *, size: int | None = None,
        media_type: str = "application/octet-stream", **how: Any,
    ) -> Post:  # fmt: skip
        """A document; `size` claims more than the content has."""
        stored = self.world.files.keep("document", name, content, media_type, size)
        shown = stored.identity | {"file_name": name, "mime_type": media_type}
        return await self.put(where, {"document": shown} | captioned(caption), How(**how))

    async def send_media(self, where: Place, kind: str, caption: str = "", **how: Any) -> Post:
        """A video, voice, video_note, animation, audio or sticker."""
        if kind not in PLAIN_FIELDS:
            raise Unsupported(f"{kind} is no kind of media here")
        stored = self.world.files.keep(kind, f"{kind}.bin", self._any_content(), "application/octet-stream")
        return await self.put(where, {kind: stored.identity | PLAIN_FIELDS[kind]} | captioned(caption), How(**how))

    async def send_album(self, where: Place, captions: Sequence[str], **how: Any) -> list[Post]:
        """Photos in one album: each is a message of its own, all with one media_group_id."""
        if not 2 <= len(captions) <= 10:
            raise Unsupported("an album has 2 to 10 items")
        album = str(13_000_000_000_000 + next(self.world.numbers.unique))
        return [await self.send_photo(where, caption, album=album, **how) for caption in captions]

    async def send_location(self, where: Place, latitude: float = 35.1, longitude: float = 106.7, **how: Any) -> Post:
        """A place on the map."""
        return await self.put(where, {"location": {"latitude": latitude, "longitude": longitude}}, How(**how))

    async def send_poll(
        self, where: Place, question: str, options: Sequence[str], *, quiz: bool = False, anonymous: bool = True,
        many: bool = False, **how: Any,
    ) -> Post:  # fmt: skip
        """A poll of the person's own; the bot is never told its votes."""
        poll = new_poll(self.world, question, options, quiz=quiz, anonymous=anonymous, many=many)
        return await self.put(where, {"poll": poll}, How(**how))

    async def vote(self, message: Post, *options: str) -> None:
        """Votes in a poll by the words of the options; none takes the vote back."""
        cast_vote(self.world, self.account, message, options)
        await asyncio.sleep(0)

    async def send_checklist(
        self, where: Place, title: str, tasks: Sequence[str], *, open_to_all: bool = True, **how: Any
    ) -> Post:
        """A checklist, the native form of 接龙 and 打卡."""
        listed = [{"id": number, "text": text} for number, text in enumerate(tasks, 1)]
        checklist: Json = {"title": title, "tasks": listed}
        if open_to_all:
            checklist |= {"others_can_add_tasks": True, "others_can_mark_tasks_as_done": True}
        return await self.put(where, {"checklist": checklist}, How(**how))

    async def tick(self, message: Post, *tasks: str) -> Post:
        """Marks tasks of a checklist as done: a service message tells of it."""
        checklist = copy.deepcopy(message.fields["checklist"])
        done = [task for task in checklist["tasks"] if task["text"] in tasks]
        if len(done) != len(tasks):
            raise Unsupported("no such task in the checklist")
        for task in done:
            task |= {"completed_by_user": user_object(self.account), "completion_date": self.world.clock.stamp()}
        message.fields = message.fields | {"checklist": checklist}
        content = {
            "checklist_tasks_done": {
                "checklist_message": message.fields,
                "marked_as_done_task_ids": [task["id"] for task in done],
            }
        }
        return await self.put(_Same(self, message), content, How())

    async def forward(self, message: Post, where: Place, *, hidden: bool = False, **how: Any) -> Post:
        """Forwards a message; `hidden` when its author does not let forwards point to them."""
        carried = {name: message.fields[name] for name in CARRIED if name in message.fields}
        return await self.put(where, carried | {"forward_origin": origin_of(message, hidden=hidden)}, How(**how))

    async def react(self, message: Post, *emoji: str) -> None:
        """Sets the reactions to a message; none takes them back."""
        chat = self.world.chats[message.chat_id]
        old = message.reactions.get(self.id, [])
        new: list[Json] = [{"type": "emoji", "emoji": one} for one in emoji]
        message.reactions[self.id] = new
        hidden = chat.member(self.account).anonymous
        actor = {"actor_chat": shown_chat(self.world, chat)} if hidden else {"user": user_object(self.account)}
        update = {
            "chat": shown_chat(self.world, chat), "message_id": message.message_id, **actor,
            "date": self.world.clock.stamp(), "old_reaction": old, "new_reaction": new,
        }  # fmt: skip
        if chat.type is ChatType.CHANNEL:
            self._tell_counts(chat, message)
        elif chat.type is ChatType.PRIVATE or chat.member(self.world.bot).is_admin:
            self.world.emit("message_reaction", update)
        await asyncio.sleep(0)

    def _tell_counts(self, chat: ChatState, message: Post) -> None:
        """In a channel nobody is told who reacted, only how many."""
        counts = Counter(one["emoji"] for given in message.reactions.values() for one in given)
        update = {
            "chat": shown_chat(self.world, chat),
            "message_id": message.message_id,
            "date": self.world.clock.stamp(),
            "reactions": [
                {"type": {"type": "emoji", "emoji": emoji}, "total_count": count} for emoji, count in counts.items()
            ],
        }
        if chat.member(self.world.bot).is_admin:
            self.world.emit("message_reaction_count", update)

    async def stop_poll(self, message: Post) -> None:
        """Closes an own poll by hand, of which bots are told."""
        close_poll(self.world, message, by_bot=False)
        await asyncio.sleep(0)

    async def again(self, message: Post, where: Place, **how: Any) -> Post:
        """Sends the same content once more as an own message."""
        carried = {name: message.fields[name] for name in CARRIED if name in message.fields}
        return await self.put(where, carried, replace(How(), **how))


class _Same:
    """The chat that a message is in."""

    def __init__(self, actor: Actor, message: Post) -> None:
        self.state = actor.world.chats[message.chat_id]
        self.id = message.chat_id


def origin_of(message: Post, *, hidden: bool = False) -> Json:
    """The forward_origin of a forward."""
    fields = message.fields
    if "forward_origin" in fields:
        return dict(fields["forward_origin"])
    date = fields["date"]
    if fields["chat"]["type"] == ChatType.CHANNEL:
        return {"type": "channel", "date": date, "chat": fields["chat"], "message_id": message.message_id}
    if "sender_chat" in fields:
        return {"type": "chat", "date": date, "sender_chat": fields["sender_chat"]}
    if hidden:
        return {"type": "hidden_user", "date": date, "sender_user_name": fields["from"]["first_name"]}
    return {"type": "user", "date": date, "sender_user": fields["from"]}

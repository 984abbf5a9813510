"""Putting messages into chats, changing them, and telling the bot of what it may see."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.emulator.objects import chat_object, member_object, message_object
from bot.emulator.privacy import bot_sees, is_service
from bot.emulator.spec import Json
from bot.emulator.state import ANONYMOUS_ADMIN, CHANNEL_STAND_IN, Account, ChatState, ChatType, Member, Post, Topic

if TYPE_CHECKING:
    from bot.emulator.world import World

ICON_COLOR = 7322096


def shown_chat(world: "World", chat: ChatState) -> Json:
    """The Chat object of a chat of any kind."""
    return chat_object(chat, world.accounts.get(chat.id))


def sender_fields(world: "World", chat: ChatState, author: Account, as_chat: ChatState | None = None) -> Json:
    """`from` and `sender_chat` of a message: the person, or the stand-in of an anonymous admin or of a channel."""
    if chat.type is ChatType.CHANNEL:
        return {"sender_chat": shown_chat(world, chat)}
    if as_chat is None and chat.member(author).anonymous and chat.member(author).is_admin:
        as_chat = chat
    if as_chat is None:
        return {"from": world.shown_account(author.id)}
    stand_in = ANONYMOUS_ADMIN if as_chat is chat else CHANNEL_STAND_IN
    return {"from": world.shown_account(stand_in), "sender_chat": shown_chat(world, as_chat)}


def add_post(
    world: "World",
    chat: ChatState,
    author: Account | None,
    content: Json,
    *,
    at: datetime | None = None,
    as_chat: ChatState | None = None,
    sender: Json | None = None,
    number: int | None = None,
) -> Post:
    """Puts a message into a chat and tells the bot, unless it is the bot's own."""
    number = number if number is not None else next(chat.numbers)
    date = int(at.timestamp()) if at is not None else world.clock.stamp()
    if sender is None and author is not None:
        sender = sender_fields(world, chat, author, as_chat)
    head = {"message_id": number, **(sender or {}), "date": date, "chat": shown_chat(world, chat)}
    post = Post(chat.id, number, head | content, author.id if author else None, order=next(world.numbers.unique))
    post.author_chat = (sender or {}).get("sender_chat", {}).get("id")
    chat.posts[number] = post
    own = author is not None and author.id == world.bot.id
    if not own or is_service(post):
        tell(world, chat, post)
    if author is not None and author.is_bot and post.author_chat is None and not is_service(post):
        chat.last_bot = author.id
    return post


def add_ephemeral(world: "World", chat: ChatState, author: Account, receiver: Account, content: Json) -> Post:
    """Shows a message to one pair of eyes; message_id is 0, its own number is ephemeral_message_id."""
    number = next(chat.ephemeral_numbers)
    fields = {
        "message_id": 0,
        "from": world.shown_account(author.id),
        "date": world.clock.stamp(),
        "chat": shown_chat(world, chat),
        "receiver_user": world.shown_account(receiver.id),
        "ephemeral_message_id": number,
    } | content
    post = Post(chat.id, 0, fields, author.id, receiver=receiver.id, order=next(world.numbers.unique))
    chat.ephemeral[number] = post
    if receiver.id == world.bot.id:
        tell(world, chat, post)
    return post


def tell(world: "World", chat: ChatState, post: Post, *, edited: bool = False) -> None:
    """Sends the bot the update of a new or edited message that it may see."""
    post.visible = bot_sees(world, chat, post)
    if not post.visible:
        return
    kind = "channel_post" if chat.type is ChatType.CHANNEL else "message"
    world.emit(f"edited_{kind}" if edited else kind, post.fields.copy())


def context_fields(chat: ChatState, thread_id: int | None, replied: Post | None) -> Json:
    """What topic and reply add to a message: in General no topic, outside topics the thread that a reply hangs in."""
    if thread_id is None and replied is not None and replied.fields.get("is_topic_message"):
        thread_id = replied.fields["message_thread_id"]
    fields: Json = {}
    if thread_id is not None and chat.is_forum:
        fields = {"message_thread_id": thread_id, "is_topic_message": True}
        replied = replied or chat.posts.get(thread_id)
    elif replied is not None and chat.type is ChatType.SUPERGROUP:
        fields = {"message_thread_id": replied.fields.get("message_thread_id", replied.message_id)}
    if replied is not None:
        fields["reply_to_message"] = message_object(replied.fields)
    return fields


def open_topic(world: "World", chat: ChatState, author: Account, name: str) -> Topic:
    """Opens a topic: its thread id is the number of the service message that tells of it."""
    number = next(chat.numbers)
    content = {"forum_topic_created": {"name": name, "icon_color": ICON_COLOR}}
    where = {"message_thread_id": number, "is_topic_message": True}
    add_post(world, chat, author, content | where, number=number)
    chat.topics[number] = Topic(number, name)
    return chat.topics[number]


def change_member(world: "World", chat: ChatState, by: Account, old: Member, new: Member) -> None:
    """Sets somebody's new place in a chat and tells the bot: of itself always, of others when it is admin."""
    chat.members[new.account.id] = new
    is_bot = new.account.id == world.bot.id
    if not is_bot and not chat.member(world.bot).is_admin:
        return
    update = {
        "chat": shown_chat(world, chat),
        "from": world.shown_account(by.id if not _hidden(chat, by) else ANONYMOUS_ADMIN),
        "date": world.clock.stamp(),
        "old_chat_member": member_object(chat, old, world.bot),
        "new_chat_member": member_object(chat, new, world.bot),
    }
    world.emit("my_chat_member" if is_bot else "chat_member", update)


def _hidden(chat: ChatState, account: Account) -> bool:
    place = chat.member(account)
    return place.anonymous and place.is_admin

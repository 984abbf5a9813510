"""Which messages the bot is shown, as documented under privacy mode."""

from typing import TYPE_CHECKING

from bot.emulator.state import ChatState, ChatType, Post

if TYPE_CHECKING:
    from bot.emulator.world import World

SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created", "migrate_to_chat_id",
    "migrate_from_chat_id", "pinned_message", "message_auto_delete_timer_changed", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "checklist_tasks_done", "checklist_tasks_added",
    "chat_shared", "users_shared",
})  # fmt: skip


def is_service(post: Post) -> bool:
    """Whether a message tells of an event."""
    return not SERVICE.isdisjoint(post.fields)


def bot_sees(world: "World", chat: ChatState, post: Post) -> bool:
    """Whether the bot is sent an update of a message."""
    if chat.type is ChatType.PRIVATE:
        return True
    me = chat.member(world.bot)
    if not me.inside or (chat.type is ChatType.CHANNEL and not me.is_admin):
        return False
    if is_service(post):
        return True
    author = world.accounts.get(post.author or 0)
    if author is not None and author.is_bot and post.author_chat is None:
        return False
    return me.is_admin or me.reads_all or post.receiver is not None or _meant_for_bot(world, chat, post)


def _meant_for_bot(world: "World", chat: ChatState, post: Post) -> bool:
    """What privacy mode lets through: replies to the bot, messages via it, its commands."""
    replied = chat.posts.get(post.fields.get("reply_to_message", {}).get("message_id", 0))
    if replied is not None and replied.author == world.bot.id:
        return True
    if post.fields.get("via_bot", {}).get("id") == world.bot.id:
        return True
    entities = post.fields.get("entities") or post.fields.get("caption_entities") or []
    for entity in entities:
        if entity["type"] != "bot_command":
            continue
        units = post.text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
        _, addressed, name = units.decode("utf-16-le").partition("@")
        if addressed and name.lower() == (world.bot.username or "").lower():
            return True
        if not addressed and chat.last_bot == world.bot.id:
            return True
    return False

"""What the bot does to a group as a whole: lock it, give it another title, close its topics, leave it."""

from telegram import ChatPermissions

from bot.core.speech import Act
from bot.services.dissolve import LONGEST_TITLE
from handlers.context import Bot

CHAT_ACTS = frozenset({Act.LEAVE, Act.LOCK, Act.RETITLE, Act.CLOSE_TOPICS})
"""The acts that concern no message; each may be done twice without harm."""


async def act_on_chat(bot: Bot, chat_id: int, act: Act, title: str = "") -> None:
    """Do one of `CHAT_ACTS`; raises `TelegramError` where the platform refuses it."""
    match act:
        case Act.LEAVE:
            await bot.leave_chat(chat_id)
        case Act.LOCK:
            await bot.set_chat_permissions(chat_id, ChatPermissions.no_permissions())
        case Act.RETITLE:
            await bot.set_chat_title(chat_id, title[:LONGEST_TITLE])
        case Act.CLOSE_TOPICS:
            await bot.close_general_forum_topic(chat_id)

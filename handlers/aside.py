"""What is said aside: to one person alone in a group, with keys below the field, or to be cleared away again.

Ephemeral messages (Bot API 10.3) are unknown to python-telegram-bot, so their fields are passed as they are.
"""

from typing import Any

from loguru import logger
from telegram import KeyboardButton, KeyboardButtonRequestChat, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest

from bot.core.speech import Keys, Outgoing, Speech
from bot.render.messages import words_of
from handlers.context import Bot
from handlers.errors import kind_of

AT_ONCE = 100
"""Messages that one call deletes at most."""
MOST = 1_000
"""Messages that are cleared at most: between those of a talk lie the numbers of what others wrote meanwhile."""


def for_one(outgoing: Outgoing) -> dict[str, Any] | None:
    """What makes a message in a group seen by one person alone."""
    if outgoing.only_for is None:
        return None
    fields: dict[str, Any] = {"ephemeral_message_parameters": {"receiver_user_id": outgoing.only_for}}
    if outgoing.only_reply is not None:
        fields["reply_parameters"] = {"ephemeral_message_id": outgoing.only_reply}
    return fields


def keys_of(outgoing: Outgoing, language: str) -> ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    """The keys below the field."""
    if outgoing.keys is None:
        return None
    if outgoing.keys is Keys.NONE:
        return ReplyKeyboardRemove()
    words = words_of(outgoing.speech or Speech(()), language)
    request = KeyboardButtonRequestChat(1, chat_is_channel=False, bot_is_member=True)
    rows = [
        [KeyboardButton(words("report.key.pick"), request_chat=request)],
        [KeyboardButton(words("report.key.stop"))],
    ]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


async def clear(bot: Bot, outgoing: Outgoing) -> None:
    """Delete a stretch of messages, the newest first; what cannot be deleted is passed over."""
    first, last = outgoing.message_id or 0, outgoing.through or 0
    numbers = range(last, max(first, last - MOST + 1) - 1, -1)
    for at in range(0, len(numbers), AT_ONCE):
        try:
            await bot.delete_messages(outgoing.chat_id, [*numbers[at : at + AT_ONCE]])
        except BadRequest as error:
            logger.debug("Some messages could not be cleared: {}", kind_of(error))

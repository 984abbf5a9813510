"""/mine: the findings on one's own messages, in private."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Speech
from bot.services import mine
from handlers.answering import Asked, answer_command
from handlers.context import Context


async def page(context: Context, asked: Asked) -> Speech:
    """What was found on the asker's own messages."""
    runtime = context.runtime
    return await mine.page(context.work, runtime.vault, asked.person, runtime.zone)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "mine", page)


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("mine", _command, filters.UpdateType.MESSAGE),)

"""/unlisted: whoever knows of a group that stands in no ledger tells the office; nobody learns who it was."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Speech
from bot.services import pointers
from bot.services.persons import Person
from bot.services.pointers import QUESTION
from handlers.answering import Asked, TextHandler, Typed, answer_command, secret
from handlers.context import Context
from handlers.quota import DAY, Quota

OF_ONE, OF_ALL = 5, 200
"""What is kept in a day: of one person, and of all together."""
_POINTERS = Quota("unlisted", DAY, OF_ONE, OF_ALL)


async def page(context: Context, asked: Asked) -> Speech:
    """Keep the words given; without words ask for them."""
    if asked.words:
        return await _kept(context, asked.person, asked.words)
    return await pointers.invite(context.work, asked.person, context.now)


async def typed(context: Context, answer: Typed) -> Speech:
    """Keep the words that were awaited."""
    return await _kept(context, answer.person, answer.text)


async def _kept(context: Context, who: Person, words: str) -> Speech:
    await context.work.people.answered(who.key)
    if secret(context, words):
        return Speech.of("command.secret", who.language)
    if not _POINTERS.takes(context, who.key):
        return Speech.of("unlisted.too_many", who.language)
    return await pointers.keep(context.work, words, context.runtime.office.today(context.now), who.language)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "unlisted", page)


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("unlisted", _command, filters.UpdateType.MESSAGE),)

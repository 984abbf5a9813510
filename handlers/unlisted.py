"""/unlisted: whoever knows of a group that stands in no ledger tells the office; nobody learns who it was."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Speech
from bot.services import pointers
from bot.services.persons import Person
from bot.services.pointers import QUESTION
from handlers.answering import Asked, TextHandler, Typed, answer_command, secret
from handlers.context import Context
from handlers.limits import Allowed, Limits

DAY = timedelta(days=1)
OF_ONE, OF_ALL = 5, 200
"""What is kept in a day: of one person, and of all together."""
_PLACE = "unlisted"


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
    if not _within_limits(context, who):
        return Speech.of("unlisted.too_many", who.language)
    return await pointers.keep(context.work, words, context.runtime.office.today(context.now), who.language)


def _within_limits(context: Context, who: Person) -> bool:
    """Whether one more can be taken; counted in memory alone, so that nothing tells who pointed at what."""
    own: Limits = context.bot_data.setdefault(f"{_PLACE}.own", Limits(OF_ONE, DAY))
    every: Limits = context.bot_data.setdefault(f"{_PLACE}.all", Limits(OF_ALL, DAY))
    if own.count(who.key, context.now, context.number) is not Allowed.YES:
        return False
    return every.count("", context.now, context.number) is Allowed.YES


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "unlisted", page)


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("unlisted", _command, filters.UpdateType.MESSAGE),)

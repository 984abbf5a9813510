"""/feedback: a word to the office, unsigned unless the writer chooses otherwise."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Speech
from bot.services import feedback
from bot.services.feedback import ACTION, QUESTION
from bot.services.office import desk_chat
from bot.services.persons import Person
from handlers.answering import Asked, TextHandler, Typed, answer_command, person_of, secret, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.quota import HOUR, Quota

OF_ONE, OF_ALL = 5, 60
"""Words to the office in an hour: of one person, and of all together."""
_LETTERS = Quota("feedback", HOUR, OF_ONE, OF_ALL)


async def page(context: Context, asked: Asked) -> Speech:
    """Pass the words on at once, unsigned; without words ask how it shall be."""
    policy, who = context.runtime.policy, asked.person
    if asked.words:
        return await _sent(context, who, asked.words, "")
    return await feedback.invitation(context.work, policy, who.language)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Await the words, signed or not."""
    if update.callback_query is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    how = "signed" if list(arguments) == ["signed"] else "plain"
    await turn(update, context, await feedback.expect(context.work, who, how, context.now))


async def typed(context: Context, answer: Typed) -> Speech:
    """Pass the words on; the name only of who chose to sign."""
    name = answer.name if answer.about == "signed" else ""
    return await _sent(context, answer.person, answer.text, name)


async def _sent(context: Context, who: Person, text: str, name: str) -> Speech:
    if secret(context, text):
        await context.work.people.answered(who.key)
        return Speech.of("command.secret", who.language)
    if not await _within_limits(context, who):
        await context.work.people.answered(who.key)
        return Speech.of("feedback.too_many", who.language)
    return await feedback.send(context.work, context.runtime.policy, who, text, name, context.now)


async def _within_limits(context: Context, who: Person) -> bool:
    """Whether the office can take one more word; counted in memory alone, so that nothing tells who wrote."""
    if await desk_chat(context.work, context.runtime.policy) is None:
        return True
    return _LETTERS.takes(context, who.key)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "feedback", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("feedback", _command, filters.UpdateType.MESSAGE),)

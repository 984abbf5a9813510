"""/privacy and /forget: what is kept, and its deletion."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Speech
from bot.services import privacy
from bot.services.privacy import ACTION
from handlers.answering import Asked, answer_command, person_of, turn
from handlers.context import Context
from handlers.press import PressHandler


async def page(context: Context, asked: Asked) -> Speech:
    """What is kept, how long, and who could see it."""
    return privacy.page(context.runtime.policy, asked.person.language)


async def forget_page(context: Context, asked: Asked) -> Speech:  # noqa: ARG001 - pages share their arguments
    """The question before anything is deleted."""
    return privacy.question(asked.person.language)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Ask, delete, or leave it."""
    if update.callback_query is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    what = arguments[0] if arguments else ""
    if what == "yes":
        runtime = context.runtime
        speech = await privacy.forget(context.work, runtime.vault, runtime.forgotten, who, context.now)
    elif what == "cases":
        speech = privacy.cases_page(context.runtime.policy, who.language)
    elif what == "ask":
        speech = privacy.question(who.language)
    else:
        speech = Speech.of("privacy.forget.kept", who.language)
    await turn(update, context, speech)


async def _privacy(update: Update, context: Context) -> None:
    await answer_command(update, context, "privacy", page)


async def _forget(update: Update, context: Context) -> None:
    await answer_command(update, context, "forget", forget_page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The commands, which do not listen to edits."""
    return (
        CommandHandler("privacy", _privacy, filters.UpdateType.MESSAGE),
        CommandHandler("forget", _forget, filters.UpdateType.MESSAGE),
    )

"""/review: people of the office look at suspected findings and take wrong ones back."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Part, Speech
from bot.services import review
from bot.services.response import Responder
from bot.services.review import ACTION
from handlers.answering import Asked, answer_command, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_office


async def page(context: Context, asked: Asked) -> Speech:
    """The latest finding; for people of the office alone."""
    if not await is_office(context, asked.person.user_id):
        return Speech.of("status.not_office", asked.person.language)
    return await review.first(context.work, asked.person.language, context.runtime.zone)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Go on, mark wrong, undo, or show the marks; the right is asked anew."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if not await is_office(context, who.user_id):
        await refuse(update, context, Part("status.not_office"))
        return
    what, number = (*arguments, "", "")[:2]
    id_ = int(number) if number.isdecimal() else 0
    work, zone = context.work, context.runtime.zone
    if what == "marks":
        await turn(update, context, await review.marks(work, who.language))
    elif what in {"wrong", "undo"}:
        responder = Responder(context.runtime.policy, context.runtime.vault)
        stored = await review.mark(work, responder, id_, context.now, zone, wrong=what == "wrong")
        if stored is None:
            await refuse(update, context, Part("review.gone"))
            return
        line = Part("review.done_wrong" if what == "wrong" else "review.done_undo")
        await turn(update, context, await review.shown(work, stored, who.language, zone), line)
    else:
        await turn(update, context, await review.after(work, who.language, zone, id_ or None))


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "review", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("review", _command, filters.UpdateType.MESSAGE),)

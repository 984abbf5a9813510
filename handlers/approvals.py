"""/approvals: the list, refusals and visits, for the office alone."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.speech import Part, Speech
from bot.core.visibility import Screen, may_see
from bot.services import approval_pages
from bot.services.approval_pages import ACTION
from handlers.answering import Asked, answer_command, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.roles import roles_of
from handlers.verify import counter_of

_SCREENS = {"home": Screen.APPROVALS, "refusals": Screen.REFUSALS, "visits": Screen.VISITS}


async def page(context: Context, asked: Asked) -> Speech:
    """The list and its numbers."""
    return await _page(context, asked.person.user_id, "home", asked.person.language) or Speech.of(
        "office.not_office", asked.person.language
    )


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Turn to another page; the right is asked anew."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    speech = await _page(context, who.user_id, arguments[0] if arguments else "", who.language)
    if speech is None:
        await refuse(update, context, Part("office.not_office"))
    else:
        await turn(update, context, speech)


async def _page(context: Context, user_id: int, name: str, language: str) -> Speech | None:
    """A page, for whoever sees all of it; a unit's contact has the own visits in /visit."""
    if not may_see(await roles_of(context, user_id), _SCREENS.get(name, Screen.APPROVALS)):
        return None
    if name == "refusals":
        return await approval_pages.refusals(context.work, language)
    if name == "visits":
        works = context.runtime.office.works
        return await approval_pages.visits(context.work, counter_of(context), works, language)
    return await approval_pages.home(context.work, counter_of(context), language)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "approvals", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("approvals", _command, filters.UpdateType.MESSAGE),)

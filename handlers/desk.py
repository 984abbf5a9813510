"""A command that the office uses at its desk as well as in private: the answer stands where it was asked."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from telegram import Update

from bot.core.speech import Part, Speech
from bot.core.visibility import Roles
from bot.services.office import desk_chat
from bot.services.persons import Person
from handlers.answering import Page, answer_command, person_of, say, show
from handlers.context import Context
from handlers.rights import person_behind
from handlers.roles import roles_of

DeskPage: TypeAlias = Callable[[Context, Person, Roles], Awaitable[Speech | None]]
"""Makes what is shown at the desk; None for whoever may not see it."""


async def answer_office(update: Update, context: Context, name: str, page: Page, at_desk: DeskPage, no: Part) -> None:
    """Answer a command at the desk to whoever of the office asks there, elsewhere as every other command.

    Who may not see it is told so (`no`) in private, where that can be reached.
    """
    message = update.message
    if message is None:
        return
    if message.chat.id != await desk_chat(context.work, context.runtime.policy):
        await answer_command(update, context, name, page)
        return
    user_id = person_behind(message)
    if user_id is None or message.from_user is None:
        return
    who = await person_of(message.from_user, context)
    speech = await at_desk(context, who, await roles_of(context, user_id))
    if speech is not None:
        await show(context, message, speech)
    elif await context.work.people.reachable(who.key):
        await say(context, who, Speech((no,), who.language))

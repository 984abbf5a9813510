"""/cases: the office works its cases at its desk or in private, a unit's contact sees their own.

Each press is checked anew. What is typed is typed in private: at the desk the buttons lead there.
"""

from collections.abc import Mapping, Sequence

from telegram import Chat, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.case_moves import Step
from bot.core.changes import Role
from bot.core.errors import CaseRefused
from bot.core.ledger_log import Author
from bot.core.speech import Part, Speech
from bot.core.visibility import Roles, Screen, may_see
from bot.services import case_file, case_pages, cases
from bot.services.case_files import CaseRoom
from bot.services.case_lines import ACTION, QUESTION
from bot.services.case_pages import Look
from bot.services.cases import Actor
from bot.services.persons import Person
from handlers import case_words
from handlers.answering import Asked, TextHandler, Typed, person_of, refuse, turn
from handlers.case_words import number_of, page_of, refusal
from handlers.context import Context
from handlers.desk import answer_office
from handlers.press import PressHandler, toast
from handlers.roles import roles_of

NOT_YOURS = Part("case.not_yours")
NO_ADMIN = Part("case.no_admin")


def room_of(context: Context) -> CaseRoom:
    """What cases need of the running bot."""
    runtime = context.runtime
    return CaseRoom(runtime.policy, runtime.vault, runtime.office, context.bot.username)


def actor_of(who: Person, roles: Roles) -> Actor | None:
    """In which role somebody acts: of the office, or as a unit's contact; None for everybody else."""
    if may_see(roles, Screen.CASES):
        return Actor(Role.OFFICE, who.key)
    units = frozenset(each for each in roles.units if may_see(roles, Screen.UNIT_CASES, unit=each))
    return Actor(Role.UNIT_CONTACT, who.key, units) if units else None


async def page(context: Context, asked: Asked) -> Speech:
    """The list of the office, or of a contact's units."""
    who = asked.person
    await context.work.people.answered(who.key)
    actor = actor_of(who, await roles_of(context, who.user_id))
    if actor is None:
        return Speech((NOT_YOURS,), who.language)
    return await _list(context, actor, Look(who.language, context.now), "open", 0)


async def of_link(context: Context, case_id: int, what: str, who: Person) -> Speech:
    """Where a link from the desk leads: the case, or there what is to be typed."""
    await context.work.people.answered(who.key)
    actor = actor_of(who, await roles_of(context, who.user_id))
    if actor is None:
        return Speech((NOT_YOURS,), who.language)
    look = Look(who.language, context.now)
    try:
        if what != case_words.PAGE:
            return await case_words.asked(context, room_of(context), actor, look, case_id, what)
        return await page_of(context, room_of(context), actor, look, case_id)
    except CaseRefused as error:
        return Speech((refusal(error),), who.language)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press; the right is asked anew, and what cannot be done is said in one sentence."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    who = await person_of(query.from_user, context)
    actor = actor_of(who, await roles_of(context, who.user_id))
    at_desk = query.message.chat.type != Chat.PRIVATE
    if actor is None or (at_desk and actor.role is not Role.OFFICE):
        await refuse(update, context, NO_ADMIN if at_desk else NOT_YOURS)
        return
    look = Look(context.runtime.policy.language if at_desk else who.language, context.now, at_desk)
    try:
        if arguments[:1] == ["d"]:
            await _sent(context, actor, look, number_of((*arguments, "")[1]), query.message.chat.id)
            await toast(query, context, Part("case.done.document"))
            return
        speech = await _carried_out(context, actor, look, (*arguments, "", "", "", "", "")[:5])
    except CaseRefused as error:
        await refuse(update, context, refusal(error))
        return
    await turn(update, context, speech)


async def _carried_out(context: Context, actor: Actor, look: Look, arguments: Sequence[str]) -> Speech:
    what, value, *more = arguments
    number = number_of(value)
    if what == "w":
        return await case_words.asked(context, room_of(context), actor, look, number, *more)
    if not look.at_desk:
        await context.work.people.answered(actor.key)
    match what:
        case "p":
            return await page_of(context, room_of(context), actor, look, number)
        case "f":
            case = await cases.case_of_office(context.work, actor, number, context.now)
            return await case_pages.office_file(context.work, room_of(context), look, case, number_of(more[0]))
        case "s":
            return await _step(context, actor, look, number, more)
        case "u" | "j":
            return await case_words.chosen(context, room_of(context), actor, look, arguments[:4])
    return await _list(context, actor, look, value, number_of(more[0]))


async def _sent(context: Context, actor: Actor, look: Look, number: int, chat_id: int) -> None:
    """Send the file of a case as a document to where it was asked for."""
    await cases.case_of_office(context.work, actor, number, context.now)
    author = Author(Role.OFFICE, actor.key)
    await case_file.queue(context.work, number, chat_id, author, look.language, context.now)


async def _list(context: Context, actor: Actor, look: Look, which: str, first: int) -> Speech:
    work, room = context.work, room_of(context)
    if actor.role is not Role.OFFICE:
        return await case_pages.unit_list(work, room, look, sorted(actor.units), first)
    return await case_pages.office_list(work, room, look, "done" if which == "done" else "open", first)


async def _step(context: Context, actor: Actor, look: Look, number: int, more: Sequence[str]) -> Speech:
    """A step that needs no words, or the last one taken back."""
    step, event = more[:2]
    if step == case_words.UNDO:
        await cases.undo(context.work, room_of(context), actor, number, number_of(event), context.now)
        return await page_of(context, room_of(context), actor, look, number, Part("case.done.undo"))
    if step not in set(Step):
        raise CaseRefused("gone")
    await cases.make(context.work, room_of(context), actor, number, Step(step), context.now)
    return await page_of(context, room_of(context), actor, look, number, Part(f"case.done.{step}"))


async def typed(context: Context, answer: Typed) -> Speech:
    """Take what was typed; the right is asked anew."""
    who = answer.person
    actor = actor_of(who, await roles_of(context, who.user_id))
    if actor is None:
        await context.work.people.answered(who.key)
        return Speech((NOT_YOURS,), who.language)
    return await case_words.taken(context, room_of(context), actor, Look(who.language, context.now), answer)


async def _at_desk(context: Context, who: Person, roles: Roles) -> Speech | None:
    """The list, for the office alone."""
    actor = actor_of(who, roles)
    if actor is None or actor.role is not Role.OFFICE:
        return None
    return await _list(context, actor, Look(context.runtime.policy.language, context.now, at_desk=True), "open", 0)


async def _command(update: Update, context: Context) -> None:
    await answer_office(update, context, "cases", page, _at_desk, NO_ADMIN)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("cases", _command, filters.UpdateType.MESSAGE),)

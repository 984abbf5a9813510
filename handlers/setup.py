"""The set-up of a group in private: buttons and words of one's own, each press checked anew."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler

from bot.core.group import Group, SetupStep
from bot.core.speech import Speech
from bot.services import setup
from bot.services.persons import Person
from bot.services.setup import ACTION, QUESTION
from handlers.answering import TextHandler, Typed, desk_of, group_for, person_of, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_group_admin


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press of the set-up: an answer, back, skip, cancel, go on, or leave."""
    group = await group_for(update, context, arguments[0] if arguments else "")
    if group is None or update.callback_query is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    await turn(update, context, await _carried_out(context, group, who, arguments[1:]))


async def typed(context: Context, answer: Typed) -> Speech:
    """Take an answer in somebody's own words, if they are still an admin of the group."""
    group = await context.work.groups.get(answer.group_id)
    who = answer.person
    if group is None or not await is_group_admin(context, group.chat_id, who.user_id):
        await context.work.people.answered(who.key)
        return Speech.of("setup.gone" if group is None else "setup.not_admin", who.language)
    context.runtime.scenes.forget(group.id)
    step = SetupStep(answer.about)
    return await setup.answer(context.work, desk_of(context), group, step, answer.text, who, context.now)


async def _carried_out(context: Context, group: Group, who: Person, arguments: Sequence[str]) -> Speech:
    what, value = (*arguments, "", "")[:2]
    work, desk, now = context.work, desk_of(context), context.now
    context.runtime.scenes.forget(group.id)
    if what == "leave" and desk.policy.units:
        return await setup.leave(work, group, who, now)
    if what not in set(SetupStep):
        return await setup.resume(work, desk, group, who, now)
    if value == "cancel":
        return await setup.cancel(work, group, who)
    if value == "back":
        return await setup.back(work, desk, group, SetupStep(what), who, now)
    return await setup.answer(work, desk, group, SetupStep(what), value, who, now)


def presses() -> Mapping[str, PressHandler]:
    """The action of the set-up's buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """None of its own: it is reached by `/start`, by buttons and by words."""
    return ()

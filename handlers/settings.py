"""/settings: in private, by buttons, for the admins of a group; every press is checked anew."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.group import Group, GroupState
from bot.core.speech import Part, Speech
from bot.services import settings, setup
from bot.services.persons import Person
from bot.services.settings import ACTION, QUESTION
from handlers.answering import (
    Asked,
    TextHandler,
    Typed,
    answer_command,
    desk_of,
    group_for,
    person_of,
    turn,
)
from handlers.asking import together
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_group_admin
from handlers.watch import settle

MOST_CHECKED = 60
"""Groups looked at for one person; in a larger installation the command is given in the group."""

_CONFIRMED = frozenset({"wipe", "leave", "gone"})


async def mine(context: Context, user_id: int) -> tuple[Sequence[Group], bool]:
    """The groups that somebody is an admin of, and whether there were too many to look at; their own come first."""
    there = [group for group in await context.work.groups.all() if group.state is not GroupState.LEFT]
    there.sort(key=lambda group: group.contact != user_id)
    looked = there[:MOST_CHECKED]
    answers = await together(is_group_admin(context, group.chat_id, user_id) for group in looked)
    return [group for group, yes in zip(looked, answers, strict=True) if yes], len(there) > MOST_CHECKED


async def page(context: Context, asked: Asked) -> Speech:
    """The menu of the group the command came from, or the choice among the person's groups."""
    who = asked.person
    if asked.group is not None:
        return await of_group(context, asked.group, who, asked.thread)
    groups, more = await mine(context, who.user_id)
    if len(groups) == 1 and not more:
        return await of_group(context, groups[0], who)
    return settings.groups(groups, who.language, more=more)


async def of_group(context: Context, group: Group, who: Person, thread: int | None = None) -> Speech:
    """The menu of one group, or the set-up where questions are still open; only for its admins."""
    if not await is_group_admin(context, group.chat_id, who.user_id):
        return Speech.of("setup.not_admin", who.language)
    context.runtime.scenes.forget(group.id)
    if group.state is GroupState.LEFT or group.next_step is not None:
        return await setup.resume(context.work, desk_of(context), group, who, context.now)
    await context.work.people.answered(who.key)
    return settings.menu(group, desk_of(context), who.language, thread)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press: a page, a change, or (after asking once) a deletion."""
    if update.callback_query is None:
        return
    if not arguments:
        who = await person_of(update.callback_query.from_user, context)
        groups, more = await mine(context, who.user_id)
        await turn(update, context, settings.groups(groups, who.language, more=more))
        return
    group = await group_for(update, context, arguments[0])
    if group is None:
        return
    who = await person_of(update.callback_query.from_user, context)
    speech, line = await _carried_out(context, group, who, arguments[1:])
    await turn(update, context, speech, line)


async def typed(context: Context, answer: Typed) -> Speech:
    """Take an answer in somebody's own words, if they are still an admin of the group."""
    group, who = await context.work.groups.get(answer.group_id), answer.person
    if group is None or not await is_group_admin(context, group.chat_id, who.user_id):
        await context.work.people.answered(who.key)
        return Speech.of("setup.gone" if group is None else "setup.not_admin", who.language)
    context.runtime.scenes.forget(group.id)
    speech, _ = await settings.change(
        context.work, desk_of(context), group, answer.about, answer.text, who, context.now
    )
    return speech


async def _carried_out(
    context: Context, group: Group, who: Person, arguments: Sequence[str]
) -> tuple[Speech | None, Part | None]:
    what, value = (*arguments, "", "")[:2]
    work, desk, now = context.work, desk_of(context), context.now
    context.runtime.scenes.forget(group.id)
    if value and what not in _CONFIRMED:
        return await settings.change(work, desk, group, what, ":".join(arguments[1:]), who, now)
    if not what:
        return await of_group(context, group, who), None
    if what in _CONFIRMED:
        return await _confirmed(context, group, who, what, sure=value == "yes"), None
    if what == "pause":
        return await settings.pause(work, desk, group, who, now), None
    if what == "go":
        return await setup.resume(work, desk, group, who, now), None
    return await settings.page(work, desk, group, what, who, now), None


async def _confirmed(context: Context, group: Group, who: Person, what: str, *, sure: bool) -> Speech:
    if not sure:
        return settings.confirm(group, what, who.language)
    await settle(context)  # what was gathered of the group is written before it is deleted
    if what == "wipe":
        return await settings.wipe(context.work, desk_of(context), group, who, context.now)
    return await settings.leave(context.work, group, who, context.now, forget=what == "gone")


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "settings", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the settings' buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("settings", _command, filters.UpdateType.MESSAGE),)

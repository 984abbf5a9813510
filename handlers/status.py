"""/status: of a group for its admins, in outline for its members, of all groups for the office."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.group import Group
from bot.core.speech import Speech
from bot.core.visibility import Screen, may_see
from bot.services import status
from bot.services.persons import Person
from bot.services.status import ACTION
from handlers.answering import Asked, answer_command, desk_of, group_for, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_office
from handlers.roles import roles_of
from handlers.settings import mine


async def page(context: Context, asked: Asked) -> Speech:
    """The status of the group the command came from, or of the person's groups."""
    who, group, desk = asked.person, asked.group, desk_of(context)
    if group is not None:
        if await _may_see(context, group, who):
            return await status.of_group(context.work, group, desk, who.language, context.now)
        return status.outline(group, desk, who.language)
    groups, _ = await mine(context, who.user_id)
    office = await is_office(context, who.user_id)
    if not groups and office:
        return await _health(context, who)
    if len(groups) == 1 and not office:
        return await status.of_group(context.work, groups[0], desk, who.language, context.now)
    return status.chooser(groups, who.language, office=office)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Show a group's status anew, or that of all groups to the office."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if list(arguments) == ["health"]:
        if await is_office(context, who.user_id):
            await turn(update, context, await _health(context, who))
        else:
            await refuse(update, context, status.NOT_OFFICE)
        return
    group = await _allowed(update, context, who, arguments[0] if arguments else "")
    if group is not None:
        speech = await status.of_group(context.work, group, desk_of(context), who.language, context.now)
        await turn(update, context, speech, status.FRESH)


async def _allowed(update: Update, context: Context, who: Person, number: str) -> Group | None:
    """The group, for its admins and for the office; else the press is answered here."""
    group = await context.work.groups.get(int(number)) if number.isdecimal() else None
    if group is not None and await _may_see(context, group, who):
        return group
    return await group_for(update, context, number)


async def _may_see(context: Context, group: Group, who: Person) -> bool:
    return may_see(await roles_of(context, who.user_id, group.id), Screen.GROUP_STATUS, group=group.id)


async def _health(context: Context, who: Person) -> Speech:
    runtime = context.runtime
    return await status.health(context.work, runtime.troubles, who.language, runtime.zone, context.now)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "status", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("status", _command, filters.UpdateType.MESSAGE),)

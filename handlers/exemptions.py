"""/duty and /quiet in private: rosters, shifts and quiet days, typed in a few lines."""

from collections.abc import Mapping, Sequence

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.errors import BadMoment
from bot.core.speech import Part, Speech
from bot.services import exemptions
from bot.services.exemptions import ACTION, QUESTION, Kind, Scope
from bot.services.persons import Person
from handlers.answering import Asked, Page, TextHandler, Typed, answer_command, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_group_admin, is_office
from handlers.settings import mine
from handlers.urgent import problem


def page_of(kind: Kind) -> Page:
    """The page of one of the two commands."""

    async def page(context: Context, asked: Asked) -> Speech:
        who = asked.person
        groups, _ = await mine(context, who.user_id)
        if asked.group is not None:
            groups = [group for group in groups if group.id == asked.group.id]
        office = await is_office(context, who.user_id)
        return exemptions.choose(kind, groups, context.runtime.policy.units, who.language, office=office)

    return page


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Somebody chose whose days; they are asked for the lines."""
    query = update.callback_query
    kind, whose = (*arguments, "", "")[:2]
    if query is None or kind not in set(Kind):
        return
    who = await person_of(query.from_user, context)
    scope = await _scope(context, whose, who)
    if scope is None:
        await refuse(update, context, Part("setup.not_admin"))
        return
    await context.work.people.expect(who.key, f"{QUESTION}:{kind}.{whose}", scope.group_id or 0, context.now)
    await turn(update, context, await _ask(context, Kind(kind), scope, who))


async def typed(context: Context, answer: Typed) -> Speech:
    """Take the lines down; one that cannot be read is named, and nothing is changed."""
    who = answer.person
    kind, _, whose = answer.about.partition(".")
    scope = await _scope(context, whose, who)
    if scope is None or kind not in set(Kind):
        await context.work.people.answered(who.key)
        return Speech.of("setup.not_admin", who.language)
    office = context.runtime.office
    zone = office.zone_of(scope.group)
    try:
        speech = await exemptions.fill(context.work, Kind(kind), scope, answer.text, zone, who.language, context.now)
    except BadMoment as error:
        return Speech((problem(error), Part(f"exempt.{kind}.ask")), who.language)
    await context.work.people.answered(who.key)
    context.runtime.scenes.forget()
    return speech


async def _scope(context: Context, whose: str, who: Person) -> Scope | None:
    """Whom the choice concerns, if the right to decide for them is there now."""
    what, number = whose[:1], whose[1:]
    if what == "g" and number.isdecimal():
        group = await context.work.groups.get(int(number))
        entitled = group is not None and await is_group_admin(context, group.chat_id, who.user_id)
        return Scope(group=group) if entitled else None
    if not await is_office(context, who.user_id):
        return None
    units = context.runtime.policy.units
    if what == "u" and number.isdecimal() and int(number) < len(units):
        return Scope(unit=units[int(number)])
    return Scope() if what == "o" else None


async def _ask(context: Context, kind: Kind, scope: Scope, who: Person) -> Speech:
    office = context.runtime.office
    zone = office.zone_of(scope.group)
    return await exemptions.ask(context.work, kind, scope, zone, who.language)


async def _duty(update: Update, context: Context) -> None:
    await answer_command(update, context, "duty", page_of(Kind.DUTY))


async def _quiet(update: Update, context: Context) -> None:
    await answer_command(update, context, "quiet", page_of(Kind.QUIET))


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in lines."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The commands, which do not listen to edits."""
    return (
        CommandHandler("duty", _duty, filters.UpdateType.MESSAGE),
        CommandHandler("quiet", _quiet, filters.UpdateType.MESSAGE),
    )

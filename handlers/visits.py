"""/visit: a unit's contact, or an admin of its watched group, records who came; each step asks the right anew."""

from collections.abc import Mapping, Sequence
from datetime import date

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.group import Group, GroupState
from bot.core.speech import Part, Speech
from bot.core.units import Unit
from bot.core.visibility import Screen, may_see
from bot.core.visits import VisitKind
from bot.services import visits
from bot.services.office import units_of
from bot.services.persons import Person
from bot.services.visits import ACTION, QUESTION
from handlers.answering import Asked, TextHandler, Typed, answer_command, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.quota import HOUR, Quota
from handlers.roles import roles_of
from handlers.settings import mine

ENTRIES = 60
"""Visits that one person may record in an hour."""
_ENTRIES = Quota("visits.entries", HOUR, ENTRIES)


async def page(context: Context, asked: Asked) -> Speech:
    """The kinds of visits of the one unit, or the choice among the units."""
    who = asked.person
    await context.work.people.answered(who.key)
    own = await _units(context, who)
    if len(own) != 1:
        return visits.choice(own, who.language) if own else Speech.of("visits.not_yours", who.language)
    return await _home(context, who, own[0])


async def _units(context: Context, who: Person) -> Sequence[Unit]:
    """The units whose contact somebody is, and those of the watched groups whose admin they are."""
    found = set(await units_of(context.work, who.key))
    groups, _ = await mine(context, who.user_id)
    found |= {number for group in groups if (number := await _unit_of(context, group)) is not None}
    units = [await context.work.units.get(number) for number in sorted(found)]
    return [unit for unit in units if unit is not None and unit.is_open]


async def _unit_of(context: Context, group: Group) -> int | None:
    """The unit of a watched group: that of its row in the ledger, or the one that was stated."""
    if group.state is not GroupState.WATCHING:
        return None
    row = await context.work.objects.of_group(group.id)
    if row is not None and row.unit_id is not None:
        return row.unit_id
    unit = await context.work.units.named(group.unit) if group.unit else None
    return None if unit is None else unit.id


async def _own(context: Context, who: Person, number: str) -> Unit | None:
    """A unit by its number, if somebody may record for it."""
    return next((unit for unit in await _units(context, who) if f"{unit.id}" == number), None)


async def _home(context: Context, who: Person, unit: Unit) -> Speech:
    return await visits.home(context.work, unit, _today(context), who.language, sees=await _sees(context, who, unit))


async def _sees(context: Context, who: Person, unit: Unit) -> bool:
    """Whether somebody sees the counts of the unit, beside recording for it."""
    return may_see(await roles_of(context, who.user_id), Screen.VISITS, unit=unit.id)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Choose the unit or the kind, or take back what was just recorded."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    what, number, kind = (*arguments, "", "", "")[:3]
    if what == "x":
        await _undo(update, context, who, number)
        return
    unit = await _own(context, who, number)
    if unit is None:
        await refuse(update, context, Part("visits.not_yours"))
    elif what == "k" and kind in set(VisitKind):
        await turn(update, context, await visits.ask(context.work, unit, VisitKind(kind), who, context.now))
    else:
        await context.work.people.answered(who.key)
        await turn(update, context, await _home(context, who, unit))


async def _undo(update: Update, context: Context, who: Person, number: str) -> None:
    visit = await context.work.visits.get(int(number)) if number.isdecimal() and number.isascii() else None
    unit = None if visit is None else await _own(context, who, f"{visit.unit_id}")
    if visit is None or unit is None:
        await refuse(update, context, Part("visits.not_yours"))
        return
    await context.work.visits.remove(visit.id)
    await turn(update, context, Speech.of("visits.undone", who.language))


async def typed(context: Context, answer: Typed) -> Speech:
    """Store who came and where."""
    who, work = answer.person, context.work
    number, _, kind = answer.about.partition(".")
    unit = await _own(context, who, number)
    if unit is None or kind not in set(VisitKind):
        await work.people.answered(who.key)
        return Speech.of("visits.not_yours", who.language)
    if not _ENTRIES.takes(context, who.key):
        return Speech.of("visits.too_many", who.language)
    sees = await _sees(context, who, unit)
    return await visits.record(work, unit, VisitKind(kind), answer.text, _today(context), who, sees=sees)


def _today(context: Context) -> date:
    return context.now.astimezone(context.runtime.zone).date()


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "visit", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("visit", _command, filters.UpdateType.MESSAGE),)

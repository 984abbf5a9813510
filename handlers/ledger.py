"""/ledger: the office's list of units and the page of each; a unit's contact sees their own; nobody else sees any."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import Chat, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.changes import Role
from bot.core.ledger_log import Author
from bot.core.speech import Part, Speech
from bot.core.units import Unit
from bot.core.visibility import Roles, Screen, may_see
from bot.services import ledger_form, ledger_nobody, ledger_pages, pointers
from bot.services.ledger_form import ENTERED, Form
from bot.services.ledger_pages import ACTION, QUESTION, Viewer
from bot.services.links import start_link
from bot.services.persons import Person
from handlers.answering import Asked, TextHandler, Typed, person_of, refuse, turn
from handlers.context import Context
from handlers.desk import answer_office
from handlers.press import PressHandler
from handlers.quota import HOUR, Quota
from handlers.roles import roles_of

ENTRIES = 60
"""Rows that one person may enter in an hour by the form; a longer list is imported."""
_ENTRIES = Quota("ledger.entries", HOUR, ENTRIES)
_ASKING = frozenset({"f", "a", "g"})
"""The presses after which words may be awaited."""


async def page(context: Context, asked: Asked) -> Speech:
    """All units for the office, the own ones for their contact."""
    who = asked.person
    await context.work.people.answered(who.key)
    return await _home(context, who, await roles_of(context, who.user_id), _viewer(context))


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press; the right is asked anew, and what may be looked at depends on it."""
    query = update.callback_query
    if query is None or query.message is None:
        return
    who = await person_of(query.from_user, context)
    roles = await roles_of(context, who.user_id)
    at_desk = query.message.chat.type != Chat.PRIVATE
    viewer, language = _viewer(context, at_desk=at_desk), context.runtime.policy.language if at_desk else who.language
    what, number, *more = (*arguments, "", "")
    unit_id = int(number) if number.isdecimal() else 0
    if what in {"u", "a"}:
        unit = await _visible(context, roles, unit_id)
        if unit is None:
            await refuse(update, context, Part("ledger_pages.not_yours"))
        elif what == "u":
            first = int(more[0]) if more[0].isdecimal() else 0
            await _turn(context, update, who, await _unit(context, roles, unit, viewer, language, first))
        else:
            await turn(update, context, await _form(context, who, unit, more))
    elif not may_see(roles, Screen.ALL_UNITS):
        await refuse(update, context, Part("ledger_pages.not_yours"))
    else:
        await _office(update, context, who, viewer, language, (what, number, *more))


async def typed(context: Context, answer: Typed) -> Speech:
    """Take what was typed: a unit to look for or to assign, or the end and the name of a new row."""
    what, *more = answer.about.split(".")
    takers: Mapping[str, Callable[[Context, Typed, Sequence[str], Roles], Awaitable[Speech]]]
    takers = {"find": _found, "assign": _assigned, "end": _ended, "name": _named}
    taker = takers.get(what)
    roles = await roles_of(context, answer.person.user_id)
    if taker is None:
        await context.work.people.answered(answer.person.key)
        return Speech.of("command.not_understood", answer.person.language)
    return await taker(context, answer, more, roles)


async def _home(context: Context, who: Person, roles: Roles, viewer: Viewer) -> Speech:
    if may_see(roles, Screen.ALL_UNITS):
        return await ledger_pages.units(context.work, viewer, who.language)
    return await ledger_pages.own(context.work, viewer, sorted(roles.units), who.language)


async def _visible(context: Context, roles: Roles, unit_id: int) -> Unit | None:
    """The unit, if whoever asks may see it."""
    if not may_see(roles, Screen.UNIT_FIGURES, unit=unit_id):
        return None
    return await context.work.units.get(unit_id)


async def _unit(context: Context, roles: Roles, unit: Unit, viewer: Viewer, language: str, first: int = 0) -> Speech:
    return await ledger_pages.unit(context.work, viewer, unit, language, first, back=roles.office)


async def _office(
    update: Update, context: Context, who: Person, viewer: Viewer, language: str, arguments: Sequence[str]
) -> None:
    """The pages of the office alone."""
    work, (what, value, *more) = context.work, arguments
    number = int(value) if value.isdecimal() else 0
    speech: Speech | None = None
    if what == "f":
        await work.people.expect(who.key, f"{QUESTION}:find", 0, context.now)
        speech = Speech.of("ledger_pages.find", language)
    elif what == "n":
        speech = await ledger_nobody.page(work, language, number)
    elif what == "g":
        speech = await ledger_nobody.ask(work, number, who.key, language, context.now)
    elif what == "p" and more[0] in set(pointers.Outcome):
        settled = await pointers.settle(work, number, pointers.Outcome(more[0]), who.key, context.now)
        line = Part(f"unlisted.settled.{more[0]}") if settled else None
        await turn(update, context, await pointers.page(work, language), line)
        return
    elif what == "p":
        speech = await pointers.page(work, language)
    else:
        speech = await ledger_pages.units(work, viewer, language, number)
    await _turn(context, update, who, speech, awaits=what in _ASKING)


async def _turn(context: Context, update: Update, who: Person, speech: Speech, *, awaits: bool = False) -> None:
    """Show a page; unless it asks for words, none are awaited any more."""
    if not awaits:
        await context.work.people.answered(who.key)
    await turn(update, context, speech)


async def _form(context: Context, who: Person, unit: Unit, chosen: Sequence[str]) -> Speech:
    """The next question of the form after a press."""
    platform, kind, months = (*chosen, "", "", "")[:3]
    if not unit.is_open:
        return Speech.of("ledger_pages.gone", who.language)
    form = ledger_form.ends_after(ledger_form.read(unit, platform, kind), months, _viewer(context).today)
    return await ledger_form.ask(context.work, form, who.key, who.language, context.now)


async def _found(context: Context, answer: Typed, _: Sequence[str], roles: Roles) -> Speech:
    who = answer.person
    if not may_see(roles, Screen.ALL_UNITS):
        await context.work.people.answered(who.key)
        return Speech.of("ledger_pages.not_yours", who.language)
    return await ledger_pages.find(context.work, answer.text, who.language)


async def _assigned(context: Context, answer: Typed, more: Sequence[str], roles: Roles) -> Speech:
    who, work = answer.person, context.work
    if not may_see(roles, Screen.ALL_UNITS) or not more or not more[0].isdecimal():
        await work.people.answered(who.key)
        return Speech.of("ledger_pages.not_yours", who.language)
    unit = await work.units.named(answer.text)
    if unit is None:
        return Speech.of("office.unknown_unit", who.language)
    await work.people.answered(who.key)
    if not await ledger_nobody.assign(work, int(more[0]), unit, Author(Role.OFFICE, who.key), context.now):
        return Speech.of("ledger_pages.gone", who.language)
    return await ledger_nobody.page(work, who.language)


async def _ended(context: Context, answer: Typed, more: Sequence[str], roles: Roles) -> Speech:
    form = await _open_form(context, more, roles)
    if form is None:
        return await _given_up(context, answer.person)
    filled = ledger_form.ends_on(form, answer.text, _viewer(context).today)
    if isinstance(filled, Part):
        return Speech((filled,), answer.person.language)
    return await ledger_form.ask(context.work, filled, answer.person.key, answer.person.language, context.now)


async def _named(context: Context, answer: Typed, more: Sequence[str], roles: Roles) -> Speech:
    who, form = answer.person, await _open_form(context, more, roles)
    if form is None:
        return await _given_up(context, who)
    if not _ENTRIES.takes(context, who.key):
        return Speech.of("ledger_pages.form.too_many", who.language)
    role = Role.OFFICE if roles.office else Role.UNIT_CONTACT
    entered = await ledger_form.enter(context.work, form, answer.text, Author(role, who.key), context.now)
    if isinstance(entered, Part):
        return Speech((entered,), who.language)
    await context.work.people.answered(who.key)
    speech = await _unit(context, roles, form.unit, _viewer(context), who.language)
    return Speech((ENTERED, *speech.parts), speech.language, speech.buttons)


async def _open_form(context: Context, more: Sequence[str], roles: Roles) -> Form | None:
    """The form that was being filled in, if its unit is still open and theirs."""
    number, platform, kind, end = (*more, "", "", "", "")[:4]
    unit = await _visible(context, roles, int(number) if number.isdecimal() else 0)
    if unit is None or not unit.is_open:
        return None
    form = ledger_form.read(unit, platform, kind, end)
    return form if form.platform is not None and form.kind else None


async def _given_up(context: Context, who: Person) -> Speech:
    await context.work.people.answered(who.key)
    return Speech.of("ledger_pages.not_yours", who.language)


def _viewer(context: Context, *, at_desk: bool = False) -> Viewer:
    runtime = context.runtime
    link = start_link(context.bot.username, "ledger") if at_desk else ""
    return Viewer(runtime.policy, runtime.zone, context.now, link)


async def _at_desk(context: Context, who: Person, roles: Roles) -> Speech | None:  # noqa: ARG001 - as all desk pages
    """The list of units, for the office alone."""
    if not may_see(roles, Screen.ALL_UNITS):
        return None
    return await ledger_pages.units(context.work, _viewer(context, at_desk=True), context.runtime.policy.language)


async def _command(update: Update, context: Context) -> None:
    await answer_office(update, context, "ledger", page, _at_desk, Part("ledger_pages.not_yours"))


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits; in a channel it is nothing."""
    return (CommandHandler("ledger", _command, filters.UpdateType.MESSAGE),)

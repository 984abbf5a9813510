"""/dissolve: the end of a group, decided in private by its admins or a contact of its unit; each press checked anew."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core import dissolve as core
from bot.core.changes import Role
from bot.core.group import Group, GroupState
from bot.core.ledger import Evidence, LedgerObject, ObjectState
from bot.core.ledger_log import Author
from bot.core.speech import Part, Speech
from bot.services import dissolve
from bot.services import dissolve_pages as pages
from bot.services.dissolve import LONGEST_REASON, Closer
from bot.services.dissolve_pages import ACTION, QUESTION
from bot.services.office import units_of
from bot.services.persons import Person, key_of
from bot.services.questions import MONTHS
from handlers.answering import Asked, TextHandler, Typed, answer_command, person_of, refuse, turn
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_group_admin, is_office
from handlers.settings import mine


def closer_of(context: Context) -> Closer:
    """What the end of groups needs of the running bot."""
    runtime = context.runtime
    return Closer(runtime.policy, runtime.vault, context.bot.username, runtime.office)


async def page(context: Context, asked: Asked) -> Speech:
    """The group the command came from, or the choice among those that somebody may decide about."""
    closer, who = closer_of(context), asked.person
    if asked.group is not None:
        row = await context.work.objects.of_group(asked.group.id)
        if row is None or not await _may(context, row, asked.group, who.user_id):
            return Speech.of("dissolve.not_yours", who.language)
        return pages.page(row, closer.terms, closer.today(asked.group, context.now), who.language)
    return pages.chooser(await _rows(context, who), who.language)


async def of_row(context: Context, row_id: int, who: Person) -> Speech:
    """One row by its number, for whoever may decide about it."""
    row, group = await _found(context, str(row_id))
    if row is None or not await _may(context, row, group, who.user_id):
        return Speech.of("dissolve.not_yours", who.language)
    closer = closer_of(context)
    return pages.page(row, closer.terms, closer.today(group, context.now), who.language)


async def _rows(context: Context, who: Person) -> list[LedgerObject]:
    groups, _ = await mine(context, who.user_id)
    rows = [await context.work.objects.of_group(group.id) for group in groups]
    found = [row for row in rows if row is not None and not row.state.ended]
    for unit_id in sorted(await units_of(context.work, who.key)):
        known = {row.id for row in found}
        of_unit = await context.work.objects.of_unit(unit_id)
        found += [each for each in of_unit if each.end_date and not each.state.ended and each.id not in known]
    return found


async def _found(context: Context, number: str) -> tuple[LedgerObject | None, Group | None]:
    row = await context.work.objects.get(int(number)) if number.isdecimal() and number.isascii() else None
    return row, None if row is None else await dissolve.group_of(context.work, row)


async def _may(context: Context, row: LedgerObject, group: Group | None, user_id: int) -> bool:
    """An admin of the group; its contact, once the bot has left; a contact of its unit; the office."""
    if group is not None:
        left = group.state is GroupState.LEFT  # nobody can be asked any more who is an admin there
        if (left and group.contact == user_id) or await is_group_admin(context, group.chat_id, user_id):
            return True
    key = key_of(context.runtime.vault, user_id)
    if row.unit_id is not None and row.unit_id in await units_of(context.work, key):
        return True
    return await is_office(context, user_id)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press; at the desk the office decides a second extension."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if arguments and arguments[0] == "desk":
        await _at_desk(update, context, who, arguments[1:])
        return
    row, group = await _found(context, arguments[0] if arguments else "")
    if row is None or not await _may(context, row, group, who.user_id):
        await refuse(update, context, Part("dissolve.not_yours"))
        return
    what, value = (*arguments[1:], "", "")[:2]
    await turn(update, context, await _carried_out(context, row, group, who, what, value))


async def _carried_out(
    context: Context, row: LedgerObject, group: Group | None, who: Person, what: str, value: str
) -> Speech:
    work, closer, now = context.work, closer_of(context), context.now
    author, today = await _author(context, who, group), closer.today(group, now)
    await work.people.answered(who.key)
    context.runtime.scenes.forget(row.group_id)
    if row.state.ended:
        return pages.page(row, closer.terms, today, who.language)
    match what:
        case "close" | "standing" if value != "yes":
            return pages.really(row, group, what, who.language)
        case "close":
            return await _close(context, closer, row, group, who, author)
        case "standing":
            await dissolve.make_standing(work, closer, row, author, now)
        case "extend":
            return await _extend(context, row, who, value, today)
        case "gone" if row.state is ObjectState.AWAITING or group is None or group.state is GroupState.LEFT:
            await dissolve.confirm(work, row, Evidence.OWNER, author, today, now)
        case "reopen":
            await dissolve.reopen(work, row, author, now)
        case "keep":
            await dissolve.keep(work, row, today, now)
            return Speech.of("dissolve.kept", who.language, name=row.name, days=closer.terms.dormant_days)
        case "season":
            await dissolve.set_seasonal(work, row, author, now)
    return pages.page(await work.objects.get(row.id) or row, closer.terms, today, who.language)


async def _close(
    context: Context, closer: Closer, row: LedgerObject, group: Group | None, who: Person, author: Author
) -> Speech:
    moment = await dissolve.close(context.work, closer, row, author, context.now)
    if moment is None:
        return Speech.of("dissolve.no_calendar", who.language)
    return pages.closed(row, group, moment, closer.office.zone_of(group), who.language)


async def _extend(context: Context, row: LedgerObject, who: Person, value: str, today: date) -> Speech:
    """Choose the months, then give the reason in words."""
    if not value.isdecimal() or int(value) not in MONTHS:
        return pages.months(row, MONTHS, who.language, office=core.needs_office(row))
    await context.work.people.expect(who.key, f"{QUESTION}:{row.id}-{value}", row.group_id or 0, context.now)
    return pages.reason(row, core.prolonged(row, int(value), today), who.language)


async def typed(context: Context, answer: Typed) -> Speech:
    """The reason of an extension; the second one goes to the office."""
    number, _, months = answer.about.partition("-")
    row, group = await _found(context, number)
    who, work, closer = answer.person, context.work, closer_of(context)
    reason = " ".join(answer.text.split())
    if row is None or row.state.ended or not await _may(context, row, group, who.user_id):
        await work.people.answered(who.key)
        return Speech.of("dissolve.not_yours", who.language)
    if not dissolve.gives_reason(reason):
        return Speech.of("dissolve.bad_reason", who.language, most=LONGEST_REASON)
    await work.people.answered(who.key)
    today = closer.today(group, context.now)
    until = core.prolonged(row, int(months), today)
    if core.needs_office(row):
        asked = await dissolve.ask_office(work, closer, row, until, reason, context.now)
        return Speech.of("dissolve.asked_office" if asked else "dissolve.no_desk", who.language, name=row.name)
    await dissolve.extend(work, row, until, reason, await _author(context, who, group), context.now)
    context.runtime.scenes.forget(row.group_id)
    return pages.page(await work.objects.get(row.id) or row, closer.terms, today, who.language)


async def _at_desk(update: Update, context: Context, who: Person, arguments: Sequence[str]) -> None:
    """The office agrees to a second extension, or does not; the owner is told either way."""
    row, _ = await _found(context, arguments[0] if arguments else "")
    day, answer = (*arguments[1:], "", "")[:2]
    if row is None or not await is_office(context, who.user_id):
        await refuse(update, context, Part("dissolve.not_yours"))
        return
    work, closer = context.work, closer_of(context)
    until = datetime.strptime(day, "%Y%m%d").replace(tzinfo=closer.office.zone).date()
    reason = await dissolve.requested(work, row, until)
    if not reason or row.state.ended or row.end_date is None or row.end_date >= until:
        await refuse(update, context, Part("dissolve.settled"))
        return
    await dissolve.answered(work, row, until)
    if answer == "yes":
        await dissolve.extend(work, row, until, reason, Author(Role.OFFICE, who.key), context.now)
        context.runtime.scenes.forget(row.group_id)
    part = Part(f"dissolve.desk.{'agreed' if answer == 'yes' else 'refused'}", {"name": row.name, "until": f"{until}"})
    await dissolve.tell_owner(work, closer, row, part, context.now)
    await turn(update, context, Speech((part,), context.runtime.policy.language))


async def _author(context: Context, who: Person, group: Group | None) -> Author:
    if group is not None and await is_group_admin(context, group.chat_id, who.user_id):
        return Author(Role.GROUP_ADMIN, who.key)
    return Author(Role.OFFICE if await is_office(context, who.user_id) else Role.UNIT_CONTACT, who.key)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "dissolve", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("dissolve", _command, filters.UpdateType.MESSAGE),)

"""/office: the office binds its desk, its channel and the contacts of units by one-time codes; /bind uses one."""

from collections.abc import Mapping, Sequence

from telegram import Chat, Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.group import GroupState
from bot.core.office import Code, Place, PlaceKind
from bot.core.speech import Act, Outgoing, Part, PostKind, Speech
from bot.core.visibility import Screen, may_see
from bot.services import case_telling, office, office_pages
from bot.services.office import CONTACT
from bot.services.office_pages import ACTION, QUESTION
from bot.services.persons import Person
from handlers.answering import (
    Asked,
    TextHandler,
    Typed,
    answer_command,
    person_of,
    refuse,
    say,
    tidy,
    turn,
    words_after,
)
from handlers.context import Context
from handlers.press import PressHandler
from handlers.quota import HOUR, Quota
from handlers.rights import is_group_admin, person_behind, speaks_as_group
from handlers.roles import roles_of

TRIES = 5
"""Codes that one person or chat may try; twelve letters are out of reach of guessing anyway."""
_TRIES = Quota("office.tries", HOUR, TRIES)
_GROUPS = filters.ChatType.GROUPS | filters.ChatType.CHANNEL | filters.ChatType.PRIVATE


async def page(context: Context, asked: Asked) -> Speech:
    """The places and contacts, for the office alone."""
    if not may_see(await roles_of(context, asked.person.user_id), Screen.OFFICE):
        return Speech.of("office.not_office", asked.person.language)
    return await office_pages.home(context.work, context.runtime.policy, asked.person.language, context.runtime.zone)


async def bind_page(context: Context, asked: Asked) -> Speech:
    """Use a code in private: it makes a person the contact of a unit."""
    who = asked.person
    code = await _used(context, asked.words, who.key)
    if code is None or code.purpose != CONTACT or code.unit_id is None:
        return Speech.of("office.bind.ask" if not asked.words else "office.bind.bad", who.language)
    unit = await context.work.units.get(code.unit_id)
    if unit is None or not unit.is_open:
        return Speech.of("office.bind.bad", who.language)
    await office.bind_contact(context.work, unit, who, context.now)
    told = Speech.of("office.bind.told", context.runtime.policy.language, unit=unit.name)
    await _tell(context, await office.desk_chat(context.work, context.runtime.policy), told)
    return Speech.of("office.bind.contact", who.language, unit=unit.name)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press of the office's page; the right is asked anew."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if not may_see(await roles_of(context, who.user_id), Screen.OFFICE):
        await refuse(update, context, Part("office.not_office"))
        return
    what, kind, mark, sure = (*arguments, "", "", "", "")[:4]
    if what == "out":
        await turn(update, context, await _taken(context, who, kind, mark, sure=sure == "yes"))
        return
    await turn(update, context, await _carried_out(context, who, what, kind, sure=mark == "yes"))


async def _carried_out(context: Context, who: Person, what: str, kind: str, *, sure: bool) -> Speech:
    work, runtime, language = context.work, context.runtime, who.language
    if what == "code" and kind in set(PlaceKind):
        code = await office.make_code(work, runtime.vault, kind, None, context.now)
        return office_pages.code(kind, code, context.bot.username, language)
    if what == "code" and kind == CONTACT:
        await work.people.expect(who.key, f"{QUESTION}:contact", 0, context.now)
        return office_pages.which_unit(language)
    if what == "contacts":
        await work.people.expect(who.key, f"{QUESTION}:out", 0, context.now)
        return office_pages.which_unit(language, "office.out.which")
    if what == "drop" and kind in set(PlaceKind):
        if not sure:
            return office_pages.really(kind, language)
        await office.unbind_place(work, PlaceKind(kind), who.key, context.now)
    if what == "log":
        return await office_pages.log(work, language, runtime.zone)
    await work.people.answered(who.key)
    return await office_pages.home(work, runtime.policy, language, runtime.zone)


async def _taken(context: Context, who: Person, number: str, mark: str, *, sure: bool) -> Speech:
    """Take the role of a contact back, after asking once more."""
    work, zone = context.work, context.runtime.zone
    unit = await work.units.get(int(number)) if number.isdecimal() else None
    contact = None if unit is None else await office_pages.contact_of(work, unit.id, mark)
    if unit is None or contact is None:
        return Speech.of("office.out.taken", who.language)
    if not sure:
        return office_pages.really_take(unit, contact, who.language, zone)
    await office.unbind_contact(work, contact.person, unit.id, who.key, context.now)
    await case_telling.cancel_for(work, unit.id, contact.person)
    return Speech.of("office.out.taken", who.language)


async def typed(context: Context, answer: Typed) -> Speech:
    """The name of the unit whose contact is to be bound, or whose contacts are to be shown."""
    who, work = answer.person, context.work
    if not may_see(await roles_of(context, who.user_id), Screen.OFFICE):
        await work.people.answered(who.key)
        return Speech.of("office.not_office", who.language)
    unit = await work.units.named(answer.text)
    if unit is None:
        return Speech.of("office.unknown_unit", who.language)
    await work.people.answered(who.key)
    if answer.about == "out":
        return await office_pages.contacts(work, unit, who.language, context.runtime.zone)
    code = await office.make_code(work, context.runtime.vault, CONTACT, unit, context.now)
    return office_pages.code(CONTACT, code, context.bot.username, who.language, unit.name)


async def bind(update: Update, context: Context) -> None:
    """Use a code: in a group it makes the desk, in a channel the channel, in private a contact."""
    message = update.effective_message
    if message is None:
        return
    if message.chat.type == Chat.PRIVATE:
        await answer_command(update, context, "bind", bind_page)
    elif message.chat.type == Chat.CHANNEL:
        await _bind_channel(context, message)
    else:
        await _bind_desk(context, message)


async def _bind_channel(context: Context, message: Message) -> None:
    """Bind a channel; only its admins can post there. What comes of it is told at the desk."""
    code = await _used(context, words_after(message), str(message.chat.id))
    if code is None or code.purpose != PlaceKind.CHANNEL:
        return
    await office.bind_place(context.work, _place(PlaceKind.CHANNEL, message, context), "")
    await _gone(context, message)
    speech = Speech.of("office.bind.channel", context.runtime.policy.language, title=message.chat.title or "")
    await office.tell_desk(context.work, context.runtime.policy, speech, context.now)


async def _tell(context: Context, chat_id: int | None, speech: Speech) -> None:
    """Say something at a place of the office, where there is one."""
    if chat_id is not None:
        await context.work.outbox.add([Outgoing(chat_id, PostKind.TROUBLE, speech=speech)], context.now)


async def _bind_desk(context: Context, message: Message) -> None:
    """Bind a group as the desk, by one of its admins; a group that is watched cannot be one."""
    work, who = context.work, None
    user = person_behind(message)
    if user is not None and message.from_user is not None:
        who = await person_of(message.from_user, context)
    code = await _used(context, words_after(message), who.key if who else str(message.chat.id))
    if not (speaks_as_group(message) or (user is not None and await is_group_admin(context, message.chat.id, user))):
        return  # the code is used up all the same: whoever is in the group has read it
    group = await work.groups.of_chat(message.chat.id)
    watched = group is not None and group.state is GroupState.WATCHING
    if code is None or code.purpose != PlaceKind.DESK or watched:
        if who is not None and await work.people.reachable(who.key):
            await say(context, who, Speech.of("office.bind.watched" if watched else "office.bind.bad", who.language))
        await tidy(context, message, group)
        return
    former = await office.desk_chat(work, context.runtime.policy)
    await office.bind_place(work, _place(PlaceKind.DESK, message, context), who.key if who else "")
    if former != message.chat.id:
        moved = Speech.of("office.bind.moved", context.runtime.policy.language, title=message.chat.title or "")
        await _tell(context, former, moved)
    if group is not None:
        await office.release(work, group)
        context.runtime.scenes.forget()
    speech = Speech.of("office.bind.desk", context.runtime.policy.language)
    await work.outbox.add([Outgoing(message.chat.id, PostKind.ANSWER, speech=speech)], context.now)


async def _used(context: Context, words: str, who: str) -> Code | None:
    """The code that was typed, when it is still good; counted in memory, so that nobody can guess on."""
    if not words or not _TRIES.takes(context, who):
        return None
    return await context.work.office.use_code(office.digest_of(words, context.runtime.vault), context.now)


def _place(kind: PlaceKind, message: Message, context: Context) -> Place:
    return Place(kind, message.chat.id, message.chat.title or "", context.now)


async def _gone(context: Context, message: Message) -> None:
    """Remove the post with the code, which is used up; where the bot may not, it stays and does no harm."""
    gone = Outgoing(message.chat.id, PostKind.HOUSEKEEPING, Act.DELETE, message_id=message.message_id)
    await context.work.outbox.add([gone], context.now)


async def _command(update: Update, context: Context) -> None:
    await answer_command(update, context, "office", page)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The questions that are answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The commands, which do not listen to edits; a channel's posts are listened to for its code alone."""
    new = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    return (
        CommandHandler("office", _command, filters.UpdateType.MESSAGE),
        CommandHandler("bind", bind, new & _GROUPS),
    )

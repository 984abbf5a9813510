"""/urgent, /duty and /quiet: what exempts by decision, declared by those entitled."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.errors import BadMoment
from bot.core.group import Group, GroupState
from bot.core.spans import read_until
from bot.core.speech import Outgoing, Part, PostKind, Speech
from bot.services import urgent
from bot.services.persons import Person
from bot.services.urgent import ACTION, QUESTION
from handlers.answering import (
    POINTER_SECONDS,
    Asked,
    TextHandler,
    Typed,
    answer_command,
    group_for,
    person_of,
    refuse,
    say,
    secret,
    tidy,
    turn,
    words_after,
)
from handlers.context import Context
from handlers.press import PressHandler
from handlers.rights import is_group_admin, is_office, person_behind, speaks_as_group
from handlers.settings import mine
from handlers.worktimes import may_post


def problem(error: BadMoment) -> Part:
    """What is wrong with the words typed."""
    return Part(f"errors.{error.key}", {name: str(value) for name, value in error.fields.items()})


async def page(context: Context, asked: Asked) -> Speech:
    """Ask for end and reason, for the group the command came from or one to be chosen."""
    groups, _ = await mine(context, asked.person.user_id)
    watched = [group for group in groups if group.state is GroupState.WATCHING]
    if asked.group is not None:
        watched = [group for group in watched if group.id == asked.group.id]
    if len(watched) != 1:
        return urgent.choose(watched, asked.person.language)
    if not asked.words:
        return await _ask(context, watched[0], asked.person)
    return await _by_words(context, watched[0], asked.words, asked.person)


async def typed(context: Context, answer: Typed) -> Speech:
    """Declare by the words typed; what cannot be used is explained and asked for again."""
    group, who = await context.work.groups.get(answer.group_id), answer.person
    if group is None or not await is_group_admin(context, group.chat_id, who.user_id):
        await context.work.people.answered(who.key)
        return Speech.of("setup.not_admin", who.language)
    if group.state is not GroupState.WATCHING:
        await context.work.people.answered(who.key)
        return Speech.of("settings.no_group", who.language)
    return await _by_words(context, group, answer.text, who)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Choose a group, end a window before its time, or (the office) review one."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if arguments and arguments[0] == "office":
        await _reviewed(update, context, who, arguments[1:])
        return
    group = await group_for(update, context, arguments[0] if arguments else "")
    if group is None:
        return
    what, number = (*arguments[1:], "", "")[:2]
    if what != "end" or not number.isdecimal():
        await turn(update, context, await _ask(context, group, who))
        return
    zone = context.runtime.office.zone_of(group)
    await turn(update, context, await urgent.end(context.work, group, int(number), zone, who.language, context.now))
    context.runtime.scenes.forget(group.id)


async def _ask(context: Context, group: Group, who: Person) -> Speech:
    await context.work.people.expect(who.key, f"{QUESTION}:words", group.id, context.now)
    return urgent.ask(group, context.runtime.policy, who.language)


async def _by_words(context: Context, group: Group, text: str, who: Person) -> Speech:
    """Declare; words that cannot be used are explained, and others are awaited."""
    try:
        speech = await _declared(context, group, text, who.language)
    except BadMoment as error:
        asked = await _ask(context, group, who)
        return Speech((problem(error), *asked.parts), who.language)
    await context.work.people.answered(who.key)
    return speech


async def _declared(context: Context, group: Group, text: str, language: str) -> Speech:
    policy, zone = context.runtime.policy, context.runtime.office.zone_of(group)
    if secret(context, read_until(text, context.now, zone)[1]):
        return Speech.of("command.secret", language)
    speech = await urgent.declare(context.work, policy, group, text, zone, language, context.now)
    context.runtime.scenes.forget(group.id)
    return speech


async def _reviewed(update: Update, context: Context, who: Person, arguments: Sequence[str]) -> None:
    number, verdict = (*arguments, "", "")[:2]
    if not await is_office(context, who.user_id):
        await refuse(update, context, Part("status.not_office"))
        return
    id_ = int(number) if number.isdecimal() else 0
    speech = await urgent.review(context.work, id_, verdict, context.runtime.zone, who.language, context.now)
    if speech is None:
        await refuse(update, context, Part("urgent.gone"))
    else:
        await turn(update, context, speech, Part(f"urgent.reviewed.{verdict}"))


async def _command(update: Update, context: Context) -> None:
    message = update.message
    if message is None:
        return
    words = words_after(message)
    group = await context.work.groups.of_chat(message.chat.id) if message.chat.id < 0 else None
    if group is None or not words:
        await answer_command(update, context, "urgent", page)
        return
    if group.state is not GroupState.WATCHING or not await _entitled(message, context):
        return  # silence for whoever is not: nothing in the group tells who tried
    language = group.language or context.runtime.policy.language
    try:
        await _answer(message, context, group, await _declared(context, group, words, language))
    except BadMoment as error:
        if await _answer(message, context, group, Speech((problem(error),), language)):
            await tidy(context, message, group)  # what was declared may be seen by all, what failed is nobody else's


async def _entitled(message: Message, context: Context) -> bool:
    """Whether the command comes from an admin, also one who speaks as the group."""
    if speaks_as_group(message):
        return True
    user_id = person_behind(message)
    return user_id is not None and await is_group_admin(context, message.chat.id, user_id)


async def _answer(message: Message, context: Context, group: Group, speech: Speech) -> bool:
    """Answer in private, else by a line in the group that goes away; False outside working time, when it cannot be."""
    if message.from_user is not None and person_behind(message) is not None:
        who = await person_of(message.from_user, context)
        if await context.work.people.reachable(who.key):
            await say(context, who, speech)
            return True
    if not await may_post(context, group):
        return False
    line = Outgoing(
        *(message.chat.id, PostKind.ANSWER),
        speech=Speech(speech.parts, speech.language),
        thread_id=message.message_thread_id if message.is_topic_message else None,
        drop_after=context.now + timedelta(seconds=POINTER_SECONDS),
        delete_after=POINTER_SECONDS,
    )
    await context.work.outbox.add([line], context.now)
    return True


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("urgent", _command, filters.UpdateType.MESSAGE),)

"""How somebody is answered: in private whenever that is possible, in a group as little as possible."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from telegram import Chat, Message, Update, User

from bot.core.group import BotRight, Group
from bot.core.model import Message as Content
from bot.core.speech import Act, Button, Outgoing, Part, PostKind, Speech
from bot.services.links import group_payload, start_link
from bot.services.persons import Person, key_of, person
from bot.services.questions import Desk
from bot.texts import LANGUAGES, Catalogue
from handlers.context import Context
from handlers.press import toast
from handlers.rights import is_group_admin, person_behind, speaks_as_group
from handlers.tongue import tongue, tongue_of
from handlers.worktimes import may_post

POINTER_SECONDS = 60
"""After how long the line in a group that leads into the private chat removes itself."""
POINTER_EVERY = timedelta(minutes=10)
"""One such line in so long a time, however many commands there are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as its page needs it: who asks, with which words, and (from a group) where."""

    person: Person
    words: str = ""
    group: Group | None = None
    thread: int | None = None


Page: TypeAlias = Callable[[Context, Asked], Awaitable[Speech]]
"""Makes the answer to a command; it may note what is expected next."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of somebody's own that answer a question: `about` is the question's name after the colon."""

    person: Person
    about: str
    group_id: int
    text: str
    name: str = ""


TextHandler: TypeAlias = Callable[[Context, Typed], Awaitable[Speech]]
"""Takes an answer in words; a module declares its own with `answers() -> Mapping[str, TextHandler]`."""


def desk_of(context: Context) -> Desk:
    """What set-up and settings need of the running bot."""
    runtime = context.runtime
    words = Catalogue.load(runtime.policy.language)
    return Desk(runtime.policy, runtime.vault, context.bot.username, runtime.office, LANGUAGES, words)


async def person_of(user: User, context: Context, *, in_private: bool = False) -> Person:
    """Who a user is; `in_private` notes that they wrote there, and so may be written to."""
    if in_private:
        key = key_of(context.runtime.vault, user.id)
        code = tongue(user.language_code) or context.runtime.policy.language
        await context.work.people.opened(key, code, context.now)
    return person(context.runtime.vault, user.id, await tongue_of(user, context))


async def say(context: Context, who: Person, speech: Speech, *, reply_to: int | None = None) -> None:
    """Answer somebody in private, in their language."""
    worded = replace(speech, language=who.language)
    said = Outgoing(who.user_id, PostKind.ANSWER, speech=worded, reply_to=reply_to, silent=False)
    await context.work.outbox.add([said], context.now)


async def show(context: Context, message: Message, speech: Speech) -> None:
    """Show a page where it was asked for, in the topic."""
    shown = Outgoing(message.chat.id, PostKind.ANSWER, speech=speech, thread_id=thread_of(message))
    await context.work.outbox.add([shown], context.now)


async def turn(update: Update, context: Context, speech: Speech | None, line: Part | None = None) -> None:
    """Answer a press: the pressed message becomes the speech, a line is seen by the presser alone."""
    if update.callback_query is not None:
        await toast(update.callback_query, context, line, speech=speech)


async def refuse(update: Update, context: Context, line: Part) -> None:
    """Answer a press with why it has no effect."""
    if update.callback_query is not None:
        await toast(update.callback_query, context, line, alert=True)


async def group_for(update: Update, context: Context, number: str) -> Group | None:
    """The group of a pressed button, when the presser is an admin of it now; else the press is answered here."""
    group = await context.work.groups.get(int(number)) if number.isdecimal() else None
    if group is None:
        await refuse(update, context, Part("setup.gone"))
        return None
    if update.callback_query is None:
        return None
    if not await is_group_admin(context, group.chat_id, update.callback_query.from_user.id):
        await refuse(update, context, Part("setup.not_admin"))
        return None
    return group


async def answer_command(update: Update, context: Context, name: str, page: Page) -> None:
    """Answer a command: in private at once, from a group in private too, or else by a short line that goes away."""
    message = update.message
    if message is None:
        return
    if message.chat.type == Chat.PRIVATE:
        if message.from_user is not None:
            who = await person_of(message.from_user, context, in_private=True)
            await say(context, who, await page(context, Asked(who, words_after(message))))
        return
    group = await context.work.groups.of_chat(message.chat.id)
    if message.from_user is not None and person_behind(message) is not None:
        who = await person_of(message.from_user, context)
        if await context.work.people.reachable(who.key):
            await say(context, who, await page(context, Asked(who, "", group, thread_of(message))))
            await tidy(context, message, group)
            return
    somebody = person_behind(message) is not None or speaks_as_group(message)
    if group is not None and somebody and await may_post(context, group):  # else it stays, lest it vanish wordlessly
        await _point(context, message, group, name)
        await tidy(context, message, group)


def secret(context: Context, text: str) -> bool:
    """Whether a text carries a mark of secrecy or lists people: it is neither judged nor passed on."""
    return context.runtime.secrecy.withheld(Content("", text, context.now)) is not None


def words_after(message: Message) -> str:
    """The text after a command, also of a caption, with its line breaks."""
    parts = (message.text or message.caption or "").split(maxsplit=1)
    return parts[1].strip() if len(parts) > 1 else ""


async def tidy(context: Context, message: Message, group: Group | None, *, fleeting: bool = False) -> None:
    """Remove a command that concerns its sender alone, where the bot may, so that nobody else is troubled by it."""
    if group is not None and BotRight.DELETE_MESSAGES in group.rights:
        chat_id, number = message.chat.id, message.message_id
        gone = Outgoing(chat_id, PostKind.HOUSEKEEPING, Act.DELETE, message_id=number, fleeting=fleeting)
        await context.work.outbox.add([gone], context.now)


async def _point(context: Context, message: Message, group: Group, name: str) -> None:
    payload = group_payload(group.id, context.runtime.vault) if name == "settings" else name
    button = Button(Part("setup.button.in_private"), url=start_link(context.bot.username, payload))
    language = group.language or context.runtime.policy.language
    line = Outgoing(
        *(message.chat.id, PostKind.ANSWER),
        speech=Speech((Part("setup.in_private"),), language, ((button,),)),
        key=f"point:{group.id}:{int(context.now.timestamp() // POINTER_EVERY.total_seconds())}",
        thread_id=thread_of(message),
        drop_after=context.now + timedelta(seconds=POINTER_SECONDS),
        delete_after=POINTER_SECONDS,
    )
    await context.work.outbox.add([line], context.now)


def thread_of(message: Message) -> int | None:
    """The topic to answer in; in General and in replies outside topics there is none."""
    return message.message_thread_id if message.is_topic_message else None

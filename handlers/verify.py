"""/verify: is this on the list? In private at once; from a group, as a reply, the answer goes into the private chat.

The text is in the message that the answer replies to: a press reads it there, so that nothing of it is kept meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from telegram import Chat, Message, Update
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.core.speech import Part, Speech
from bot.core.visibility import Screen, may_see
from bot.services import verify
from bot.services.office import units_of
from bot.services.persons import Person
from bot.services.verify import ACTION, QUESTION, Counter, Outcome
from handlers.answering import (
    Asked,
    Page,
    TextHandler,
    Typed,
    answer_command,
    person_of,
    refuse,
    say,
    secret,
    turn,
    words_after,
)
from handlers.context import Context
from handlers.press import PressHandler
from handlers.quota import DAY, Quota
from handlers.roles import roles_of

OF_ONE, OF_ALL = 10, 300
"""Questions to the office and refusals that are taken in a day: of one person, and of all together."""
_ASKED = Quota("verify", DAY, OF_ONE, OF_ALL)
_CAPTION = r"^/verify(?:@\w+)?(?:\s|$)"


def counter_of(context: Context) -> Counter:
    """What the answers need of the running bot."""
    runtime = context.runtime
    return Counter(runtime.policy, runtime.zone, runtime.scenes, context.now)


async def page(context: Context, asked: Asked) -> Speech:
    """Answer the words given, which stand in no message of the private chat; without words await them."""
    if asked.words:
        return await _answer(context, asked.words, asked.person, offers=False)
    await verify.expect(context.work, counter_of(context), asked.person)
    return Speech.of("approvals.ask", asked.person.language)


async def typed(context: Context, answer: Typed) -> Speech:
    """Answer the words that were awaited."""
    await context.work.people.answered(answer.person.key)
    return await _answer(context, answer.text, answer.person)


async def _answer(context: Context, text: str, who: Person, *, offers: bool = True) -> Speech:
    if secret(context, text):
        return Speech.of("command.secret", who.language)
    return await verify.answer(context.work, counter_of(context), text, who, offers=offers)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Ask the office, record a refusal, or (at the desk) answer a question."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    what, value, *more = (*arguments, "", "", "")
    if what == "desk":
        await _at_desk(update, context, who, value, more[0])
        return
    text = _text_of(query.message.reply_to_message if isinstance(query.message, Message) else None)
    if not text or what not in {"ask", "refuse"}:
        await refuse(update, context, Part("approvals.text_gone"))
    elif secret(context, text):
        await turn(update, context, Speech.of("command.secret", who.language))
    elif what == "ask":
        await _ask(update, context, who, text)
    else:
        await _refuse(update, context, who, text, value)


async def _ask(update: Update, context: Context, who: Person, text: str) -> None:
    if not _ASKED.takes(context, who.key):
        await refuse(update, context, Part("approvals.too_many"))
        return
    await turn(update, context, await verify.ask(context.work, counter_of(context), who, text))


async def _refuse(update: Update, context: Context, who: Person, text: str, value: str) -> None:
    """Record it for the unit of a contact, or for none; who is the contact of several says for which."""
    own = sorted(await units_of(context.work, who.key))
    if not value and len(own) > 1:
        units = [unit for number in own if (unit := await context.work.units.get(number)) is not None]
        await turn(update, context, verify.which_unit(units, who.language))
        return
    unit_id = int(value) if value.isdecimal() else own[0] if own else None
    if not _ASKED.takes(context, who.key):
        await refuse(update, context, Part("approvals.too_many"))
        return
    kept = unit_id if unit_id in own else None
    await turn(update, context, await verify.refuse(context.work, counter_of(context), text, kept, who.language))


async def _at_desk(update: Update, context: Context, who: Person, number: str, outcome: str) -> None:
    """The office answers a question; another press on the same post comes too late."""
    if not may_see(await roles_of(context, who.user_id), Screen.APPROVALS):
        await refuse(update, context, Part("office.not_office"))
        return
    if not number.isdecimal() or outcome not in set(Outcome):
        await refuse(update, context, Part("approvals.settled"))
        return
    counter = counter_of(context)
    speech = await verify.decide(context.work, counter, int(number), Outcome(outcome), who.key)
    if speech is None:
        await refuse(update, context, Part("approvals.settled"))
    else:
        await turn(update, context, speech)


def _text_of(message: Message | None) -> str:
    """The text or caption of a message, without the command before it."""
    if message is None:
        return ""
    text = (message.text or message.caption or "").strip()
    return words_after(message) if text.startswith("/") else text


async def _command(update: Update, context: Context) -> None:
    message = update.message
    if message is None:
        return
    if message.chat.type == Chat.PRIVATE:
        await _in_private(context, message, words_after(message))
    else:
        await answer_command(update, context, "verify", _in_group(message))


def _in_group(message: Message) -> Page:
    """The page about the words after a command in a group, or about what it replies to."""
    words = words_after(message) or _text_of(message.reply_to_message)

    async def answered(context: Context, asked: Asked) -> Speech:
        return await page(context, replace(asked, words=words))

    return answered


async def _captioned(update: Update, context: Context) -> None:
    """A photo or a file with `/verify` in its caption."""
    if update.message is not None:
        await _in_private(context, update.message, _text_of(update.message))


async def _in_private(context: Context, message: Message, words: str) -> None:
    """Answer as a reply, by which a press finds the text again."""
    if message.from_user is None:
        return
    who = await person_of(message.from_user, context, in_private=True)
    if not words:
        replied = message.reply_to_message
        words = _text_of(replied)
        if words and replied is not None:
            await say(context, who, await _answer(context, words, who), reply_to=replied.message_id)
            return
        await say(context, who, await page(context, Asked(who)))
        return
    await context.work.people.answered(who.key)
    await say(context, who, await _answer(context, words, who), reply_to=message.message_id)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def answers() -> Mapping[str, TextHandler]:
    """The question that is answered in words."""
    return {QUESTION: typed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits, and the same as a caption in private."""
    new = filters.UpdateType.MESSAGE
    captioned = filters.ChatType.PRIVATE & new & filters.CaptionRegex(_CAPTION)
    return (CommandHandler("verify", _command, new), MessageHandler(captioned, _captioned))

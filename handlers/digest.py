"""/digest: the digest of a week or a month for the office, with the sheet of units and the draft of a notice."""

from collections.abc import Mapping, Sequence

from telegram import Chat, Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.periods import Per, Period, before, period_of, read_period
from bot.core.speech import Part, PostKind, Speech
from bot.core.visibility import Screen, may_see
from bot.services import digest_posts
from bot.services.digest import gather
from bot.services.digest_posts import ACTION
from handlers.answering import Asked, answer_command, person_of, refuse, say, turn, words_after
from handlers.context import Context
from handlers.press import PressHandler
from handlers.roles import roles_of

NOT_OFFICE = Part("digest.answer.not_office")


async def page(context: Context, asked: Asked) -> Speech | None:
    """Queue the picture of the period asked for; None, or why there is none."""
    who = asked.person
    if not may_see(await roles_of(context, who.user_id), Screen.DIGEST):
        return Speech((NOT_OFFICE,), who.language)
    period = _asked_for(context, asked.words)
    if period is None:
        return Speech.of("digest.answer.usage", who.language)
    await _show(context, period, who.user_id, who.language)
    return None


async def _from_group(context: Context, asked: Asked) -> Speech:
    return await page(context, asked) or Speech.of("digest.answer.made", asked.person.language)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a press under a digest or at the desk; the right is asked anew."""
    query = update.callback_query
    message = query.message if query is not None and isinstance(query.message, Message) else None
    if query is None or message is None:
        return
    who = await person_of(query.from_user, context)
    if not may_see(await roles_of(context, who.user_id), Screen.DIGEST):
        await refuse(update, context, NOT_OFFICE)
        return
    what, key = (*arguments, "", "")[:2]
    period = read_period(key)
    if period is None or not await _done(context, what, period, message.chat.id, who.language):
        await refuse(update, context, Part("digest.answer.unknown"))
        return
    await turn(update, context, None, Part("digest.answer.made"))


async def _done(context: Context, what: str, period: Period, chat_id: int, language: str) -> bool:
    """Queue what a button stands for; False for what there is not."""
    match what, period.per:
        case "show", Per.WEEK | Per.MONTH:
            await _show(context, period, chat_id, language)
        case "sheet", Per.WEEK | Per.MONTH:
            entry = digest_posts.sheet(period, chat_id, PostKind.ANSWER, language)
            await context.work.outbox.add([entry], context.now)
        case "notice", Per.QUARTER:
            await context.work.outbox.add([digest_posts.notice(period, chat_id, language)], context.now)
        case _:
            return False
    return True


async def _show(context: Context, period: Period, chat_id: int, language: str) -> None:
    runtime = context.runtime
    data = await gather(context.work, runtime.policy, runtime.zone, period, context.now)
    buttons = digest_posts.around(period)
    picture = digest_posts.picture(data, chat_id, PostKind.ANSWER, language, buttons=buttons)
    await context.work.outbox.add([picture], context.now)


def _asked_for(context: Context, words: str) -> Period | None:
    """The period of the words after the command, or the last one that has ended; None for one that has not begun."""
    runtime = context.runtime
    today = runtime.office.today(context.now)
    if not words:
        return before(period_of(Per(runtime.policy.digest_every), today))
    period = read_period(words.strip().upper())
    if period is None or period.per not in {Per.WEEK, Per.MONTH} or period.first > today:
        return None
    return period


async def _command(update: Update, context: Context) -> None:
    message = update.message
    if message is None:
        return
    if message.chat.type != Chat.PRIVATE or message.from_user is None:
        await answer_command(update, context, "digest", _from_group)
        return
    who = await person_of(message.from_user, context, in_private=True)
    speech = await page(context, Asked(who, words_after(message)))
    if speech is not None:
        await say(context, who, speech)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, which does not listen to edits."""
    return (CommandHandler("digest", _command, filters.UpdateType.MESSAGE),)

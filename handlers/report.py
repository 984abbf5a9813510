"""/report in private: what is written and forwarded there, and the buttons; the table of people is never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from telegram import (
    Chat,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    Update,
)
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.core.model import Category
from bot.core.reports import as_kept, receipt_read
from bot.core.speech import Button, Keys, Part, Speech
from bot.services import reports
from bot.services.report_drafts import TAKES_WORDS, Draft, Stage
from bot.services.reports import ACTION, COMMAND, Origin
from bot.texts import LANGUAGES, Catalogue
from handlers import report_after, report_group
from handlers.answering import refuse, secret, turn, words_after
from handlers.context import Context
from handlers.press import PressHandler
from handlers.report_talk import Talk


async def begin(update: Update, context: Context, *, by_link: bool = False) -> None:
    """Begin anew in private, by command or button; the link that stands in groups goes on with what was begun there."""
    user, message = update.effective_user, update.message
    if user is None:
        return
    talk = await Talk.of(context, user)
    former = talk.draft or Draft()
    draft, page = _anew(former), reports.start_page(talk.language, former.digits)
    if by_link and former.in_group and former.digits:
        draft, page = former, await report_after.receipt_page(talk, former)
    elif by_link and former.in_group and former.stage is Stage.CATEGORY:
        draft, page = former, reports.category_page(former, talk.language)
    talk.keep(draft.seen(message.message_id if message else None))
    await talk.say(page)


def _anew(former: Draft) -> Draft:
    """A new talk, which is cleared together with the former one."""
    return Draft(first=former.first, last=former.last)


async def takes(update: Update, context: Context) -> bool:
    """Take what belongs to a report: words and forwards in a talk, a chosen group, a receipt.

    Whoever turns to something else is no longer expected to write of the report.
    """
    message, query = update.message, update.callback_query
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None or chat.type != Chat.PRIVATE or (message is None and query is None):
        return False
    talk = await Talk.of(context, user)
    if message is None or _is_command(message):
        _turned_away(talk)
        return False
    text = (message.text or message.caption or "").strip()
    digits = receipt_read(text) if message.forward_origin is None else None
    if digits is not None:
        await report_after.opened(talk, digits, message.message_id)
        return True
    if talk.draft is not None and talk.draft.stage is Stage.STORED and message.chat_shared is None:
        await report_after.unsaid(
            talk, talk.draft.seen(message.message_id), answered=bool(text or not message.media_group_id)
        )
        return True
    if talk.draft is None or (talk.draft.stage not in TAKES_WORDS and message.chat_shared is None):
        return message.chat_shared is not None
    await _taken(talk, talk.draft.seen(message.message_id), message, text)
    return True


def _turned_away(talk: Talk) -> None:
    if talk.draft is not None and talk.draft.stage in {*TAKES_WORDS, Stage.STORED}:
        talk.keep(replace(talk.draft, stage=Stage.WAITING))


def _is_command(message: Message) -> bool:
    begins = any(each.type == MessageEntity.BOT_COMMAND and each.offset == 0 for each in message.entities)
    return begins and message.forward_origin is None


async def _taken(talk: Talk, draft: Draft, message: Message, text: str) -> None:
    talk.keep(draft)
    if message.chat_shared is not None:
        await _chosen(talk, draft, message.chat_shared.chat_id)
    elif text and text in _stopping():
        await talk.say(Speech((Part("report.unpicked"),), talk.language), Keys.NONE)
    elif secret(talk.context, text):
        await talk.say(Speech.of("command.secret", talk.language))
    elif draft.stage is Stage.NOTE:
        await report_after.noted(talk, draft, text)
    elif message.forward_origin is not None:
        origin = origin_of(message.forward_origin)
        await _on(talk, await reports.forwarded(talk.context.work, talk.hearing, draft, origin, text))
    elif as_kept(text):
        await _on(talk, await reports.written(talk.context.work, talk.hearing, draft, text))
    elif text or message.media_group_id is None:
        await talk.say(Speech.of("report.words_please", talk.language))


def _stopping() -> frozenset[str]:
    return frozenset(Catalogue.load(language)("report.key.stop") for language in LANGUAGES)


async def _on(talk: Talk, draft: Draft) -> None:
    """Ask for what is still open: the place, or the kind."""
    talk.keep(draft)
    asks = draft.stage is Stage.PLACE
    await talk.say(reports.place_page(talk.language) if asks else reports.category_page(draft, talk.language))


async def _chosen(talk: Talk, draft: Draft, chat_id: int) -> None:
    """A group was chosen among those that the person sees and the bot is in."""
    group = await talk.context.work.groups.of_chat(chat_id)
    known = "report.picked" if group is not None else "report.unknown_group"
    await talk.say(Speech((Part(known),), talk.language), Keys.NONE)
    if draft.report_id:
        return
    if group is not None:
        await _on(talk, replace(draft, group_id=group.id, message_id=None, matched=False, stage=Stage.CATEGORY))
    else:
        talk.keep(replace(draft, stage=Stage.ASKED if not draft.words else Stage.PLACE))


def origin_of(origin: MessageOrigin) -> Origin:
    """Where a forwarded message came from; of people nothing is taken."""
    at: datetime = origin.date
    if isinstance(origin, MessageOriginChannel):
        return Origin(at, origin.chat.id, origin.message_id, origin.chat.title or "")
    if isinstance(origin, MessageOriginChat):
        return Origin(at, origin.sender_chat.id, None, origin.sender_chat.title or "")
    return Origin(at)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Carry out a button of the report."""
    query = update.callback_query
    if query is None:
        return
    talk = await Talk.of(context, query.from_user)
    what, value = (*arguments, "", "")[:2]
    shown = query.message.message_id if query.message is not None else None
    draft = (talk.draft or Draft(Stage.WAITING)).seen(shown)
    if what in _OPEN:
        await _opening(update, talk, draft, what)
    elif what == "c" and value in set(Category):
        await _categorised(update, talk, draft, Category(value))
    elif what in report_after.PRESSES:
        await report_after.pressed(update, talk, draft, what, value)
    else:
        await refuse(update, context, Part("live_upkeep.press.old"))


_OPEN = frozenset({"start", "who", "pick", "elsewhere", "stop", "another"})
"""The presses by which nothing is stored yet."""


async def _opening(update: Update, talk: Talk, draft: Draft, what: str) -> None:
    context, language = talk.context, talk.language
    if what == "who":
        await turn(update, context, reports.who_page(context.runtime.policy, language))
    elif what == "stop":
        talk.keep(replace(Draft(Stage.WAITING), first=draft.first, last=draft.last))
        cleared: tuple[tuple[Button, ...], ...] = ((reports.button("clear"),),)
        await turn(update, context, Speech((Part("report.stopped"),), language, cleared))
    elif what == "pick":
        if draft.stage is Stage.WAITING and not draft.report_id:
            draft = replace(draft, stage=Stage.ASKED)
        talk.keep(draft)
        await talk.say(Speech((Part("report.pick"),), language), Keys.PICK_GROUP)
        await turn(update, context, None)
    elif what == "elsewhere" and talk.draft is not None and not draft.report_id:
        draft = replace(draft, stage=Stage.CATEGORY)
        talk.keep(draft)
        await turn(update, context, reports.category_page(draft, language))
    elif what == "another":  # the receipt stays on the screen, until the chat is cleared
        talk.keep(_anew(draft))
        await talk.say(reports.start_page(language))
        await turn(update, context, None)
    elif what == "start":
        talk.keep(draft if draft.report_id else replace(draft, stage=Stage.ASKED))
        await turn(update, context, reports.start_page(language))
    else:
        await refuse(update, context, Part("report.over"))


async def _categorised(update: Update, talk: Talk, draft: Draft, category: Category) -> None:
    """The kind is chosen: the report is stored at once."""
    if talk.draft is None or draft.report_id or not (draft.words or draft.place or draft.group_id is not None):
        await refuse(update, talk.context, Part("report.over"))
        return
    refusal = await talk.store(draft, category)
    if refusal is not None:
        talk.keep(draft)
        await refuse(update, talk.context, refusal)
    else:
        await turn(update, talk.context, reports.stored_page(talk.draft, talk.language))


async def _command(update: Update, context: Context) -> None:
    message = update.message
    if message is None:
        return
    if message.chat.type != Chat.PRIVATE:
        await report_group.command(context, message)
        return
    words = words_after(message)
    if not words or message.from_user is None:
        await begin(update, context)
    else:  # what was demanded, in the same line
        talk, digits = await Talk.of(context, message.from_user), receipt_read(words)
        if digits is not None:
            await report_after.opened(talk, digits, message.message_id)
            return
        await _taken(talk, _anew(talk.draft or Draft()).seen(message.message_id), message, words)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """The command, in private and in groups, which does not listen to edits."""
    return (CommandHandler(COMMAND, _command, filters.UpdateType.MESSAGE),)

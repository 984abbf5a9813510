"""What somebody writes in private beside commands that are known: the answer to a question, or a way to help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.core.speech import Part, Speech
from handlers.answering import TextHandler, Typed, person_of, say, secret
from handlers.context import Context
from handlers.report_talk import whisper

PATIENCE = timedelta(days=2)
"""How long an answer in words is awaited."""

CHECK = ("ask", "check")
"""The question that a forwarded message answers unasked."""

QUOTING = frozenset({"verify"})
"""The questions whose answer replies to the message, in which its buttons find the text again."""

ANSWERS: dict[str, TextHandler] = {}
"""Who takes the answer to which question, by the question's name before the colon."""


def register(modules: Iterable[ModuleType]) -> None:
    """Gather what modules declare with `answers() -> Mapping[str, TextHandler]`. Raises `ValueError` on a clash."""
    for module in modules:
        declared: Mapping[str, TextHandler] = module.answers() if hasattr(module, "answers") else {}
        for question, handler in declared.items():
            if ANSWERS.setdefault(question, handler) is not handler:
                raise ValueError(question)


async def written(update: Update, context: Context) -> None:
    """Take what somebody wrote in private as the answer to what they were asked, or say that it is not understood.

    Who was asked nothing leaves no trace by writing: their words may belong to a report of which nobody knows any more.
    """
    message = update.message
    if message is None or message.from_user is None:
        return
    who = await person_of(message.from_user, context)
    text = (message.text or message.caption or "").strip()
    if message.media_group_id and not (await _begins_album(message.media_group_id, context) or text):
        return  # an album is answered once, and its caption wherever it stands
    if text.startswith("/") and message.forward_origin is None:
        await whisper(context, who, Speech.of("command.unknown", who.language))
        return
    expected = await context.work.people.expected(who.key, context.now - PATIENCE)
    question, group_id = expected or ("", 0)
    name, _, about = question.partition(":")
    if not name and message.forward_origin is not None:
        name, about = CHECK  # somebody wonders about a message of another chat
    taker = ANSWERS.get(name)
    if taker is None:
        await whisper(context, who, Speech((Part("command.not_understood"),), who.language))
    elif not text:
        await whisper(context, who, Speech((Part("command.words_please"),), who.language))
    elif secret(context, text):
        await whisper(context, who, Speech.of("command.secret", who.language))
    elif expected is None:  # a forward, unasked: it may have been meant for a report that a restart forgot
        speech = await taker(context, Typed(who, about, group_id, text))
        await whisper(context, who, replace(speech, parts=(*speech.parts, Part("report.first"))))
    else:
        who = await person_of(message.from_user, context, in_private=True)
        speech = await taker(context, Typed(who, about, group_id, text, message.from_user.full_name))
        await say(context, who, speech, reply_to=message.message_id if name in QUOTING else None)


async def _begins_album(album: str, context: Context) -> bool:
    return await context.work.seen.first(f"private album:{album}", context.now)


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """All that is new in a private chat and that nobody else took; to stand last of the handlers of private chats."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    return (MessageHandler(private, written),)

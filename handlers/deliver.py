"""One entry of the outbox becomes a call to the platform; what came of it is a value."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import httpx
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.core.speech import Act, Outgoing, Speech
from bot.ports import Vault
from bot.render.messages import text_of, words_of
from bot.services.membership import LOOK
from handlers.aside import clear, for_one, keys_of
from handlers.chat_acts import CHAT_ACTS, act_on_chat
from handlers.context import Bot
from handlers.errors import kind_of
from handlers.keyboard import markup
from handlers.paper import FILES, Maker, NotMade, made
from handlers.receive import pause_after
from handlers.split import MOST_PARTS, plain, split

FILE_NAME = "jianfu.txt"
LONGEST_WAIT = 120.0
"""Seconds for which the next part of a long text waits in place when it is told to slow down."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_SAME = "message is not modified"
_UNREADABLE = "can't parse entities"
_GONE = ("message to delete not found", "message to edit not found", "message to react not found")
_DELETED = ("chat was deleted", "group chat was deactivated")
"""How the platform says that a group is no more; of one that only removed the bot it says another thing."""
_UNKNOWN = "chat not found"
"""Says so too of a group that just removed the bot; else it may be that another bot has the token now."""
_NOWHERE = (_UNKNOWN, *_DELETED, "user not found", "peer_id_invalid")

DELETED = "deleted"
"""Why an entry was dropped: its group is no more, as the platform says."""
SAID = FILES | {Act.SEND}
"""What people see; never done twice, for nobody could tell."""


class Outcome(Enum):
    """What became of an entry."""

    DONE = "done"
    LATER = "later"  # surely not done; to be tried again after a while
    UNSURE = "unsure"  # perhaps done; not repeated, so that nothing is said twice
    REFUSED = "refused"  # the chat does not want the bot
    MOVED = "moved"
    DROPPED = "dropped"  # the platform will never do it


class _Partly(Exception):
    """The beginning of a long text was said, the rest was not: it must not begin anew."""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one entry: the message it became, how long to wait, the new chat, or why not."""

    outcome: Outcome
    message_id: int | None = None
    seconds: float = 0.0
    chat_id: int = 0
    reason: str = ""
    members: int | None = None


async def deliver(
    bot: Bot, outgoing: Outgoing, message_id: int | None, vault: Vault, language: str, maker: Maker | None = None
) -> Result:
    """Make the call and say what came of it.

    `message_id` is that of the message edited, deleted or reacted to; `maker` makes the files.
    """
    try:
        if outgoing.act is Act.COUNT:
            return Result(Outcome.DONE, members=await bot.get_chat_member_count(outgoing.chat_id))
        if outgoing.act in FILES:
            done: int | None = await _send_made(bot, outgoing, vault, language, maker)
        else:
            done = await _act(bot, outgoing, message_id, vault, language)
        return Result(Outcome.DONE, done)
    except (_Partly, NotMade) as error:
        return Result(Outcome.UNSURE if isinstance(error, _Partly) else Outcome.LATER, reason=str(error))
    except TelegramError as error:
        return _failed(error, outgoing, message_id)
    except (KeyError, ValueError) as error:
        return Result(Outcome.DROPPED, reason=f"unrenderable: {type(error).__name__}")
    except Exception as error:  # noqa: BLE001 - whatever it was, the chat's queue must go on
        return Result(Outcome.UNSURE, reason=kind_of(error))


def _failed(error: TelegramError, outgoing: Outgoing, message_id: int | None) -> Result:
    match error:
        case ChatMigrated():
            return Result(Outcome.MOVED, chat_id=error.new_chat_id)
        case Forbidden():
            gone = not outgoing.private and any(words in error.message.lower() for words in _DELETED)
            kept = outgoing.act in {Act.LEAVE, Act.COUNT}
            return Result(Outcome.DROPPED if kept else Outcome.REFUSED, reason=DELETED if gone else "forbidden")
        case RetryAfter() | InvalidToken():
            return Result(Outcome.LATER, seconds=pause_after(error, 0), reason=kind_of(error))
        case BadRequest():
            return _bad_request(error, outgoing, message_id)
        case NetworkError():
            return _lost(error, outgoing)
    return Result(Outcome.UNSURE, reason=kind_of(error))


def _bad_request(error: BadRequest, outgoing: Outgoing, message_id: int | None) -> Result:
    said = error.message.lower()
    if _SAME in said:
        return Result(Outcome.DONE, message_id)
    if outgoing.act is Act.DELETE and _GONE[0] in said:
        return Result(Outcome.DONE, message_id)
    looked = _UNKNOWN in said and outgoing.act is Act.COUNT and outgoing.key.startswith(LOOK)
    if not outgoing.private and (looked or any(words in said for words in _DELETED)):
        return Result(Outcome.DROPPED, reason=DELETED)
    reason = "nowhere" if any(words in said for words in _NOWHERE) else kind_of(error)
    return Result(Outcome.DROPPED, reason=reason)


def _lost(error: NetworkError, outgoing: Outgoing) -> Result:
    """No answer, or one of a server in trouble: only what surely was not done, or may be done twice, is repeated."""
    cause = error.__cause__
    harmless = outgoing.act not in SAID
    unanswered = isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NOT_SENT)
    gateway = cause is None and ("bad gateway" in error.message.lower() or "timeout" in error.message.lower())
    if harmless or not (unanswered or gateway):
        return Result(Outcome.LATER, reason=kind_of(error))
    return Result(Outcome.UNSURE, reason=kind_of(error))


async def _act(bot: Bot, outgoing: Outgoing, message_id: int | None, vault: Vault, language: str) -> int | None:
    chat_id = outgoing.chat_id
    if outgoing.act in CHAT_ACTS:
        title = plain(_rendered(outgoing, vault, language)[0]) if outgoing.act is Act.RETITLE else ""
        await act_on_chat(bot, chat_id, outgoing.act, title)
        return None
    match outgoing.act:
        case Act.SEND:
            return await _send(bot, outgoing, vault, language)
        case Act.CLEAR:
            await clear(bot, outgoing)
            return None
    if message_id is None:
        raise BadRequest(_GONE[1])
    match outgoing.act:
        case Act.EDIT:
            html, keyboard = _rendered(outgoing, vault, language)
            await bot.edit_message_text(
                split(html)[0], chat_id, message_id, parse_mode=ParseMode.HTML, reply_markup=keyboard
            )
        case Act.DELETE:
            await bot.delete_message(chat_id, message_id)
        case Act.REACT:
            await bot.set_message_reaction(chat_id, message_id, outgoing.emoji or None)
    return message_id


async def _send(bot: Bot, outgoing: Outgoing, vault: Vault, language: str) -> int:
    html, keyboard = _rendered(outgoing, vault, language)
    parts = split(html)
    if len(parts) > MOST_PARTS:
        return await _send_file(bot, outgoing, plain(html), keyboard)
    sent = 0
    for number, part in enumerate(parts, start=1):
        send = _message(bot, outgoing, part, keyboard if number == len(parts) else None, language)
        sent = await (_readable_or_plain(send) if number == 1 else _further(send))
    return sent


_Send = Callable[[str | None], Awaitable[Any]]


def _message(bot: Bot, outgoing: Outgoing, html: str, keyboard: InlineKeyboardMarkup | None, language: str) -> _Send:
    def send(parse_mode: str | None) -> Awaitable[Any]:
        return bot.send_message(
            outgoing.chat_id,
            html if parse_mode else plain(html),
            parse_mode=parse_mode,
            message_thread_id=outgoing.thread_id,
            disable_notification=outgoing.silent,
            reply_parameters=_reply(outgoing),
            reply_markup=keyboard or keys_of(outgoing, language),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            api_kwargs=for_one(outgoing),
        )

    return send


async def _send_file(bot: Bot, outgoing: Outgoing, text: str, keyboard: InlineKeyboardMarkup | None) -> int:
    file = InputFile(io.BytesIO(text.encode()), FILE_NAME)

    def send(_: str | None) -> Awaitable[Any]:
        return bot.send_document(
            outgoing.chat_id,
            file,
            message_thread_id=outgoing.thread_id,
            disable_notification=outgoing.silent,
            reply_parameters=_reply(outgoing),
            reply_markup=keyboard,
        )

    return await _readable_or_plain(send)


async def _send_made(bot: Bot, outgoing: Outgoing, vault: Vault, language: str, maker: Maker | None) -> int:
    """Make a file and send it, with its own words as the caption."""
    speech = outgoing.speech or Speech(())
    words = words_of(speech, language)
    paper = await made(outgoing, words, maker)
    file, buttons = InputFile(io.BytesIO(paper.content), paper.name), markup(speech, words, vault)

    def send(parse_mode: str | None) -> Awaitable[Any]:
        post = bot.send_photo if outgoing.act is Act.PHOTO else bot.send_document
        return post(
            outgoing.chat_id,
            file,
            caption=paper.caption if parse_mode else plain(paper.caption),
            parse_mode=parse_mode,
            message_thread_id=outgoing.thread_id,
            disable_notification=outgoing.silent,
            reply_markup=buttons,
        )

    return await _readable_or_plain(send)


async def _readable_or_plain(send: _Send) -> int:
    """Send; once more as plain words where the tags are not understood.

    What belongs into a topic that is gone or closed is said nowhere: in General it would be out of place.
    """
    try:
        message = await send(ParseMode.HTML)
    except BadRequest as error:
        if _UNREADABLE not in error.message.lower():
            raise
        message = await send(None)
    return int(message.message_id)


async def _further(send: _Send) -> int:
    """Send a further part: its beginning was said, so it waits here rather than begin anew."""
    waited = 0.0
    while True:
        try:
            return await _readable_or_plain(send)
        except RetryAfter as error:
            waited += pause_after(error, 0)
            if waited > LONGEST_WAIT:
                raise _Partly("partly: " + kind_of(error)) from None
            await asyncio.sleep(pause_after(error, 0))
        except TelegramError as error:
            raise _Partly("partly: " + kind_of(error)) from None


def _rendered(outgoing: Outgoing, vault: Vault, language: str) -> tuple[str, InlineKeyboardMarkup | None]:
    if outgoing.speech is None:
        raise ValueError("no speech")
    words = words_of(outgoing.speech, language)
    return text_of(outgoing.speech, words), markup(outgoing.speech, words, vault)


def _reply(outgoing: Outgoing) -> ReplyParameters | None:
    if outgoing.reply_to is None:
        return None
    return ReplyParameters(outgoing.reply_to, allow_sending_without_reply=True)

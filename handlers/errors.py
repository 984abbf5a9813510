"""Errors become polite replies, and lines of the log that tell nobody's text, name, id or the token."""

import logging
import re
from typing import TYPE_CHECKING

from loguru import logger
from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.core.errors import JianfuError
from bot.core.speech import Outgoing, Part, PostKind, Speech, Value
from handlers.context import Context
from handlers.press import toast
from handlers.tongue import tongue_of

if TYPE_CHECKING:
    from loguru import Record

_TOKEN = re.compile(r"(?<![0-9])[0-9]{3,}(?::|%3A)[\w-]{10,}", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{5,}")
_FOREIGN = {
    "": logging.WARNING,
    "httpx": logging.WARNING,  # at INFO it logs every address, and the token is part of it
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,  # at DEBUG it logs every text
    "uvicorn": logging.WARNING,
    "uvicorn.access": logging.ERROR,
    "apscheduler": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}


def redacted(text: str) -> str:
    """A line for the log without what looks like a token."""
    return _TOKEN.sub("[token]", text)


def kind_of(error: BaseException) -> str:
    """An error for the log: its type, and what the platform said of a bad request, without numbers."""
    name = type(error).__name__
    if isinstance(error, BadRequest):
        return f"{name} ({_NUMBER.sub('#', redacted(error.message))[:120]})"
    if isinstance(error, TelegramError) and error.__cause__ is not None:
        return f"{name} ({type(error.__cause__).__name__})"
    return name


class _Forward(logging.Handler):
    """Hands the lines of libraries to our log, without tokens and without their tracebacks."""

    def emit(self, record: logging.LogRecord) -> None:
        error = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
        name = logging.getLevelName(record.levelno)
        logger.log(name, "{}: {}{}", record.name, redacted(record.getMessage()), error)


def tame_logs() -> None:
    """Lead the logs of the libraries through ours; tokens are redacted in every line, whoever writes it."""
    logging.root.handlers = [_Forward()]
    for name, level in _FOREIGN.items():
        logging.getLogger(name).setLevel(level)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("uvicorn"):
            logging.getLogger(name).handlers = []
            logging.getLogger(name).propagate = True
    logger.configure(patcher=_redact)


def _redact(record: "Record") -> None:
    record["message"] = redacted(record["message"])


async def regret(update: Update, error: Exception, context: Context, reference: str) -> None:
    """Tell whoever pressed a button or wrote in private: a known error says what to do, any other gives a reference.

    A group is told nothing. It is said fleetingly, for it may have been a report that failed.
    """
    part = _known(error) if isinstance(error, JianfuError) else _unknown(context, reference)
    if update.callback_query is not None:
        await toast(update.callback_query, context, part, alert=True)
        return
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or chat.type != chat.PRIVATE or user is None or message is None:
        return
    speech = Speech((part,), await tongue_of(user, context))
    entry = Outgoing(chat.id, PostKind.ANSWER, speech=speech, fleeting=True)
    await context.work.outbox.add([entry], context.now)


def _known(error: JianfuError) -> Part:
    return Part(f"errors.{error.key}", {name: _plain(value) for name, value in error.fields.items()})


def _plain(value: object) -> Value:
    return value if isinstance(value, str | int | float) else str(value)


def _unknown(context: Context, reference: str) -> Part:
    contact = context.runtime.policy.contact
    if not contact:
        return Part("live_upkeep.again_no_contact", {"reference": reference})
    return Part("live_upkeep.again", {"reference": reference, "contact": contact})

"""A table that somebody of the office sends in private: a preview with two buttons, and the ledger on a press.

Nothing of the file is kept: the preview answers the message with the file, and a press fetches it from there again.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from loguru import logger
from telegram import Document, Message, Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.core.errors import BadSheet, JianfuError
from bot.core.ledger_columns import LEDGER, is_personal
from bot.core.secrecy import Secrecy
from bot.core.speech import Outgoing, Part, PostKind, Speech
from bot.core.visibility import Screen, may_see
from bot.services import ledger_preview
from bot.services.ledger_preview import ACTION, LEAVE, FileRows
from bot.services.persons import Person
from bot.sheets import open_table, refuse_secret
from handlers import private
from handlers.answering import person_of, refuse, turn
from handlers.asking import answered
from handlers.context import Bot, Context
from handlers.errors import kind_of
from handlers.press import PressHandler
from handlers.roles import roles_of

ENDS = (".xlsx", ".xls", ".et", ".csv")
MOST_BYTES = 5 << 20
MOST_ROWS = 5_000
"""Rows that are taken in a chat, where others wait meanwhile; a longer list is imported at the command line."""


async def sent(update: Update, context: Context) -> None:
    """Show what a table would do to the ledger; whoever is not of the office is answered as to any other message."""
    message = update.message
    document = None if message is None else message.document
    if message is None or document is None or message.from_user is None:
        return
    named = (document.file_name or "").lower().endswith(ENDS)
    if not named or not may_see(await roles_of(context, message.from_user.id), Screen.OFFICE):
        await private.written(update, context)
        return
    who = await person_of(message.from_user, context, in_private=True)
    file = await _rows(context, document)
    speech = await _preview(context, file, who) if isinstance(file, FileRows) else _unread(file, who.language)
    shown = Outgoing(who.user_id, PostKind.ANSWER, speech=speech, reply_to=message.message_id, silent=False)
    await context.work.outbox.add([shown], context.now)


async def pressed(update: Update, context: Context, arguments: Sequence[str]) -> None:
    """Take the rows of the file that the preview answered, or leave them."""
    query = update.callback_query
    if query is None:
        return
    who = await person_of(query.from_user, context)
    if not may_see(await roles_of(context, who.user_id), Screen.OFFICE):
        await refuse(update, context, Part("office.not_office"))
        return
    what, seen = (*arguments, "", "")[:2]
    if what == LEAVE:
        await turn(update, context, Speech.of("ledger_chat.left", who.language))
        return
    answered_to = query.message.reply_to_message if isinstance(query.message, Message) else None
    document = None if answered_to is None else answered_to.document
    file = None if document is None else await _rows(context, document)
    if not isinstance(file, FileRows):
        await turn(update, context, _unread(file, who.language))
        return
    taken = ledger_preview.take(*(context.work, file, what, seen, who.key, context.now), _today(context), who.language)
    await turn(update, context, await taken)


async def _preview(context: Context, file: FileRows, who: Person) -> Speech:
    return await ledger_preview.preview(context.work, file, _today(context), who.language)


def _today(context: Context) -> date:
    return context.runtime.office.today(context.now)


def _unread(error: JianfuError | None, language: str) -> Speech:
    """Why a file was not read."""
    if error is None:
        return Speech.of("ledger_chat.unread", language)
    fields = {name: str(value) for name, value in error.fields.items()}
    return Speech((Part(f"errors.{error.key}", fields),), language)


async def _rows(context: Context, document: Document) -> FileRows | JianfuError | None:
    """The rows of a file; an error that says what is wrong with it, or None when the platform did not give it."""
    if (document.file_size or 0) > MOST_BYTES:
        return BadSheet("too_many", file=document.file_name or "", most=MOST_ROWS)
    return await answered(
        context.questions,
        ("table", document.file_unique_id),
        partial(_fetched, context.bot, document, context.runtime.secrecy),
    )


async def _fetched(bot: Bot, document: Document, secrecy: Secrecy) -> FileRows | JianfuError | None:
    name = document.file_name or "x"
    try:
        contents = bytes(await (await bot.get_file(document.file_id)).download_as_bytearray())
        return await asyncio.to_thread(_read, contents, name, secrecy)
    except JianfuError as error:
        return error
    except Exception as error:  # noqa: BLE001 - there being no answer is an answer too
        logger.debug("A table could not be fetched: {}", kind_of(error))
        return None


def _read(contents: bytes, name: str, secrecy: Secrecy) -> FileRows:
    """Read the rows. Raises `BadSheet`, also for what must not be kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(contents)
        with open_table(path, LEDGER, name=name) as table:
            letters: Mapping[str, str] = {field: table.letter(field) for field in table.header.columns}
            personal = "、".join(heading for heading in table.unknown().values() if is_personal(heading))
            rows = []
            for record in table.records():
                rows.append((record.number, record.values))
                if len(rows) > MOST_ROWS:
                    raise BadSheet("too_many", file=name, most=MOST_ROWS)
            titles = [*table.titles]
    refuse_secret(secrecy, name, titles, (values for _, values in rows))
    return FileRows(name, rows, letters, personal)


def presses() -> Mapping[str, PressHandler]:
    """The action of the buttons."""
    return {ACTION: pressed}


def handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """Files in private, before what is written there."""
    return (MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Document.ALL, sent),)

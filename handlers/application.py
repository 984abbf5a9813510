"""Builds the application of python-telegram-bot: its bot, its handlers in their order, and none of its loops."""

import asyncio
from collections.abc import Sequence
from types import ModuleType
from typing import cast

from loguru import logger
from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, BaseHandler, ContextTypes, Defaults
from telegram.request import BaseRequest

from bot.core.errors import BadInput
from handlers import (
    approvals,
    cases,
    commands,
    digest,
    dissolve,
    exemptions,
    feedback,
    ledger,
    ledger_file,
    membership,
    mine,
    office,
    press,
    privacy,
    private,
    report,
    review,
    settings,
    setup,
    start,
    status,
    unlisted,
    urgent,
    verify,
    visits,
    watch,
)
from handlers.context import Context, LiveApplication
from handlers.errors import kind_of
from handlers.receive import PatientRequest, pause_after

HANDLERS: tuple[ModuleType, ...] = (
    membership,
    start,
    setup,
    settings,
    commands,
    status,
    privacy,
    feedback,
    mine,
    urgent,
    exemptions,
    review,
    office,
    dissolve,
    ledger,
    verify,
    cases,
    ledger_file,
    unlisted,
    visits,
    approvals,
    digest,
    report,
    press,
    private,
    watch,
)
"""The modules with handlers, in the order in which an update is offered to them; the first that wants it has it."""

CONNECTIONS = 16
SECONDS = 20.0


def all_handlers() -> Sequence[BaseHandler[Update, Context, None]]:
    """Every handler in dispatch order; the actions of buttons and who takes which answer are gathered on the way."""
    press.register(HANDLERS)
    private.register(HANDLERS)
    return [handler for module in HANDLERS for handler in module.handlers()]


def build_application(token: str, api_url: str, request: BaseRequest | None = None) -> LiveApplication:
    """The application: it is initialised and shut down by whoever runs it; updates come through our own inbox."""
    request = request or PatientRequest(
        connection_pool_size=CONNECTIONS, connect_timeout=SECONDS, read_timeout=SECONDS, write_timeout=SECONDS
    )
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(request)
        .get_updates_request(request)  # updates are asked for elsewhere, with a request of the receiver's own
        .context_types(ContextTypes(context=Context))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .updater(None)
        .job_queue(None)
        .build()
    )
    return cast("LiveApplication", application)  # its queue of jobs is None, which PTB's type does not allow for


async def initialise(application: LiveApplication, stop: asyncio.Event) -> bool:
    """Ask the platform who the bot is, as long as it takes; False when told to stop before. Raises `BadInput`."""
    failures = 0
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise BadInput("token_refused", name="JIANFU_BOT_TOKEN") from None
        except TelegramError as error:
            seconds = pause_after(error, failures)
            failures += 1
            logger.warning("The platform is not reached ({}); next try in {:.0f} s", kind_of(error), seconds)
            try:
                await asyncio.wait_for(stop.wait(), seconds)
            except TimeoutError:
                continue
        else:
            return True
    return False


async def close(application: LiveApplication) -> None:
    """Close the connections to the platform, however far the start came."""
    await application.shutdown()
    await application.bot.request.shutdown()  # PTB closes only what was initialised whole

"""The live bot: joins settings, database, handlers and jobs, and runs them until told to stop."""

import asyncio
import gc
import hashlib
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from loguru import logger

from bot import process
from bot.core.errors import BadInput, JianfuError
from bot.core.model import Category
from bot.core.speech import Outgoing, Part, PostKind, Speech
from bot.core.worktime import WorkingHours
from bot.jobs import day_keys
from bot.ports import Clock, Vault
from bot.runtime import Runtime
from bot.scheduler import schedule
from bot.services.office import desk_chat
from bot.services.scenes import Scenes
from config.calendar import load_calendar
from config.rules import load_rules
from config.secrecy import load_secrecy
from config.settings import PREFIX, Settings
from handlers.answers import PressAnswers
from handlers.application import all_handlers, build_application, close, initialise
from handlers.context import Bot, LiveApplication
from handlers.dispatch import Dispatcher
from handlers.errors import tame_logs
from handlers.limits import Limits
from handlers.menus import prepare
from handlers.receive import PatientRequest, Receiver
from handlers.sender import Sender
from handlers.webhook import Intake, Webhook
from handlers.worker import Worker
from storage.crypto import open_vault
from storage.forgotten import ForgottenFile
from storage.unit_of_work import SqlStore, open_store

Value = TypeVar("Value")


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)


async def run(
    settings: Settings,
    mistakes: Sequence[JianfuError] = (),
    *,
    clock: Clock | None = None,
    stop: asyncio.Event | None = None,
) -> int:
    """Run the bot until SIGTERM or SIGINT, or until `stop` is set; returns the exit code.

    `mistakes` are those of settings with which it still runs. `clock` is another than the machine's, for a
    demonstration. Raises `BadInput` without a token or with one that is refused, and `JianfuError` for a key file or
    database that cannot be used.
    """
    tame_logs()
    token = _token(settings)
    vault = open_vault(settings.key_file)
    store = await open_store(settings.database.get_secret_value(), vault)
    try:
        runtime = replace(build_runtime(settings, store, vault, mistakes), clock=clock or SystemClock())
        await day_keys.run(runtime, runtime.clock.now())
        stop = stop or _stop_on_signals()
        application = build_application(token, settings.api_url)
        try:
            if await initialise(application, stop):
                await tell_troubles(runtime)
                gc.collect()
                gc.freeze()  # rules live as long as the process; looking through them again and again costs a tenth
                await _serve(settings, runtime, application, stop)
        finally:
            await close(application)
    finally:
        await store.close()
    logger.info("Stopped")
    return 0


def _token(settings: Settings) -> str:
    if settings.bot_token is None:
        raise BadInput("setting", name=f"{PREFIX}BOT_TOKEN")
    return settings.bot_token.get_secret_value()


@dataclass(slots=True)
class _Leniency:
    """Takes what is shipped where the office's own cannot be used, and keeps the mistake to be told."""

    troubles: list[JianfuError]

    def __call__(self, own: Callable[[], Value], shipped: Callable[[], Value]) -> Value:
        try:
            return own()
        except JianfuError as error:
            logger.error("A setting cannot be used: {}", error.key)
            self.troubles.append(error)
            return shipped()


def build_runtime(settings: Settings, store: SqlStore, vault: Vault, mistakes: Sequence[JianfuError] = ()) -> Runtime:
    """The running parts; a mistake in rules, calendar, hours or zone leaves the shipped ones and is told."""
    own = _Leniency(list(mistakes))
    rules = own(lambda: load_rules(settings.rules), load_rules)
    calendar = own(lambda: load_calendar(settings.calendar), load_calendar)
    hours = own(lambda: WorkingHours.parse(settings.hours) if settings.hours else WorkingHours(), WorkingHours)
    zone = own(settings.time_zone, lambda: ZoneInfo(str(Settings.model_fields["zone"].default)))
    return Runtime(
        policy=settings.policy(),
        pipeline=rules.pipeline,
        calendar=calendar,
        hours=hours,
        zone=zone,
        clauses={Category(entry.category): entry.clause for entry in rules.entries if entry.category in set(Category)},
        store=store,
        vault=vault,
        clock=SystemClock(),
        scenes=Scenes(),
        forgotten=ForgottenFile.beside(settings.key_file, vault),
        secrecy=load_secrecy(),
        troubles=tuple(own.troubles),
        instance=process.own_name(),
        gone=process.is_gone,
    )


def _stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets; a second one ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told() -> None:
        logger.warning("Stopping; what is under way is finished")
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)
    return stop


async def _serve(settings: Settings, runtime: Runtime, application: LiveApplication, stop: asyncio.Event) -> None:
    bot = application.bot
    runtime = replace(runtime, username=bot.username)
    sender, answers = Sender(bot, runtime), PressAnswers(bot, runtime)
    dispatcher = Dispatcher(application, runtime, all_handlers(), Limits(runtime.policy.actions_per_minute))

    worker = Worker(dispatcher, answers.give, sender.wake)
    timetable = schedule(runtime)
    timetable.start()
    logger.info("Running")
    try:
        async with asyncio.TaskGroup() as parts:
            parts.create_task(_receive(settings, runtime, application, worker, stop))
            parts.create_task(worker.run(stop))
            parts.create_task(sender.run(stop))
            menus = parts.create_task(_prepare(bot))
            await stop.wait()
            menus.cancel()
    finally:
        await timetable.stop()
        await answers.finish()


async def _prepare(bot: Bot) -> None:
    """Set the menus; the bot runs without them too."""
    try:
        await prepare(bot)
    except Exception as error:  # noqa: BLE001 - whatever it was, messages are to be taken in
        logger.warning("The menus could not be set: {}", type(error).__name__)


async def _receive(
    settings: Settings, runtime: Runtime, application: LiveApplication, worker: Worker, stop: asyncio.Event
) -> None:
    bot = application.bot
    if settings.webhook_url:
        host, _, port = settings.webhook_listen.rpartition(":")
        intake = Intake(runtime.store, runtime.clock, worker.wake)
        secret = _secret(settings, runtime.vault, bot.id)
        await Webhook(bot, intake, settings.webhook_url, secret, settings.listens_at, host, int(port)).run(stop)
        return
    async with PatientRequest(connection_pool_size=2) as request:
        await Receiver(request, bot.base_url, bot.id, runtime.store, runtime.clock, worker.wake).run(stop)


def _secret(settings: Settings, vault: Vault, bot_id: int) -> str:
    """The webhook's secret: the office's own, or one that the key file alone yields."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hashlib.sha256(vault.pseudonym("webhook", bot_id).encode()).hexdigest()


async def tell_troubles(runtime: Runtime) -> None:
    """Tell the office what cannot be used: once for each set of mistakes, in its chat in working time."""
    policy = runtime.policy
    if not runtime.troubles:
        return
    mistakes = [
        Part(f"errors.{error.key}", {name: str(value) for name, value in error.fields.items()})
        for error in runtime.troubles
    ]
    speech = Speech((Part("live_upkeep.trouble"), *mistakes), policy.language)
    said = runtime.vault.digest("trouble", repr([(error.key, sorted(error.fields)) for error in runtime.troubles]))
    async with runtime.store.begin() as work:
        desk = await desk_chat(work, policy)
        chats = sorted(policy.office_members) if desk is None else [desk]
        entries = [Outgoing(chat, PostKind.TROUBLE, speech=speech, key=f"trouble:{chat}:{said}") for chat in chats]
        await work.outbox.add(entries, runtime.clock.now())
        await work.commit()

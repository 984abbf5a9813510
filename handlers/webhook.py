"""The webhook: an update is in the database before the platform is told 200; requests at once share a commit."""

import asyncio
import contextlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import uvicorn
from loguru import logger
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from bot.ports import Clock, Store, StoredUpdate
from bot.services.inbox import HEARTBEAT, Keeper
from handlers.errors import kind_of
from handlers.receive import ALLOWED_UPDATES, pause_after
from handlers.wire import update_id_of

LARGEST = 1_000_000
"""Bytes of a request that are read; an update has a few thousand."""
HEADER = "X-Telegram-Bot-Api-Secret-Token"
CONNECTIONS = 40


@dataclass(slots=True)
class _Group:
    updates: list[StoredUpdate] = field(default_factory=list)
    commit: asyncio.Task[None] | None = None


class Intake:
    """Stores updates; those that come while one commit is under way share the next."""

    def __init__(self, store: Store, clock: Clock, stored: Callable[[], None]) -> None:
        self._keeper = Keeper(store)
        self._clock = clock
        self._stored = stored
        self._open = _Group()
        self._lock = asyncio.Lock()

    async def keep(self, bot_id: int, update_id: int, payload: bytes) -> None:
        """Return when the update is in the database; raises what the database raised for its group."""
        group = self._open
        group.updates.append(StoredUpdate(bot_id, update_id, payload, self._clock.now()))
        if group.commit is None:
            group.commit = asyncio.create_task(self._commit(group))
        await asyncio.shield(group.commit)

    async def beat(self) -> None:
        """Note that the bot listens, also while nothing comes."""
        await self._keeper.keep((), self._clock.now())

    async def _commit(self, group: _Group) -> None:
        async with self._lock:
            self._open = _Group()
            await self._keeper.keep(group.updates, self._clock.now())
        self._stored()


def webhook_app(intake: Intake, bot_id: int, path: str, secret: str) -> Starlette:
    """The web application: one address that takes updates."""

    async def take(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update_id = update_id_of(body)
        if update_id is None:
            return Response(status_code=400)
        try:
            await intake.keep(bot_id, update_id, body)
        except Exception as error:  # noqa: BLE001 - not stored: the platform is to send it again
            logger.error("An update could not be stored: {}", kind_of(error))
            return Response(status_code=503)
        return Response(status_code=200)

    app = Starlette(routes=[Route(path, take, methods=["POST"])])
    app.router.redirect_slashes = False  # it would lead strangers to the path, at whatever host they name
    return app


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too large, whatever its length was said to be."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


class _Server(uvicorn.Server):
    """A server that leaves the signals to the bot."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(slots=True)
class Webhook:
    """Serves the webhook and announces it to the platform."""

    bot: Bot
    intake: Intake
    url: str
    secret: str
    path: str
    host: str
    port: int

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until told to stop; requests under way are answered."""
        app = webhook_app(self.intake, self.bot.id, self.path, self.secret)
        server = _Server(
            uvicorn.Config(
                app,
                host=self.host,
                port=self.port,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=10,
            )
        )
        serving = asyncio.create_task(server.serve())
        others = [asyncio.create_task(self._announce()), asyncio.create_task(self._beat())]
        told = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            server.should_exit = True
            for task in (told, *others):
                task.cancel()
            await serving

    async def _announce(self) -> None:
        failures = 0
        while True:
            try:
                await self.bot.set_webhook(
                    self.url,
                    secret_token=self.secret,
                    allowed_updates=ALLOWED_UPDATES,
                    max_connections=CONNECTIONS,
                    drop_pending_updates=False,
                )
            except TelegramError as error:
                seconds = pause_after(error, failures)
                failures += 1
                logger.warning("The webhook is not announced ({}); next try in {:.0f} s", kind_of(error), seconds)
                await asyncio.sleep(seconds)
            else:
                return

    async def _beat(self) -> None:
        while True:
            try:
                await self.intake.beat()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                logger.warning("The heartbeat could not be stored: {}", kind_of(error))
            await asyncio.sleep(HEARTBEAT.total_seconds())

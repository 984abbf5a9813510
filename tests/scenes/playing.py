"""The real bot in its real wiring, beside the emulator, for the length of a scene."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot import live
from bot.emulator import Emulator, World
from bot.emulator.clock import WorldClock
from bot.runtime import Runtime
from config.settings import Settings
from handlers.application import build_application, initialise
from storage.crypto import open_vault
from storage.tables.outbox import EntryState, outbox
from storage.unit_of_work import SqlStore, open_store

ZONE = ZoneInfo("Asia/Shanghai")
WORKDAY = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 3, 11, 22, 0, tzinfo=ZONE)


class RunningClock(WorldClock):
    """A clock that runs from a moment of the world's own, for the bot's pace between two messages is real time."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=time.monotonic() - self._begun)

    def set(self, at: datetime) -> None:
        self._begun = time.monotonic()
        super().set(at)


@dataclass
class Scene:
    """What a scene plays with: the world, the running bot, and how to stop and start it."""

    world: World
    settings: Settings
    emulator: Emulator
    runtime: Runtime | None = None

    async def settled(self) -> None:
        """Wait until all that was received is handled, and all that is due is said."""
        limit = time.monotonic() + 20
        while await self._busy():
            if time.monotonic() > limit:
                raise TimeoutError
            await asyncio.sleep(0.02)

    async def _busy(self) -> bool:
        await self.world.settled(still=0.03)
        assert self.runtime is not None
        async with self.runtime.store.begin() as work:
            due = await work.outbox.due(self.world.clock.now(), 1, frozenset())
            if await work.inbox.pending(1) or due:
                return True
        return await self._sending()

    async def _sending(self) -> bool:
        """Whether something is on its way: a picture is drawn for a second before the platform hears of it."""
        assert self.runtime is not None
        store = self.runtime.store
        assert isinstance(store, SqlStore)
        under_way = select(func.count()).where(outbox.c.state == EntryState.SENDING)
        async with store.engine.connect() as connection:
            return bool((await connection.execute(under_way)).scalar())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Runtime]:
        """The bot runs inside, on the same database each time."""
        vault = open_vault(self.settings.key_file)
        store = await open_store(self.settings.database.get_secret_value(), vault)
        runtime = replace(live.build_runtime(self.settings, store, vault), clock=self.world.clock)
        application = build_application(self.world.token, self.settings.api_url)
        stop = asyncio.Event()
        assert await initialise(application, stop)
        serving = asyncio.create_task(live._serve(self.settings, runtime, application, stop))
        self.runtime = runtime
        try:
            yield runtime
        finally:
            stop.set()
            await serving
            await application.shutdown()
            await store.close()


@asynccontextmanager
async def stage(folder: Path, at: datetime = WORKDAY, **settings: Any) -> AsyncIterator[Scene]:
    """A world at a moment, with a database in the folder; the bot does not run yet."""
    world = World(RunningClock(at))
    async with Emulator(world) as emulator:
        address = emulator.base_url.removesuffix("/bot")
        chosen = Settings(
            _env_file=None,
            bot_token=world.token,
            api_url=address,
            database=str(folder / "jianfu.db"),
            key_file=folder / "jianfu.key",
            **{"office": "减负办", "contact": "0000-1234567", **settings},
        )
        yield Scene(world, chosen, emulator)
    assert world.complaints == []

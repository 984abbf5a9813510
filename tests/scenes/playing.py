"""The real bot in its real wiring, beside the emulator, for the length of a scene."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import live
from bot.emulator import Emulator, World
from bot.emulator.clock import WorldClock
from bot.emulator.log import Answer
from bot.emulator.people import Person
from bot.emulator.polls import new_poll
from bot.ports import Vault
from bot.runtime import Runtime
from bot.services.report_drafts import Drafts
from bot.services.scenes import Scenes
from config.settings import Settings
from handlers.application import build_application, initialise
from storage.crypto import open_vault
from storage.tables.outbox import EntryState, outbox
from storage.unit_of_work import SqlStore, open_store

ZONE = ZoneInfo("Asia/Shanghai")
WORKDAY = datetime(2026, 3, 11, 10, 0, tzinfo=ZONE)
QUICK = 0.005
"""Seconds of stillness that tell enough where nothing was pressed."""
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

    async def settled(self, still: float = 0.03) -> None:
        """Wait until all that was received is handled, and all that is due is said.

        What is due waits for the bot's pace, a second or two of the world: they pass at once. What a pressed message
        becomes is in no queue, and seen only by being `still` for some seconds.
        """
        limit, rounds = time.monotonic() + 20, 0
        while await self._busy(still):
            rounds += 1
            if time.monotonic() > limit:
                raise TimeoutError
            if rounds % 2 == 0:
                self.world.clock.advance(seconds=1)
                self.world.inject(
                    {"poll": new_poll(self.world, "?", ["?", "!"], quiz=False, anonymous=True, many=False)}
                )  # any update lets the bot look at the clock
            await asyncio.sleep(0.01)

    async def tell(self, person: Person, text: str) -> str:
        """Somebody writes to the bot in private, after a moment of thought; returns the answer."""
        before = len(person.reads(person.private))
        self.world.clock.advance(seconds=2)
        await person.tell(text)
        await self.world.until(lambda: len(person.reads(person.private)) > before, what=f"an answer to {text}")
        await self.settled(QUICK)
        return person.reads(person.private)[-1]

    async def press(self, person: Person, button: str) -> Answer:
        """Somebody presses a button in private, after a moment of thought; returns what only they see."""
        shown = lambda: any(button in words for one in self.buttons(person) for words in one)  # noqa: E731
        await self.world.until(shown, what=f"a button {button}")
        self.world.clock.advance(seconds=2)
        answer = await person.press(person.private, button)
        await self.settled()
        return answer

    @staticmethod
    def buttons(person: Person) -> list[tuple[str, ...]]:
        """The rows of buttons that somebody sees in private."""
        return [row for one in person.sees(person.private) for row in one.buttons]

    async def _busy(self, still: float) -> bool:
        await self.world.settled(still=still)
        assert self.runtime is not None
        async with self.runtime.store.begin() as work:
            due = await work.outbox.due(self.world.clock.now(), 1, frozenset())
            sending = await work.outbox.session.run(select(outbox.c.id).where(outbox.c.state == EntryState.SENDING))
            return bool(due or await work.inbox.pending(1) or sending.first())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Runtime]:
        """The bot runs inside, on the same database each time."""
        vault = open_vault(self.settings.key_file)
        store = await open_store(self.settings.database.get_secret_value(), vault)
        runtime = replace(_built(self.settings, store, vault), clock=self.world.clock)
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


_first: list[Runtime] = []
"""The first runtime of this process: to read the rules takes half a second, and they never change."""


def _built(settings: Settings, store: SqlStore, vault: Vault) -> Runtime:
    """What the bot itself builds at its start, with rules that were read before."""
    if not _first:
        _first.append(live.build_runtime(settings, store, vault))
    rules = _first[0]
    with_rules = partial(replace, rules, policy=settings.policy(), store=store, vault=vault)
    return with_rules(scenes=Scenes(), drafts=Drafts(), instance=token_hex(6))


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

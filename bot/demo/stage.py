"""A stage: an emulated Telegram, and the real bot in its real wiring, both in this process; nothing of it stays."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.core.errors import JianfuError
from bot.emulator.clock import WorldClock
from bot.emulator.server import Emulator
from bot.emulator.world import World
from bot.live import run
from config.settings import Settings

START_SECONDS = 30.0
"""How long the bot may take to load its rules and to begin listening."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The world to act in, and the settings with which the bot's database can be opened."""

    world: World
    settings: Settings


@contextlib.asynccontextmanager
async def raised(clock: WorldClock, **given: object) -> AsyncIterator[Stage]:
    """A stage with a running bot; `given` are settings beside its own. The bot stops when the block ends.

    Raises what the bot raises when it cannot start.
    """
    with TemporaryDirectory(prefix="jianfu-", ignore_cleanup_errors=True) as folder:
        world = World(clock)
        async with Emulator(world) as emulator:
            settings = _settings(world, emulator, Path(folder), given)
            stop = asyncio.Event()
            bot = asyncio.create_task(run(settings, clock=clock, stop=stop))
            try:
                await _listening(world, bot)
                yield Stage(world, settings)
            finally:
                stop.set()
                with contextlib.suppress(JianfuError):
                    await bot


def _settings(world: World, emulator: Emulator, folder: Path, given: dict[str, object]) -> Settings:
    own = {
        "bot_token": SecretStr(world.token),
        "database": SecretStr(str(folder / "jianfu.db")),
        "key_file": folder / "jianfu.key",
        "api_url": emulator.url,
        "_env_file": None,
    }
    return Settings(**own | given)  # type: ignore[arg-type]


async def _listening(world: World, bot: asyncio.Task[int]) -> None:
    """Wait until the bot asks for updates for the first time; let its failure out when it ends before."""
    for _ in range(int(START_SECONDS / 0.02)):
        if bot.done():
            bot.result()
        if "chat_member" in world.updates.allowed:  # which is sent to nobody who did not ask for it
            return
        await asyncio.sleep(0.02)
    raise TimeoutError

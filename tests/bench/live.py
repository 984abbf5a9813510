"""Prints the speed and memory of the live bot beside the emulator: `python -m tests.bench.live [MESSAGES]`.

The bot is the real one, a process of its own, over HTTP and with SQLite on disk; the emulator and this script share
the other core. A bare python-telegram-bot that does nothing with a message is measured in the same way.
"""

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bot.core.group import Group, GroupKind, GroupState
from bot.emulator import Emulator, World
from storage.crypto import open_vault
from storage.unit_of_work import open_store
from tests.bench.__main__ import say
from tests.bench.messages import texts

CHATS = 20
PEOPLE = 400
LATENCIES = 200
MANY = 100_000
"""After so many messages the memory is read."""
ASKING = "@所有人 请各村今天下班前把入户照片截图发到群里，每户一张"
WAIT_SECONDS = 600.0


def update_of(world: World, number: int, text: str) -> dict[str, Any]:
    """A text message of a supergroup, with what Telegram always sends."""
    chat = {"id": -1_002_000_000_000 - number % CHATS, "type": "supergroup", "title": f"工作群{number % CHATS}"}
    sender = {"id": 50_000 + number % PEOPLE, "is_bot": False, "first_name": "某人", "language_code": "zh-hans"}
    content = {"message_id": 10 + number // CHATS, "from": sender, "chat": chat, "date": world.clock.stamp()}
    return {"message": {**content, "text": text}}


@asynccontextmanager
async def process(*arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A Python process that is killed at the end."""
    given = {**os.environ, "JIANFU_LOG_LEVEL": "ERROR", **environment}
    running = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=given, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def listening(world: World) -> None:
    """Wait until the bot asks for updates."""
    await world.until(lambda: "chat_member" in world.updates.allowed, timeout=60, what="the bot")
    await asyncio.sleep(1)


async def prepare(folder: Path) -> None:
    """A database in which the groups are watched already."""
    store = await open_store(str(folder / "jianfu.db"), open_vault(folder / "jianfu.key"))
    now = datetime.now(UTC)
    async with store.begin() as work:
        for number in range(CHATS):
            group = Group(
                chat_id=-1_002_000_000_000 - number,
                title=f"工作群{number}",
                state=GroupState.WATCHING,
                unit="某镇",
                kind=GroupKind.STANDING,
                purpose="日常工作",
                owner="办公室主任",
                hours="",
                language="zh-Hans",
                is_admin=True,
                joined_at=now,
                watching_since=now,
            )
            await work.groups.add(group)
        await work.commit()
    await store.close()


class Onlooker:
    """Reads the database beside the bot: a reader of its own, for a unit of work would keep the bot from writing."""

    def __init__(self, folder: Path) -> None:
        file = f"file:{folder / 'jianfu.db'}?mode=ro"
        self._connection = sqlite3.connect(file, uri=True, check_same_thread=False)

    def waiting(self) -> int:
        """Updates in the inbox that are not handled yet."""
        return self._one("SELECT count(*) FROM inbox WHERE payload IS NOT NULL")

    def last_finding(self) -> int:
        """The number of the newest finding."""
        return self._one("SELECT coalesce(max(id), 0) FROM findings")

    def seen_after(self, before: int) -> float:
        """The moment at which there is a newer finding than one; to be called in a thread.

        An event loop would look once a millisecond, for it rounds its pauses up to that.
        """
        while self.last_finding() == before:
            time.sleep(0.0002)
        return time.perf_counter()

    def _one(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])


async def until_handled(world: World, onlooker: Onlooker) -> None:
    """Wait until everything was fetched and handled."""
    await world.until(lambda: not world.updates.pending, timeout=WAIT_SECONDS, what="the updates to be fetched")
    while onlooker.waiting():
        await asyncio.sleep(0.02)


async def throughput(world: World, onlooker: Onlooker, written: Sequence[str], first: int) -> float:
    """Messages a second from the first put into the queue to the last judged and stored."""
    for number, text in enumerate(written, first):
        world.updates.put_raw(update_of(world, number, text))
    started = time.perf_counter()
    await until_handled(world, onlooker)
    return len(written) / (time.perf_counter() - started)


async def latency(world: World, onlooker: Onlooker, numbers: range) -> list[float]:
    """Milliseconds from a message in a group to its stored finding, one message at a time."""
    taken = []
    for number in numbers:
        looking = asyncio.create_task(asyncio.to_thread(onlooker.seen_after, onlooker.last_finding()))
        await asyncio.sleep(0.02)
        started = time.perf_counter()
        world.updates.put_raw(update_of(world, number, ASKING))
        taken.append((await looking - started) * 1000)
    return taken


def say_latency(what: str, taken: Sequence[float]) -> None:
    """Print the median and the 95th percentile."""
    say(f"{what}, median", statistics.median(taken), "ms")
    say(f"{what}, 95th percentile", sorted(taken)[int(len(taken) * 0.95)], "ms")


def resident(pid: int) -> float:
    """Resident memory of a process in MiB."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


async def measure_bot(count: int) -> None:
    """Print the figures of the bot."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await prepare(folder)
        onlooker = Onlooker(folder)
        world = World(strict=False)
        async with Emulator(world) as emulator:
            environment = {
                "JIANFU_BOT_TOKEN": world.token,
                "JIANFU_API_URL": emulator.url,
                "JIANFU_DATABASE": str(folder / "jianfu.db"),
                "JIANFU_KEY_FILE": str(folder / "jianfu.key"),
            }
            async with process("-m", "bot", "run", **environment) as bot:
                await listening(world)
                written = list(islice(texts(), count))
                first = await latency(world, onlooker, range(CHATS))
                say("first message of a group to stored finding, median", statistics.median(first), "ms")
                say_latency("message to stored finding", await latency(world, onlooker, range(CHATS, LATENCIES)))
                speed = await throughput(world, onlooker, written, LATENCIES)
                say(f"received, judged and stored, {count:,} messages", speed, "messages/s")
                await throughput(world, onlooker, list(islice(texts(), max(0, MANY - count))), LATENCIES + count)
                say(f"memory after {max(MANY, count):,} messages", resident(bot.pid), "MiB")


async def measure_bare(count: int) -> None:
    """Print the figure of python-telegram-bot alone."""
    world = World(strict=False)
    async with Emulator(world) as emulator, process("-m", "tests.bench.bare", world.token, emulator.base_url):
        await listening(world)
        for number, text in enumerate(islice(texts(), count)):
            world.updates.put_raw(update_of(world, number, text))
        started = time.perf_counter()
        await world.until(lambda: not world.updates.pending, timeout=WAIT_SECONDS, what="the updates to be fetched")
        speed = count / (time.perf_counter() - started)
        say(f"bare python-telegram-bot, {count:,} messages, nothing done", speed, "messages/s")


def main() -> None:
    """Print every figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    asyncio.run(measure_bot(count))
    asyncio.run(measure_bare(count))


if __name__ == "__main__":
    main()

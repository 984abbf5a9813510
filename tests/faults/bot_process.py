"""The real bot in a process of its own, which kills itself (kill -9) at a moment that the environment names.

FAULT_AT   received, stored, handled, committed, sending, sent: at the FAULT_NTH such moment
FAULT_AFTER seconds after the first update was received
FAULT_FAR  set when the replicas are to believe that they run on different machines
FAULT_LOG  a file for all lines of the log
FAULT_CHAT a group that is watched already, so that the play can begin with its messages

Only this wrapper knows of faults: the store of the product is wrapped, its code is as it ships.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import bot.live
import bot.process
import handlers.receive
import handlers.sender
import handlers.worker
from bot.core.group import Group, GroupKind, GroupState
from config.logging import start_log
from config.settings import load_settings

START = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai on a workday; the bot's clock runs on from here, so that the play is the same at any hour."""


def die() -> None:
    """What kill -9 does: no clean-up of any kind."""
    os.kill(os.getpid(), signal.SIGKILL)


class Fault:
    """Counts the moments of one kind, and dies at the right one."""

    def __init__(self) -> None:
        self.at = os.environ.get("FAULT_AT", "")
        self.left = int(os.environ.get("FAULT_NTH", "1"))
        self.after = os.environ.get("FAULT_AFTER", "")

    def reached(self, moment: str) -> None:
        if moment == "received" and self.after:
            threading.Timer(float(self.after), die).start()
            self.after = ""
        if moment == self.at:
            self.left -= 1
            if self.left == 0:
                die()


class Watched:
    """A repository whose calls are noted."""

    def __init__(self, real: Any, noted: dict[str, str], note: Any) -> None:
        self._real, self._noted, self._note = real, noted, note

    def __getattr__(self, name: str) -> Any:
        if name in self._noted:
            self._note(self._noted[name])
        return getattr(self._real, name)


class FaultyWork:
    """A unit of work that tells of its moments: before and after its commit."""

    def __init__(self, real: Any, fault: Fault) -> None:
        self._real, self._fault = real, fault
        self._noted: set[str] = set()

    async def __aenter__(self) -> Self:
        await self._real.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._real.__aexit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if name == "inbox":
            return Watched(found, {"store": "store", "handled": "handle"}, self._noted.add)
        if name == "outbox":
            return Watched(found, {"claim": "claim", "done": "done"}, self._noted.add)
        return found

    async def commit(self) -> None:
        before = {"store": "received", "handle": "handled", "done": "sent"}
        after = {"store": "stored", "handle": "committed", "claim": "sending"}
        for moment in [moment for note, moment in before.items() if note in self._noted]:
            self._fault.reached(moment)
        await self._real.commit()
        for moment in [moment for note, moment in after.items() if note in self._noted]:
            self._fault.reached(moment)
        self._noted.clear()


class FaultyStore:
    """The real store, handing out units of work that may die."""

    def __init__(self, real: Any, fault: Fault) -> None:
        self._real, self._fault = real, fault

    def begin(self, *, lasting: bool = True) -> Any:
        return FaultyWork(self._real.begin(lasting=lasting), self._fault)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class RunningClock:
    """A clock that began at `START` when the play began."""

    def now(self) -> datetime:
        return START + timedelta(seconds=time.time() - float(os.environ["FAULT_BEGAN"]))


async def _open(address: str, vault: Any) -> Any:
    store = await _real_open(address, vault)
    chat_id = int(os.environ["FAULT_CHAT"])
    async with store.begin() as work:
        if await work.groups.of_chat(chat_id) is None:
            await work.groups.add(watched(chat_id))
            await work.commit()
    return FaultyStore(store, Fault())


def watched(chat_id: int) -> Group:
    """A group that is watched since the play began."""
    return Group(
        chat_id,
        "A group",
        state=GroupState.WATCHING,
        unit="Office",
        kind=GroupKind.STANDING,
        purpose="Work",
        owner="Office",
        hours="",
        language="en",
        is_admin=True,
        joined_at=START,
        watching_since=START,
    )


_real_open = bot.live.open_store

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    start_log("WARNING", Path(os.environ["FAULT_LOG"]) if "FAULT_LOG" in os.environ else None)
    bot.live.open_store = _open  # type: ignore[assignment]
    # Small batches make many moments.
    handlers.receive.LIMIT, handlers.worker.BATCH = 7, 5
    # A restarted bot sees that the one before is dead; from another machine nobody sees it, and the lease must end.
    alone = "FAULT_FAR" not in os.environ
    handlers.worker.LEASE_SECONDS = handlers.sender.LEASE_SECONDS = 600 if alone else 2
    if not alone:
        bot.process.is_gone = lambda _: False  # type: ignore[assignment]
    sys.exit(asyncio.run(bot.live.run(load_settings(), clock=RunningClock())))

"""Drains the outbox: a queue for each chat, many chats at once, each entry said at most once.

An entry is claimed and committed before the call and marked after it; what was claimed when the process died is unsure
and is not said again. A refusal to hurry (429) holds back its own chat alone.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from loguru import logger

from bot.core.speech import PostKind
from bot.papers import make
from bot.ports import OutboxEntry, UnitOfWork
from bot.runtime import Runtime
from bot.services import leases, welcome
from bot.services.outbox import counted, deleted, fits, moved, refused, waits_until
from handlers.context import Bot
from handlers.deliver import DELETED, Outcome, Result, deliver
from handlers.errors import kind_of
from handlers.pace import Pace

AT_ONCE = 8
ATTEMPTS = 8
RECORDINGS = 8
"""How often it is tried to store what became of an entry, while the database is away."""
LEASE = "sender"
LEASE_SECONDS = 5
RENEWAL = timedelta(seconds=2)
POLL_SECONDS = 1.0


@dataclass(slots=True)
class Sender:
    """The one sender of a database."""

    bot: Bot
    runtime: Runtime
    pace: Pace = field(default_factory=Pace)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _leads: bool = False
    _lease_due: datetime | None = None

    def wake(self) -> None:
        """Something was queued."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; calls under way are waited for."""
        failures = 0
        while not stop.is_set():
            self._woken.clear()
            seconds = POLL_SECONDS
            try:
                claimed = await self.step()
                failures = 0
                if claimed or self.pace.resting(self.runtime.clock.now()):
                    seconds = min(seconds, self.pace.next_ready(self.runtime.clock.now()))
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; nothing is lost
                failures += 1
                seconds = min(30.0, 0.5 * 2 ** min(failures, 6))
                logger.error("The sender cannot go on, attempt {}: {}", failures, kind_of(error))
            await self._rest(stop, seconds)
        await self.finish()
        await self._give_back()

    async def finish(self) -> None:
        """Wait for the calls under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def step(self) -> int:
        """Claim what is due and begin to send it; returns how many were begun."""
        now = self.runtime.clock.now()
        room = max(0, min(AT_ONCE - len(self._under_way), self.pace.room(now)))
        if not await self._has_reason(room, now):
            return 0
        async with self.runtime.store.begin() as work:
            if not await self._takes_lead(work, now):
                return 0
            due = await work.outbox.due(now, room, self._busy(now)) if room else ()
            entries = [entry for entry in due if await self._now(work, entry, now)]
            for entry in entries:
                await work.outbox.claim(entry.id, now)
            messages = [await self._message_id(work, entry) for entry in entries]
            await work.commit()
        for entry, message_id in zip(entries, messages, strict=True):
            self._begin(entry, message_id, now)
        return len(entries)

    async def _has_reason(self, room: int, now: datetime) -> bool:
        """Whether to open a transaction that writes: the lease is to be looked after, or something is due."""
        lapses = self._lease_due is None or now >= self._lease_due
        if not self._leads or (self._under_way and lapses):
            return lapses
        if not room:
            return False
        async with self.runtime.store.begin() as work:
            return bool(await work.outbox.due(now, 1, self._busy(now)))

    def _busy(self, now: datetime) -> frozenset[str]:
        return frozenset(self._under_way) | self.pace.resting(now)

    def _begin(self, entry: OutboxEntry, message_id: int | None, now: datetime) -> None:
        self.pace.count(entry.queue, now, group=not entry.outgoing.private)
        task = asyncio.create_task(self._send(entry, message_id))
        self._under_way[entry.queue] = task
        task.add_done_callback(lambda _: self._ended(entry.queue))

    def _ended(self, queue: str) -> None:
        self._under_way.pop(queue, None)
        self.wake()

    async def _takes_lead(self, work: UnitOfWork, now: datetime) -> bool:
        """Hold the lease; whoever takes it from another (or after a crash) gives up what that one was saying."""
        took = await leases.take(work, LEASE, self.runtime.instance, now, LEASE_SECONDS, self.runtime.gone)
        if took and not self._leads and not self._under_way:
            lost = await work.outbox.unsure(now)
            if lost:
                logger.warning("{} messages were being sent when the bot stopped; they are not sent again", lost)
        self._leads, self._lease_due = took, now + RENEWAL
        return took

    async def _now(self, work: UnitOfWork, entry: OutboxEntry, now: datetime) -> bool:
        """Whether an entry is to be sent now; what is late is dropped, what must wait for working time is postponed."""
        outgoing = entry.outgoing
        if outgoing.drop_after is not None and now > outgoing.drop_after:
            await work.outbox.drop(entry.id, now, "late")
            return False
        runtime = self.runtime
        if not await fits(work, runtime.policy, outgoing):
            await work.outbox.drop(entry.id, now, "not_for_channel")
            return False
        until = await waits_until(work, outgoing, runtime.office, now)
        if until is not None and until <= now:
            return True
        if until is None or (outgoing.drop_after is not None and until > outgoing.drop_after):
            await work.outbox.drop(entry.id, now, "no_working_time")
        else:
            await work.outbox.defer(entry.id, until)
        return False

    async def _message_id(self, work: UnitOfWork, entry: OutboxEntry) -> int | None:
        outgoing = entry.outgoing
        if outgoing.message_id is not None or not outgoing.of_key:
            return outgoing.message_id
        return await work.outbox.message_of(outgoing.of_key)

    async def _send(self, entry: OutboxEntry, message_id: int | None) -> None:
        runtime = self.runtime
        result = await deliver(
            self.bot, entry.outgoing, message_id, runtime.vault, runtime.policy.language, partial(make, runtime)
        )
        if result.outcome not in {Outcome.DONE, Outcome.MOVED}:
            logger.warning("Entry {} of the outbox: {} ({})", entry.id, result.outcome.value, result.reason)
        for attempt in range(1, RECORDINGS + 1):
            try:
                async with runtime.store.begin() as work:
                    await self._record(work, entry, result)
                    await work.commit()
                if entry.outgoing.kind is PostKind.WELCOME:
                    runtime.scenes.forget()  # the group may be watched from now on
            except Exception as error:  # noqa: BLE001 - until then it stays claimed, and so is not said again
                logger.error("What became of entry {} could not be stored: {}", entry.id, kind_of(error))
                await asyncio.sleep(min(10.0, 0.2 * 2**attempt))
            else:
                return

    async def _record(self, work: UnitOfWork, entry: OutboxEntry, result: Result) -> None:
        now = self.runtime.clock.now()
        match result.outcome:
            case Outcome.DONE:
                await work.outbox.done(entry.id, now, result.message_id)
                if entry.outgoing.kind is PostKind.WELCOME:
                    await welcome.posted(work, entry.outgoing.chat_id, self.runtime.office, now)
                if result.members is not None:
                    await counted(work, entry, result.members, now)
            case Outcome.REFUSED:
                await refused(work, entry, self.runtime.vault, now)
                await self._gone(work, entry, result, now)
            case Outcome.MOVED:
                await moved(work, entry, result.chat_id, now)
            case Outcome.LATER if result.seconds:
                until = now + timedelta(seconds=result.seconds)
                self.pace.rest(entry.queue, until)
                await work.outbox.postpone(entry.id, until)
            case Outcome.LATER if entry.attempts < ATTEMPTS:
                await work.outbox.postpone(entry.id, now + timedelta(seconds=min(300.0, 2.0**entry.attempts)))
            case _:
                unsure = result.outcome is Outcome.UNSURE
                await work.outbox.drop(entry.id, now, "unsure" if unsure else result.reason[:60])
                if entry.outgoing.kind is PostKind.WELCOME:
                    chat_id, runtime = entry.outgoing.chat_id, self.runtime
                    await welcome.not_posted(work, chat_id, runtime.vault, runtime.policy, now)
                await self._gone(work, entry, result, now)

    async def _gone(self, work: UnitOfWork, entry: OutboxEntry, result: Result, now: datetime) -> None:
        """Where the platform said that a group is no more, the ledger takes that as evidence."""
        if result.reason == DELETED:
            await deleted(work, entry, self.runtime.office.today(now), now)

    async def _rest(self, stop: asyncio.Event, seconds: float) -> None:
        waits = [asyncio.ensure_future(self._woken.wait()), asyncio.ensure_future(stop.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _give_back(self) -> None:
        with suppress(Exception):  # the lease ends by itself
            async with self.runtime.store.begin() as work:
                await work.leases.release(LEASE, self.runtime.instance)
                await work.commit()

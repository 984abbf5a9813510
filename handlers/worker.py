"""Takes what was stored, in order, many in one transaction; state, effects and "handled" are committed together.

These commits do not wait for the disk: what the power takes with it, the inbox brings back, and the sender's claim of
an entry, which does wait, takes all that came before it along to the disk.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from loguru import logger
from telegram.error import NetworkError, RetryAfter

from bot.core.errors import JianfuError
from bot.ports import StoredUpdate, UnitOfWork
from bot.services import leases
from bot.services.inbox import without_sender
from handlers.asking import Questions, Unasked
from handlers.context import PressAnswer
from handlers.dispatch import Dispatcher
from handlers.errors import kind_of

BATCH = 100
LEASE = "worker"
LEASE_SECONDS = 5
"""So long another replica waits for one that died, unless it can see that it did.

It is renewed inside each transaction, so two never commit.
"""
POLL_SECONDS = 1.0
"""How often the inbox is looked at when nothing woke the worker: another replica may have stored something."""

Told = Callable[[Sequence[PressAnswer]], None]
"""Is given, after each commit, the presses to be answered."""


class Worker:
    """The one worker of a database: of several replicas only the holder of the lease handles anything."""

    def __init__(self, dispatcher: Dispatcher, committed: Told, queued: Callable[[], None] | None = None) -> None:
        """`queued` is called after a commit that left something to be sent."""
        self._dispatcher = dispatcher
        self._runtime = dispatcher.runtime
        self._told = committed
        self._queued = queued
        self._woken = asyncio.Event()
        self._questions = Questions()
        self._reached = 0
        """How many updates of the transaction under way were begun with."""

    def wake(self) -> None:
        """Something was stored."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Handle updates until told to stop; the transaction under way is finished."""
        failures = handled = 0
        while not stop.is_set():
            sure = self._woken.is_set() or handled >= BATCH
            self._woken.clear()
            try:
                handled = await self.step(sure=sure)
                failures = 0
            except Exception as error:  # noqa: BLE001 - the database may be away for a while; nothing is lost
                failures += 1
                handled = 0
                logger.error("The worker cannot go on, attempt {}: {}", failures, kind_of(error))
                await _pause(stop, min(30.0, 0.5 * 2 ** min(failures, 10)))
            if handled < BATCH:
                await _either(stop, self._woken, POLL_SECONDS)
        await self._questions.finish()
        await self._give_back()

    async def step(self, *, sure: bool = False) -> int:
        """Handle one batch; returns how many updates are done with, zero too when another replica works.

        Unless `sure` that something waits it looks first, so that an idle bot writes nothing.
        """
        if not sure and not await self._waiting():
            return 0
        done, limit = 0, BATCH
        while True:
            try:
                handled = await self._batch(limit)
            except Unasked as question:
                limit = self._reached  # those behind the one that asks would be handled in vain
                await self._ask(question)
                continue
            except Exception as error:  # noqa: BLE001 - one of them fails; the others must not suffer
                logger.debug("A batch is undone and taken one by one: {}", kind_of(error))
                self._runtime.scenes.forget()
                return done + await self._singly(BATCH)
            done += handled
            if handled < limit or done >= BATCH:
                self._questions.clear()
                return done
            limit = BATCH - done

    async def _waiting(self) -> bool:
        async with self._runtime.store.begin() as work:
            return bool(await work.inbox.pending(1))

    async def _batch(self, limit: int) -> int:
        now = self._runtime.clock.now()
        async with self._runtime.store.begin(lasting=False) as work:
            if not await self._leads(work):
                return 0
            pending = await work.inbox.pending(limit)
            if not pending:
                return 0
            shared = self._dispatcher.context(work, now)
            shared.questions = self._questions
            answers: list[PressAnswer] = []
            for self._reached, stored in enumerate(pending, start=1):
                answers += await self._dispatcher.handle(_read(stored.payload), shared)
            await self._dispatcher.settle(shared)
            await work.inbox.handled([stored.id for stored in pending], now)
            await work.commit()
        self._tell(answers, work)
        return len(pending)

    async def _singly(self, limit: int) -> int:
        done = 0
        while done < limit:
            handled = await self._one()
            if handled is None:
                break
            done += handled
        return done

    async def _one(self) -> int | None:
        """Handle the first update that waits: 1 when it is done with, 0 when it is to be tried again, None for none."""
        now = self._runtime.clock.now()
        first: StoredUpdate | None = None
        try:
            async with self._runtime.store.begin(lasting=False) as work:
                first = await self._first(work)
                if first is None:
                    return None
                shared = self._dispatcher.context(work, now)
                shared.questions = self._questions
                answers = await self._dispatcher.handle(_read(first.payload), shared)
                await self._dispatcher.settle(shared)
                await work.inbox.handled([first.id], now)
                await work.commit()
        except Unasked as question:
            await self._ask(question)
            return 0
        except Exception as error:
            self._runtime.scenes.forget()
            if first is None:
                raise
            return await self._failed(first, error)
        self._committed(answers, work)
        return 1

    async def _failed(self, stored: StoredUpdate, error: Exception) -> int:
        """Settle a failure; in silence where telling of it fails as well, for the rest must go on."""
        self._runtime.drafts.take_back(stored.update_id)
        try:
            return await self._settled(stored, error, tell=True)
        except Exception as second:  # noqa: BLE001 - a database that is away fails again, and is waited for
            logger.warning("Update {}: its failure could not be told: {}", stored.id, kind_of(second))
        return await self._settled(stored, error, tell=False)

    async def _settled(self, stored: StoredUpdate, error: Exception, *, tell: bool) -> int:
        """A known error is an answer; any other counts an attempt, and after the last the update is set aside."""
        now = self._runtime.clock.now()
        answers: Sequence[PressAnswer] = ()
        reference = self._runtime.vault.sign(f"reference:{stored.bot_id}:{stored.update_id}")[:6]
        async with self._runtime.store.begin(lasting=False) as work:
            if await self._first(work) is None:
                return 0
            attempts = 0
            known = isinstance(error, JianfuError)
            if not known:
                attempts = await work.inbox.failed(stored.id, type(error).__name__)
            done = known or attempts >= self._runtime.policy.attempts
            if done and tell:
                answers = await self._regret(work, stored, error, reference)
            work.leave_nothing()
            if done and known:
                await work.inbox.handled([stored.id], now)
            elif done:
                name = type(error).__name__
                await work.inbox.set_aside(stored.id, name, now, without_sender(stored.payload))
            await work.commit()
        self._committed(answers, work)
        if not known:
            level = "ERROR" if done else "WARNING"
            logger.log(level, "Update {}, attempt {}: {}, reference {}", stored.id, attempts, kind_of(error), reference)
        if not done and isinstance(error, NetworkError | RetryAfter | OSError):
            await asyncio.sleep(min(5.0, 0.25 * 2**attempts))
        return int(done)

    async def _regret(
        self, work: UnitOfWork, stored: StoredUpdate, error: Exception, reference: str
    ) -> Sequence[PressAnswer]:
        try:
            update = _read(stored.payload)
        except ValueError:
            return ()
        return await self._dispatcher.regret(
            update, error, self._dispatcher.context(work, self._runtime.clock.now()), reference
        )

    async def _ask(self, question: Unasked) -> None:
        """Ask what an update needs to be handled; its transaction was undone, lest others wait for the platform."""
        self._runtime.scenes.forget()
        await self._questions.put(question)

    def _committed(self, answers: Sequence[PressAnswer], work: UnitOfWork) -> None:
        self._questions.clear()
        self._tell(answers, work)

    def _tell(self, answers: Sequence[PressAnswer], work: UnitOfWork) -> None:
        self._told(answers)
        if work.outbox.queued and self._queued is not None:
            self._queued()

    async def _first(self, work: UnitOfWork) -> StoredUpdate | None:
        if not await self._leads(work):
            return None
        return next(iter(await work.inbox.pending(1)), None)

    async def _leads(self, work: UnitOfWork) -> bool:
        """Whether this replica holds the lease; what it remembers is let go of when another may have worked."""
        runtime = self._runtime
        wanted = (LEASE, runtime.instance, runtime.clock.now(), LEASE_SECONDS)
        if await work.leases.renew(*wanted):
            return True
        if not await leases.take(work, *wanted, runtime.gone):
            return False
        runtime.scenes.forget()
        return True

    async def _give_back(self) -> None:
        try:
            async with self._runtime.store.begin() as work:
                await work.leases.release(LEASE, self._runtime.instance)
                await work.commit()
        except Exception as error:  # noqa: BLE001 - it ends by itself
            logger.debug("The worker's lease could not be given back: {}", kind_of(error))


def _read(payload: bytes) -> Mapping[str, Any]:
    """The stored JSON; raises `ValueError` for what is none, or no object, or nested beyond all measure."""
    try:
        update = orjson.loads(payload)
    except orjson.JSONDecodeError:
        try:
            update = json.loads(payload)  # half surrogates, which orjson refuses
        except RecursionError:
            raise ValueError("too deep") from None
    if not isinstance(update, dict):
        raise ValueError("no object")  # noqa: TRY004 - it is the value that is wrong
    return update


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    await _either(stop, stop, seconds)


async def _either(first: asyncio.Event, second: asyncio.Event, seconds: float) -> None:
    """Wait for one of two events, or the time."""
    tasks = [asyncio.ensure_future(event.wait()) for event in {first, second}]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()

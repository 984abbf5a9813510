"""The queue of updates: what the bot is told, kept for a day, fetched by polling or pushed to a webhook."""

import asyncio
import itertools
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.emulator.clock import WorldClock
from bot.emulator.failures import conflict
from bot.emulator.spec import Json

KEPT_FOR = 24 * 60 * 60
"""Seconds that an update waits for its bot."""
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that the default of allowed_updates leaves out."""
TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that the bot has not confirmed yet."""

    body: Json
    since: int

    @property
    def lane(self) -> int:
        """Updates of one lane are pushed one after another: those of a chat, or of a person."""
        for inner in self.body.values():
            if isinstance(inner, dict):
                holder = inner.get("message") or inner
                chat = holder.get("chat") or holder.get("from") or holder.get("user") or {}
                return int(chat.get("id", 0))
        return 0


class UpdateQueue:
    """The updates of one bot in the order of their numbers."""

    def __init__(
        self, clock: WorldClock, kinds: Iterable[str], complain: Callable[[str], None], first: int = 730_000_001
    ) -> None:
        self._clock = clock
        self.complain = complain
        self._kinds = frozenset(kinds)
        self._numbers = itertools.count(first)
        self._waiter: asyncio.Future[None] | None = None
        self._polls = 0
        self.pending: OrderedDict[int, Waiting] = OrderedDict()
        self.allowed = self.default()
        self.log: deque[Json] = deque(maxlen=20_000)
        """The updates of late, for tests that look at what was sent."""
        self.expired = 0
        self.on_put: Callable[[int], None] | None = None
        """Told the number of each new update: the webhook listens."""

    def stamp(self) -> int:
        """The world's present second."""
        return self._clock.stamp()

    def default(self) -> frozenset[str]:
        """What a bot is sent that never said what it wants."""
        return self._kinds - ON_REQUEST

    def allow(self, kinds: list[str] | None) -> None:
        """Remembers allowed_updates: an empty list is the default, none leaves the last one standing."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or self.default()

    def put(self, kind: str, content: Json) -> Json | None:
        """Queues an update unless the bot did not ask for its kind; later changes of mind do not bring it back."""
        if kind not in self.allowed:
            return None
        return self.put_raw({kind: content})

    def put_raw(self, content: Json) -> Json:
        """Queues anything under a number of its own, also what no bot can parse."""
        number = next(self._numbers)
        body = {"update_id": number, **content}
        self.pending[number] = Waiting(body, self._clock.stamp())
        self.log.append(body)
        self.wake()
        if self.on_put is not None:
            self.on_put(number)
        return body

    def repeat(self, body: Json) -> None:
        """Sends an update once more under its old number, as the server may after a lost confirmation."""
        self.pending[body["update_id"]] = Waiting(body, self._clock.stamp())
        self.pending.move_to_end(body["update_id"], last=False)

    def forget_old(self) -> None:
        """Drops what nobody fetched for a day."""
        limit = self._clock.stamp() - KEPT_FOR
        while self.pending and next(iter(self.pending.values())).since < limit:
            self.pending.popitem(last=False)
            self.expired += 1

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is waiting now."""
        return self._waiter is not None and not self._waiter.done()

    def end_poll(self, why: str) -> None:
        """Ends a waiting long poll with a conflict."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(conflict(why))

    def wake(self) -> None:
        """Ends a long poll that waits for nothing."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def drop(self) -> None:
        """Drops everything that waits."""
        self.pending.clear()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popitem(last=False)
            return
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)

    async def take(self, *, offset: int, limit: int, timeout: float) -> list[Json]:
        """A long poll: confirms what is before the offset, then gives what waits, or waits for it.

        A poll that is still waiting when the next one comes is told of the conflict.
        """
        self._polls += 1
        mine = self._polls
        self.end_poll(TWO_POLLERS)
        self._confirm(offset)
        self.forget_old()
        if not self.pending and timeout > 0:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(self._waiter, timeout)
            except TimeoutError:
                return []
            finally:
                if mine == self._polls:
                    self._waiter = None
        return [waiting.body for waiting in itertools.islice(self.pending.values(), limit)]

"""How fast the bot speaks: one message a second in a chat, twenty a minute in a group, thirty a second in all.

The platform's limits, as far as it names them; what it answers (429) is obeyed in any case.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
MINUTE = timedelta(seconds=60)
GROUP_PER_MINUTE = 20
ALL_PER_SECOND = 30


@dataclass(slots=True)
class Pace:
    """When each queue may speak again; kept in memory, since it concerns a minute."""

    _ready: dict[str, datetime] = field(default_factory=dict)
    _minutes: dict[str, deque[datetime]] = field(default_factory=dict)
    _all: deque[datetime] = field(default_factory=deque)

    def resting(self, now: datetime) -> frozenset[str]:
        """The queues that may not speak yet."""
        for queue in [queue for queue, ready in self._ready.items() if ready <= now]:
            del self._ready[queue]
        return frozenset(self._ready)

    def room(self, now: datetime) -> int:
        """How many calls may be made now."""
        while self._all and self._all[0] <= now - SECOND:
            self._all.popleft()
        return max(0, ALL_PER_SECOND - len(self._all))

    def next_ready(self, now: datetime) -> float:
        """Seconds until another queue may speak."""
        waits = [(ready - now).total_seconds() for ready in self._ready.values()]
        if self._all and not self.room(now):
            waits.append((self._all[0] + SECOND - now).total_seconds())
        return max(0.01, min(waits, default=60.0))

    def count(self, queue: str, now: datetime, *, group: bool) -> None:
        """Count one call in a chat."""
        self._all.append(now)
        ready = now + SECOND
        if group:
            recent = self._minutes.setdefault(queue, deque())
            while recent and recent[0] <= now - MINUTE:
                recent.popleft()
            recent.append(now)
            if len(recent) >= GROUP_PER_MINUTE:
                ready = recent[0] + MINUTE
            self._forget(now)
        self._ready[queue] = max(ready, self._ready.get(queue, ready))

    def rest(self, queue: str, until: datetime) -> None:
        """Let a queue wait, as the platform told it to."""
        self._ready[queue] = max(until, self._ready.get(queue, until))

    def _forget(self, now: datetime) -> None:
        if len(self._minutes) > 1000:
            for queue in [queue for queue, times in self._minutes.items() if times[-1] <= now - MINUTE]:
                del self._minutes[queue]

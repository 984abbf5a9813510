"""The time of the world: the machine's or another's, or one that a test has set and that stands or runs on."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


class WorldClock:
    """Tells the world's time; messages, edits and expiries follow it.

    A clock that was put somewhere stands; with a `speed` it runs on from there so many times as fast as the machine's.
    """

    def __init__(self, at: datetime | Callable[[], datetime] | None = None, *, speed: float = 0) -> None:
        self.speed = speed
        self._at = at if isinstance(at, datetime) else None
        self._source = at if callable(at) else _now
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The world's present moment, aware."""
        if self._at is None:
            return self._source()
        return self._at + timedelta(seconds=(time.monotonic() - self._since) * self.speed)

    def stamp(self) -> int:
        """The present moment in whole seconds, as Telegram dates things."""
        return int(self.now().timestamp())

    def set(self, at: datetime) -> None:
        """Puts the clock at a moment."""
        if at.tzinfo is None:
            raise ValueError("a moment of the world needs its time zone")
        self._at, self._since = at, time.monotonic()

    def advance(self, **duration: float) -> None:
        """Moves the clock on, e.g. by hours=2."""
        self.set(self.now() + timedelta(**duration))

    def run(self) -> None:
        """Lets the clock follow its source again, the machine's or another."""
        self._at = None

"""The time of the world: it runs with the machine's, or stands where a test has put it."""

from datetime import UTC, datetime, timedelta


class WorldClock:
    """Tells the world's time; messages, edits and expiries follow it."""

    def __init__(self, at: datetime | None = None) -> None:
        self._at = at

    def now(self) -> datetime:
        """The world's present moment, aware."""
        return self._at or datetime.now(UTC)

    def stamp(self) -> int:
        """The present moment in whole seconds, as Telegram dates things."""
        return int(self.now().timestamp())

    def set(self, at: datetime) -> None:
        """Stops the clock at a moment."""
        if at.tzinfo is None:
            raise ValueError("a moment of the world needs its time zone")
        self._at = at

    def advance(self, **duration: float) -> None:
        """Moves a standing clock on, e.g. by hours=2."""
        self.set(self.now() + timedelta(**duration))

    def run(self) -> None:
        """Lets the clock follow the machine's again."""
        self._at = None

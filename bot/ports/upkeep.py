"""Small things that keep the bot whole: events seen, its own state, leases."""

from datetime import datetime
from typing import Protocol


class Seen(Protocol):
    """Events that must count once: albums and automatic forwards, as keyed hashes."""

    async def first(self, key: str, at: datetime) -> bool:
        """Whether an event is new; it is known from now on."""
        ...

    async def purge(self, before: datetime) -> int:
        """Forget events older than `before`."""
        ...


class State(Protocol):
    """Small facts of the bot itself: when it last listened, what its settings were."""

    async def get(self, name: str) -> str | None:
        """The stored fact."""
        ...

    async def set(self, name: str, value: str) -> None:
        """Store a fact."""
        ...


class Leases(Protocol):
    """Locks with an end, so that of several replicas one acts."""

    async def take(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Take or renew a lease; False while another holder has it."""
        ...

    async def renew(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Renew a lease that nobody else had since it was taken; False otherwise."""
        ...

    async def holder(self, name: str) -> str | None:
        """Who holds a lease, or held it last; None when it was given back."""
        ...

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        ...

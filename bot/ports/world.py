"""What stands outside the database: the clock, and the vault of keys."""

from datetime import date, datetime
from typing import Protocol


class Clock(Protocol):
    """The present moment."""

    def now(self) -> datetime:
        """The present moment, aware."""
        ...


class Vault(Protocol):
    """The keys outside the database: sealing, keyed hashes and signatures."""

    def seal(self, plain: bytes) -> bytes:
        """Encrypt with the present key; authenticated."""
        ...

    def seal_fleeting(self, plain: bytes) -> bytes:
        """Encrypt with the key of the day, so that nobody can open it once that is destroyed."""
        ...

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt; raises `BadSeal` for what was not sealed with a known key, or was altered."""
        ...

    def fleeting_name(self, purpose: str, text: str) -> str:
        """The keyed hash of a text under the key of the day."""
        ...

    def rotate_days(self, today: date) -> bool:
        """Let a fresh key be that of the day, and destroy the one before the last; whether there was need to."""
        ...

    def pseudonym(self, purpose: str, number: int) -> str:
        """The keyed hash of an id for one purpose; the same id has unlinkable hashes for other purposes."""
        ...

    def digest(self, purpose: str, text: str) -> str:
        """The keyed hash of a text for one purpose, as 32 hex digits."""
        ...

    def sign(self, text: str) -> str:
        """A short signature, 8 characters that may stand in callback data and start payloads."""
        ...

    def same(self, left: str, right: str) -> bool:
        """Whether two signatures are equal, compared in constant time."""
        ...

"""The office's places and people, and what its jobs have done for which period."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol

from bot.core.office import Binding, Code, Place, PlaceKind


class Office(Protocol):
    """Where the office works, and who has which role."""

    async def place(self, kind: PlaceKind) -> Place | None:
        """The bound place of a kind."""
        ...

    async def bind(self, place: Place) -> None:
        """Bind a place; another of its kind is replaced."""
        ...

    async def unbind(self, kind: PlaceKind) -> bool:
        """Give a place up; False when there was none."""
        ...

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a place to its new chat."""
        ...

    async def keep_code(self, code: Code) -> None:
        """Keep a one-time code; an open one for the same purpose and unit is replaced."""
        ...

    async def use_code(self, digest: str, now: datetime) -> Code | None:
        """Take a code that is still good: it can be used once. None for any other."""
        ...

    async def drop_codes(self) -> None:
        """Let no code that was made be used any more."""
        ...

    async def bindings(self, unit_id: int | None = None) -> Sequence[Binding]:
        """The people with a role, of one unit or of all."""
        ...

    async def binding(self, person: str) -> Sequence[Binding]:
        """The roles of one person."""
        ...

    async def give_role(self, binding: Binding) -> None:
        """Give a person a role at a unit; the same again changes nothing."""
        ...

    async def take_role(self, person: str, unit_id: int | None) -> bool:
        """Take a role back; False when there was none."""
        ...


class Periods(Protocol):
    """What was done for which period, so that nothing is done twice or left out."""

    async def claim(self, job: str, period: str, now: datetime) -> bool:
        """Note that a job is done for a period, in the transaction that does it; False when it was already."""
        ...

    async def last(self, job: str) -> tuple[str, datetime] | None:
        """The last period of a job, and when it was done."""
        ...

    async def latest(self, job: str, until: str) -> str | None:
        """The latest period of a job that is done, by its key, up to that of another one."""
        ...

    async def done(self, job: str, period: str) -> bool:
        """Whether a job was done for a period."""
        ...

    async def done_of(self, jobs: Sequence[str]) -> Set[tuple[str, str]]:
        """Of these jobs, however many, all that was done: job and period."""
        ...

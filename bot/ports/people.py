"""What is known of people, as keyed hashes."""

from datetime import datetime
from typing import Protocol


class People(Protocol):
    """Who opened the bot, as keyed hashes."""

    async def opened(self, person: str, language: str, at: datetime) -> None:
        """Note that somebody opened the bot (and so may be written to); an unblock too."""
        ...

    async def blocked(self, person: str) -> None:
        """Note that somebody blocked the bot."""
        ...

    async def reachable(self, person: str) -> bool:
        """Whether the bot may write to somebody."""
        ...

    async def language(self, person: str) -> str:
        """The language somebody chose or last used; empty when unknown."""
        ...

    async def choose_language(self, person: str, language: str) -> None:
        """Keep somebody's own choice, which no later message changes."""
        ...

    async def expect(self, person: str, question: str, group_id: int, at: datetime) -> None:
        """Note that the next private text of somebody answers a question (one at a time)."""
        ...

    async def expected(self, person: str, after: datetime) -> tuple[str, int] | None:
        """The question asked of somebody since `after`, with its group; None when there is none."""
        ...

    async def answered(self, person: str) -> None:
        """The question was answered or given up."""
        ...

    async def forget(self, person: str) -> None:
        """Delete all that is known of somebody."""
        ...

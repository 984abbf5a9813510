"""Questions to the platform are asked between transactions: an open one lets nobody else write, not even the receiver.

A handler that needs an answer which is not at hand raises `Unasked`. The worker undoes the transaction, asks, and
handles the updates anew with the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

Value = TypeVar("Value")
Ask = Callable[[], Awaitable[Any]]
"""Asks the platform. It raises nothing: that there is no answer is an answer too."""


AT_ONCE = 8
"""Questions put to the platform at a time, fewer than there are connections."""


class Unasked(Exception):
    """The platform has to be asked before the update can be handled."""

    def __init__(self, key: Hashable, ask: Ask) -> None:
        super().__init__()
        self.asks: dict[Hashable, Ask] = {key: ask}

    def joined(self, others: Iterable["Unasked"]) -> "Unasked":
        """The question together with others, to be asked at once: each would begin the transaction anew."""
        for other in others:
            self.asks |= other.asks
        return self


@dataclass(slots=True)
class Questions:
    """The answers to what the updates of one transaction need, however often it is begun anew."""

    answers: dict[Hashable, Any] = field(default_factory=dict)
    _under_way: dict[Hashable, asyncio.Task[Any]] = field(default_factory=dict)

    async def put(self, question: Unasked) -> None:
        """Ask, with no transaction open."""
        few = asyncio.Semaphore(AT_ONCE)

        async def put(key: Hashable, ask: Ask) -> None:
            async with few:
                self.answers[key] = await ask()

        await asyncio.gather(*(put(key, ask) for key, ask in question.asks.items()))

    def put_aside(self, key: Hashable, ask: Ask) -> None:
        """Ask meanwhile; nobody waits for the answer, which `ask` itself keeps."""
        if key not in self._under_way:
            task = self._under_way[key] = asyncio.ensure_future(ask())
            task.add_done_callback(lambda _: self._under_way.pop(key, None))

    def clear(self) -> None:
        """The transaction is committed: the next one needs answers of its own."""
        self.answers.clear()

    async def finish(self) -> None:
        """Give up what is still being asked meanwhile."""
        tasks = [*self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def answered(questions: Questions | None, key: Hashable, ask: Callable[[], Awaitable[Value]]) -> Value:
    """The answer to a question; raises `Unasked` where a worker stands by to ask it, and else asks at once."""
    if questions is None:
        return await ask()
    if key not in questions.answers:
        raise Unasked(key, ask)
    return cast("Value", questions.answers[key])


async def together(asked: Iterable[Awaitable[Value]]) -> list[Value]:
    """The answers to several questions, in order; those that are not at hand are asked for all at once."""
    found = await asyncio.gather(*asked, return_exceptions=True)
    missing = [each for each in found if isinstance(each, Unasked)]
    if missing:
        raise missing[0].joined(missing[1:])
    for each in found:
        if isinstance(each, BaseException):
            raise each
    return cast("list[Value]", found)

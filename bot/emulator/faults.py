"""Accidents on the way: a call that never arrives, an answer that is lost, a server that is slow."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from bot.emulator.failures import Refusal

When = Literal["before", "after"]


@dataclass(slots=True)
class Accident:
    """What befalls the next calls of a method: before they are done, or after, so that only the answer is lost."""

    method: str
    when: When
    times: int | None
    delay: float
    fails: bool


@dataclass(slots=True)
class Faults:
    """The accidents that are planned."""

    planned: list[Accident] = field(default_factory=list)

    def lose(self, method: str, *, when: When = "before", times: int | None = 1) -> None:
        """The next calls of a method meet 502: undone with `before`, done all the same with `after`."""
        self.planned.append(Accident(method, when, times, 0, fails=True))

    def slow(self, method: str, seconds: float, *, when: When = "before", times: int | None = 1) -> None:
        """The next calls of a method take long: before they are done, or after."""
        self.planned.append(Accident(method, when, times, seconds, fails=False))

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self.planned.clear()

    async def strike(self, method: str, when: When) -> None:
        """Lets happen what is planned for this moment of a call."""
        accident = next((one for one in self.planned if (one.method, one.when) == (method, when)), None)
        if accident is None:
            return
        if accident.times is not None:
            accident.times -= 1
            if accident.times == 0:
                self.planned.remove(accident)
        await asyncio.sleep(accident.delay)
        if accident.fails:
            raise Refusal(502, "Bad Gateway")

"""What a scheduled job is: a name, when it runs, and what it does; the scheduler is told elsewhere."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from bot.core.periods import Period, Schedule
from bot.core.policy import Policy
from bot.ports import UnitOfWork
from bot.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after so much time; the first time soon after the start."""

    interval: timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of the office's zone."""

    hour: int
    minute: int = 0


Thing = TypeVar("Thing")
MOST_FAILURES = 10
"""Failures in one run after which it is not the things that are at fault."""

Run: TypeAlias = Callable[[Runtime, datetime], Awaitable[None]]
"""Calls one service, in a unit of work of its own; it may safely run twice."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job."""

    name: str
    trigger: Every | Daily
    run: Run


async def one_by_one(
    runtime: Runtime, things: Iterable[Thing], act: Callable[[UnitOfWork, Thing], Awaitable[object]]
) -> None:
    """Do something about one thing after another, each in a transaction of its own, so that a failure loses no other.

    The first failure is raised in the end; after `MOST_FAILURES` the rest is left to the next run.
    """
    failures: list[Exception] = []
    for thing in things:
        try:
            async with runtime.store.begin() as work:
                await act(work, thing)
                await work.commit()
        except Exception as error:  # noqa: BLE001 - whatever it was, the others have their turn
            failures.append(error)
        if len(failures) == MOST_FAILURES:
            break
    if failures:
        raise failures[0]


Act: TypeAlias = Callable[[Runtime, UnitOfWork, Period, datetime], Awaitable[None]]
"""Calls one service in the transaction that is given; the caller commits."""

LOOKS = Every(timedelta(minutes=5))
"""How often it is looked whether a period is due: what was missed comes soon after a start."""


@dataclass(frozen=True, slots=True)
class PeriodJob:
    """A job that is done once for each period, whatever happens in between.

    That it was done is noted in the transaction that does it, so that a crash leaves both or neither.
    """

    name: str
    schedule: Callable[[Policy], Schedule]
    act: Act
    trigger: Every = LOOKS
    posts: bool = False
    """Whether people see what it does, so that it is rather left out than done twice."""

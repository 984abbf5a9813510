"""What a scheduled job is: a name, when it runs, and what it does; the scheduler is told elsewhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

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


Run: TypeAlias = Callable[[Runtime, datetime], Awaitable[None]]
"""Calls one service, in a unit of work of its own; it may safely run twice."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job."""

    name: str
    trigger: Every | Daily
    run: Run

"""Where a message is judged: the working time of its chat, and what the chat was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.history import History
from bot.core.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class EmergencyWindow:
    """A time for which an admin declared urgent business, with the reason given."""

    start: datetime
    end: datetime
    reason: str = ""


@dataclass(slots=True)
class Scene:
    """All that a verdict needs beside the message: one for each chat, kept from message to message."""

    worktime: WorkTime
    history: History = field(default_factory=History)
    emergencies: Sequence[EmergencyWindow] = ()
    urgent_at: datetime | None = None
    """When the chat last spoke of an emergency that was really one."""
    on_call: bool = False
    """Whether the roster of its working time knows duty hours at all; asked of every message, so kept at hand."""

    def __post_init__(self) -> None:
        self.on_call = bool(self.worktime.duty.shifts)

    def in_emergency(self, at: datetime) -> bool:
        """Whether an emergency window covers the moment."""
        return any(window.start <= at <= window.end for window in self.emergencies)

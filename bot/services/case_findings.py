"""A stub, until the findings' side is merged: what a clearing does to the findings that began a case."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.cases import Case
from bot.ports import UnitOfWork


async def take_back(work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime) -> int:
    """Mark the findings that began a case as wrong, and correct the counts; returns how many."""
    del work, case, zone, now
    return 0


async def give_back(work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime) -> int:
    """Undo that; returns how many."""
    del work, case, zone, now
    return 0

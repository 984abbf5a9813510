"""A stub, until the findings' side is merged: what a clearing does to the findings that began a case."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.cases import Case
from bot.ports import UnitOfWork
from bot.services.response import Responder

WINDOW = timedelta(days=7)


async def charged(
    work: UnitOfWork, case: Case, zone: ZoneInfo, until: datetime, marked_at: datetime | None = None
) -> Sequence[StoredFinding]:
    """The findings behind a case until a moment: those that stand, or those that were taken back at a moment."""
    if case.group_id is None or not case.findings:
        return ()
    since = _began(case.opened_on, zone) - WINDOW
    return await work.findings.of_matter(case.group_id, case.category, since, until, marked_at)


async def take_back(
    work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime, responder: Responder | None = None
) -> int:
    """Mark the findings that began a case as wrong, and correct the counts; returns how many."""
    del work, case, zone, now, responder
    return 0


async def give_back(work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime) -> int:
    """Undo that; returns how many."""
    del work, case, zone, now
    return 0


def _began(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)

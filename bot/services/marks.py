"""A finding is marked wrong, or right again, and the counts follow: by the office's review, by a case's clearing."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import manners
from bot.core.arrival import StoredFinding
from bot.core.group import Group
from bot.ports import UnitOfWork
from bot.services.intake import amounts_of
from bot.services.places import zone_of
from bot.services.response import Responder


async def mark(work: UnitOfWork, stored: StoredFinding, at: datetime | None, zone: ZoneInfo) -> Group | None:
    """Mark a finding as wrong at a moment, or (None) as right again; returns its group, None for one that is gone.

    It is for the caller to see that the mark is not there already: the counts of its day would follow twice.
    """
    await work.findings.mark_wrong(stored.id, at)
    group = await work.groups.get(stored.group_id)
    if group is not None:
        day = stored.at.astimezone(zone_of(group, zone)).date()
        await work.counts.add(group.id, day, amounts_of(stored, 1 if at is None else -1))
    return group


async def unsay(work: UnitOfWork, responder: Responder, group: Group, message_id: int, now: datetime) -> bool:
    """Take back what was said of a message, unless another finding of it stands; returns whether."""
    if manners.to_tell(await work.findings.of_message(group.id, message_id)):
        return False
    await responder.take_back(work, group, message_id, now, wrong=True)
    return True

"""A cleared charge is taken back where it was said of single messages too: signs, hints, and lines in the group.

Only once the clearing can no longer be taken back itself, for what was removed cannot be said again.
"""

from datetime import datetime, timedelta

from bot.core.case_moves import Step
from bot.core.cases import UNDO_WITHIN
from bot.ports import UnitOfWork
from bot.services import case_findings, marks
from bot.services.case_files import CaseRoom
from bot.services.response import Responder

JOB = "case_unsaying"
LOOKS_BACK = timedelta(days=3)
"""How far back clearings are looked for, as after a stop."""


async def unsay(work: UnitOfWork, room: CaseRoom, now: datetime) -> int:
    """Take back what was said of the findings of cleared cases, once for each clearing; returns of how many."""
    responder = Responder(room.policy, room.vault)
    count = 0
    for case_id, event in await work.cases.happened(now - LOOKS_BACK, now - UNDO_WITHIN):
        if event.step is not Step.CLEAR or not await work.periods.claim(JOB, f"{event.id}", now):
            continue
        case = await work.cases.get(case_id)
        if case is None:
            continue
        for stored in await case_findings.charged(work, case, room.office.zone, now, event.at):
            group = await work.groups.get(stored.group_id)
            if group is not None:
                count += await marks.unsay(work, responder, group, stored.message_id, now)
    return count

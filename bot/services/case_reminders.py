"""Once for each due day: the unit's contacts when its answer is overdue, the desk of all that the office owes.

In working time, one post at the desk a day at most, and nothing is said twice: a reminder that went unheeded is not
repeated, and stands in the list and in the digest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import manners
from bot.core.case_moves import DECIDED, UNDECIDED, CaseState
from bot.core.case_screens import CaseScreen, Party
from bot.core.case_views import view_of
from bot.core.cases import Case
from bot.core.group import Group
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech
from bot.ports import UnitOfWork
from bot.services import case_posts
from bot.services.backup import RESTORED
from bot.services.case_files import CaseRoom, contacts_of, of_unit
from bot.services.case_lines import ACTION
from bot.services.case_telling import due_key
from bot.services.office import desk_chat
from bot.services.places import worktime_of
from bot.services.scenes import Scenes

JOB = "case_reminders"
DECIDED_ONES = "decided"
_OWED = (*(state for state in CaseState if state in UNDECIDED), DECIDED_ONES)


async def remind(work: UnitOfWork, room: CaseRoom, now: datetime) -> int:
    """Remind of every due day that has passed since the last look; returns how many cases that were."""
    today, desk = room.today(now), await desk_chat(work, room.policy)
    due = [case for case in await work.cases.due_before(today) if not case.reminded]
    if not due or not await _is_working_time(work, room, now):
        return 0
    told = [case for case in due if await _perhaps_told(work, room, case)]
    owed = [case for case in due if case not in told and (desk is not None or case.state is CaseState.SENT)]
    if owed and not await work.periods.claim(JOB, f"{today}", now):
        owed = []
    for case in owed:
        if case.state is CaseState.SENT:
            await _remind_unit(work, room, case, now)
    if owed and desk is not None:
        speech = _to_desk(owed, room.policy.language)
        await work.outbox.add([Outgoing(desk, PostKind.TROUBLE, speech=speech, key=f"cases:owed:{today}")], now)
    for case in [*told, *owed]:
        await work.cases.update(replace(case, reminded=True))
    return len(owed)


async def _remind_unit(work: UnitOfWork, room: CaseRoom, case: Case, now: datetime) -> None:
    view = view_of(await of_unit(work, case, now), Party.UNIT, CaseScreen.UNIT_POST, room.today(now))
    entries = []
    for binding in await contacts_of(work, case.unit_id):
        language = await work.people.language(binding.person) or room.policy.language
        speech = case_posts.reminder(view, room.office.zone, case.id, language)
        entries.append(Outgoing(binding.user_id, PostKind.PROMPT, speech=speech, key=due_key(case, binding.person)))
    await work.outbox.add(entries, now)


def _to_desk(owed: Sequence[Case], language: str) -> Speech:
    """How many cases have reached their day, by what is owed; no unit is named."""
    counts: Mapping[str, int] = Counter(DECIDED_ONES if case.state in DECIDED else case.state.value for case in owed)
    lines = [Part.line(f"case.desk.owed_{name}", count=counts[name]) for name in _OWED if counts.get(name)]
    button = Button(Part("case.button.open"), f"{ACTION}:l:open:0")
    return Speech((Part("case.desk.owed"), *lines), language, ((button,),))


async def _is_working_time(work: UnitOfWork, room: CaseRoom, now: datetime) -> bool:
    return manners.may_post(await worktime_of(work, Scenes(), room.office, Group(0, ""), now), now)


async def _perhaps_told(work: UnitOfWork, room: CaseRoom, case: Case) -> bool:
    """Whether a due day had passed before a backup was put back: it may have been told since, and is not again."""
    restored = await work.state.get(RESTORED)
    return restored is not None and case.is_overdue(room.today(datetime.fromisoformat(restored)))

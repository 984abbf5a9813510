"""Findings that come together in one group are put before the office as a case, and fall with it when it is cleared.

A machine only asks: the case is *suspected*, and a person decides. Who answers at night carries the load, so what only
answers never makes a case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.arrival import StoredFinding
from bot.core.case_moves import DECIDED, UNDECIDED, CaseState, Step
from bot.core.cases import Case, opened
from bot.core.changes import Change, Role
from bot.core.group import Group, GroupState
from bot.core.ledger_log import CASE
from bot.core.model import Category
from bot.core.policy import Policy
from bot.core.reports import SAME_MATTER_DAYS
from bot.core.speech import Speech
from bot.ports import UnitOfWork
from bot.services.marks import mark
from bot.services.office import tell_desk
from bot.services.places import OfficeTime

WINDOW = timedelta(days=7)
"""How far back findings are counted together; those that began a case reach as far back from its first day."""
MOST = 10_000
"""Undecided cases whose counts are looked at in one run."""


async def open_cases(work: UnitOfWork, policy: Policy, office: OfficeTime, now: datetime) -> int:
    """Open a case for each group and category with enough findings of a week; returns how many are new.

    The counts of open cases follow. The desk is told once of the new ones. Doing it twice on a day changes nothing.
    """
    today = office.today(now)
    new = 0
    counted = await work.findings.by_matter(now - WINDOW, now)
    for (group_id, category), count in counted.items():
        group = await work.groups.get(group_id)
        if count < policy.case_findings or group is None or group.state is not GroupState.WATCHING:
            continue
        new += await _begun(work, policy, group, category, count, office, now)
    await _follow(work, office.zone, now)
    if new:
        speech = Speech.of("case_file.found", policy.language, count=new, least=policy.case_findings)
        await tell_desk(work, policy, speech, now, f"cases:found:{today}")
    return new


async def _begun(
    work: UnitOfWork, policy: Policy, group: Group, category: Category, count: int, office: OfficeTime, now: datetime
) -> bool:
    """Whether a new case begins: not beside one that is not decided, nor for what was decided already."""
    today = office.today(now)
    alike = await work.cases.of_matter(category, group.id, date.min)
    undecided = next((each for each in alike if each.state in UNDECIDED), None)
    if undecided is not None:
        if not undecided.findings:  # what people reported is found by the rules too; the count itself follows
            await work.cases.update(replace(undecided, findings=count))
        return False
    lately = [each for each in alike if each.moved_on >= today - timedelta(days=SAME_MATTER_DAYS)]
    if any(each.outcome is CaseState.CLEARED for each in lately):
        return False  # it was just said that this is no burden; a machine does not contradict within the month
    since = await _not_decided_before(work, alike, now - WINDOW)
    fresh = await work.findings.of_matter(group.id, category, since, now)
    if len(fresh) < policy.case_findings:
        return False
    row = await work.objects.of_group(group.id)
    unit_id = None if row is None else row.unit_id
    case = Case(category, today, today, group_id=group.id, unit_id=unit_id, findings=len(fresh))
    case = await work.cases.add(opened(case, policy.case_terms, office.works))
    state = {"state": case.state.value, "category": category.value}
    await work.changes.append([Change(now, Role.SYSTEM, CASE, case.id, {}, state)])
    return True


async def _follow(work: UnitOfWork, zone: ZoneInfo, now: datetime) -> None:
    """Let the counts of the cases that findings began be those of today, until they are decided."""
    for case in await work.cases.in_states(UNDECIDED, MOST):
        if case.findings and await _is_on_record(work, case, zone):
            count = len(await charged(work, case, zone, now))
            if count != case.findings:
                await work.cases.update(replace(case, findings=count))


async def _is_on_record(work: UnitOfWork, case: Case, zone: ZoneInfo) -> bool:
    """Whether what was found is still there: the records of a group may have been deleted since the case began."""
    group = None if case.group_id is None else await work.groups.get(case.group_id)
    since = None if group is None else group.watching_since
    return since is not None and since.astimezone(zone).date() < case.opened_on


async def charged(
    work: UnitOfWork, case: Case, zone: ZoneInfo, until: datetime, marked_at: datetime | None = None
) -> Sequence[StoredFinding]:
    """The findings behind a case until a moment: those that stand, or those that were taken back at a moment."""
    if case.group_id is None or not case.findings:
        return ()
    alike = await work.cases.of_matter(case.category, case.group_id, date.min)
    earlier = [each for each in alike if each.id < case.id]
    since = await _not_decided_before(work, earlier, datetime.combine(case.opened_on, time(), zone) - WINDOW)
    return await work.findings.of_matter(case.group_id, case.category, since, until, marked_at)


async def take_back(work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime) -> int:
    """A case is cleared: the findings that began it are marked wrong and the counts corrected; returns how many.

    What was said of their messages is taken back later (`case_unsaying`), for that cannot be undone.
    """
    found = await charged(work, case, zone, now)
    for stored in found:
        await mark(work, stored, now, zone)
    return len(found)


async def give_back(work: UnitOfWork, case: Case, zone: ZoneInfo, now: datetime) -> int:
    """The last clearing is undone: exactly what was marked at its moment stands again; returns how many."""
    cleared = [event.at for event in await work.cases.events(case.id) if event.step is Step.CLEAR]
    found = await charged(work, case, zone, now, cleared[-1]) if cleared else ()
    for stored in found:
        await mark(work, stored, None, zone)
    return len(found)


async def _not_decided_before(work: UnitOfWork, cases: Iterable[Case], moment: datetime) -> datetime:
    """A moment, or the later one at which one of these cases was decided: what lies before that is its own."""
    for case in cases:
        for event in await work.cases.events(case.id):
            if event.after in DECIDED and not event.undone and event.at > moment:
                moment = event.at
    return moment

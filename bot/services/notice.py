"""The figures and the cases of a quarter's notice are gathered; that it was made is noted on the cases in it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.campaign import campaign
from bot.core.case_moves import CaseState
from bot.core.cases import Shown
from bot.core.changes import Change, Role
from bot.core.ledger_log import CASE
from bot.core.model import Category, Clause
from bot.core.notice import TOLD, Notice, Told, decision, may_be_told, told
from bot.core.periods import Period
from bot.core.policy import Policy
from bot.ports import UnitOfWork
from bot.services.digest import beginnings, gather, weighed
from bot.services.snapshot import bounds, ledger_on

FIRST_DAYS = 7
"""Days of a quarter among which the first one that was counted is looked for."""


async def gather_notice(
    work: UnitOfWork,
    policy: Policy,
    zone: ZoneInfo,
    quarter: Period,
    clauses: Mapping[Category, Clause],
    now: datetime,
) -> Notice:
    """The figures of a quarter, beside those of the one before."""
    data = await gather(work, policy, zone, quarter, now)
    _, rows = await ledger_on(work, bounds(quarter.first, quarter.last, zone)[1])
    began = await beginnings(work, rows, zone)
    today = min(quarter.last, now.astimezone(zone).date())
    moved = await weighed(work, campaign(rows, began, quarter.first, quarter.last), today)
    found = await work.snapshots.over([quarter.first + timedelta(days=step) for step in range(FIRST_DAYS)])
    first = min(found, default=None)
    over = None if first is None else (found[first][1], found[first][0])
    return await _with_cases(work, Notice(data, moved, clauses, over), zone, quarter, now)


async def make_notice(
    work: UnitOfWork,
    policy: Policy,
    zone: ZoneInfo,
    quarter: Period,
    clauses: Mapping[Category, Clause],
    now: datetime,
) -> Notice:
    """The notice of a quarter; its cases are noted as shown in one, so that a clearing will be shown as widely."""
    notice = await gather_notice(work, policy, zone, quarter, clauses, now)
    ids = [each.number for each in (*notice.confirmed, *notice.examples)]
    known = {id_ for id_ in ids if (case := await work.cases.get(id_)) is not None and Shown.NOTICE in case.shown}
    new = [id_ for id_ in ids if id_ not in known]
    await work.cases.show(new, Shown.NOTICE)
    shown = {"shown": Shown.NOTICE.value}
    await work.changes.append([Change(now, Role.OFFICE, CASE, id_, {}, shown, reason=quarter.key) for id_ in new])
    return notice


async def _with_cases(work: UnitOfWork, notice: Notice, zone: ZoneInfo, quarter: Period, now: datetime) -> Notice:
    """The notice with what was decided in its quarter and stands."""
    start, end = bounds(quarter.first, quarter.last, zone)
    today = now.astimezone(zone).date()
    found: dict[CaseState, list[Told]] = {each: [] for each in TOLD}
    wordless = 0
    for id_ in sorted({case_id for case_id, event in await work.cases.happened(start, end) if event.after in TOLD}):
        case, events = await work.cases.get(id_), await work.cases.events(id_)
        last = decision(events)
        if case is None or last is None or not may_be_told(case, today) or not start <= last.at < end:
            continue
        if case.sealed_off:
            wordless += 1
        else:
            found[last.after].append(told(case, events, last.at.astimezone(zone).date()))
    confirmed, examples = found[CaseState.CONFIRMED], found[CaseState.CORRECTED]
    return replace(notice, confirmed=confirmed, examples=examples, wordless=wordless)

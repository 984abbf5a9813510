"""Reports are shown to the office in batches, at set times, in no order: only then they become part of a case.

So neither the moment nor the order of reports tells who made one. What the log tells is the moment of the batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.core import manners
from bot.core.case_moves import OPEN
from bot.core.cases import Case, Terms, Works, opened
from bot.core.changes import Change, Role, State
from bot.core.ledger_log import CASE
from bot.core.model import Category
from bot.core.policy import Policy
from bot.core.reports import SAME_MATTER_DAYS, Matter, Report, ReportState, batched, matter_of
from bot.core.speech import Part, Speech
from bot.core.worktime import WorkTime
from bot.ports import UnitOfWork
from bot.services.office import tell_desk

JOB = "reports"
AT = (time(11), time(16))
"""When batches are shown, on working days of the office."""
MOST = 10_000
"""Open cases whose reports are counted anew."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch brought: cases it opened, cases that it made larger, words of reporters that were held back.

    `again` counts the new cases of a matter that was done with of late.
    """

    new: tuple[Case, ...] = ()
    grown: tuple[Case, ...] = ()
    notes: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """What the opening of a case needs to know."""

    today: date
    terms: Terms
    works: Works
    now: datetime


def slot(worktime: WorkTime, now: datetime) -> str | None:
    """The name of the batch that is due, once its time has come and the office works; None when there is none."""
    at = worktime.local(now)
    passed = [each for each in AT if each <= at.time()]
    if not passed or not manners.may_post(worktime, at):
        return None
    return f"{at.date()}T{passed[-1]:%H}"


@dataclass(slots=True)
class _Elsewhere:
    """The open cases of what stands in no watched group, by the places in their reports.

    They are read once for a batch: among thousands of such cases, as a flood leaves them, each report would search all.
    """

    work: UnitOfWork
    today: date
    _known: dict[Category, dict[Matter, int]] = field(default_factory=dict)

    async def case(self, matter: Matter) -> Case | None:
        """The open case of a matter, the newest where there are several."""
        if not matter.place:
            return None
        if matter.category not in self._known:
            since = self.today - timedelta(days=SAME_MATTER_DAYS)
            open_ = [each.id for each in await self.work.cases.of_matter(matter.category, None, since) if each.is_open]
            found = sorted(await self.work.reports.of_cases(open_), key=lambda report: report.case_id or 0)
            self._known[matter.category] = {matter_of(each): each.case_id or 0 for each in found}
        id_ = self._known[matter.category].get(matter)
        return None if id_ is None else await self.work.cases.get(id_)


async def release(work: UnitOfWork, opening: Opening) -> Batch:
    """Put what is held back before the office; the caller commits."""
    new: list[Case] = []
    grown: list[Case] = []
    elsewhere = _Elsewhere(work, opening.today)
    for reports in batched(await work.reports.held()):
        case, fresh = await _taken(work, opening, reports, elsewhere)
        (new if fresh else grown).append(case)
    notes = await work.reports.release_notes()
    await _recount(work)
    again = [case for case in new if await former_of(work, case, opening.today) is not None]
    return Batch(tuple(new), tuple(grown), len(notes), len(again))


async def _taken(
    work: UnitOfWork, opening: Opening, reports: Sequence[Report], elsewhere: _Elsewhere
) -> tuple[Case, bool]:
    """The case that takes reports of one matter, and whether it is new."""
    matter = matter_of(reports[0])
    known = await (elsewhere.case(matter) if matter.group_id is None else open_case(work, matter, opening.today))
    fresh = known is None
    case = known or await _opened(work, opening, matter)
    before, after = case.reports, case.reports + len(reports)
    case = replace(case, reports=after)
    await work.cases.update(case)
    joined = "" if fresh else case.state.value
    for report in reports:
        await work.reports.update(replace(report, state=ReportState.OPEN, case_id=case.id, joined=joined))
    former: State = {} if fresh else {"reports": before}
    present: State = {"state": case.state.value} if fresh else {"reports": after}
    await work.changes.append([Change(opening.now, Role.SYSTEM, CASE, case.id, former, present)])
    return case, fresh


async def _opened(work: UnitOfWork, opening: Opening, matter: Matter) -> Case:
    """A new case. The place in the reporter's words stays with the report, for a case is shown to its unit."""
    row = None if matter.group_id is None else await work.objects.of_group(matter.group_id)
    case = Case(
        *(matter.category, opening.today, opening.today),
        group_id=matter.group_id,
        unit_id=None if row is None else row.unit_id,
    )
    return await work.cases.add(opened(case, opening.terms, opening.works))


async def open_case(work: UnitOfWork, matter: Matter, today: date) -> Case | None:
    """The open case of a group's matter that moved of late; one that is done with is never reopened by a machine."""
    return next((each for each in await _alike(work, matter, today) if each.is_open), None)


async def former_of(work: UnitOfWork, case: Case, today: date) -> Case | None:
    """The case of the same matter that was done with of late, to be named to the office beside a new one."""
    if case.group_id is None:
        return None
    alike = await _alike(work, Matter(case.category, case.group_id), today)
    return next((each for each in alike if not each.is_open and each.id < case.id), None)


async def _alike(work: UnitOfWork, matter: Matter, today: date) -> Sequence[Case]:
    """The cases of a group's matter that moved of late, the newest first."""
    return await work.cases.of_matter(matter.category, matter.group_id, today - timedelta(days=SAME_MATTER_DAYS))


async def _recount(work: UnitOfWork) -> None:
    """Leave out of the open cases what was withdrawn since the last batch."""
    cases = [each for each in await work.cases.in_states(OPEN, MOST) if each.reports]
    counts = await work.reports.counts([each.id for each in cases]) if cases else {}
    for case in cases:
        if counts.get(case.id, 0) != case.reports:
            await work.cases.update(replace(case, reports=counts.get(case.id, 0)))


async def tell(work: UnitOfWork, policy: Policy, batch: Batch, key: str, now: datetime) -> None:
    """One post at the desk for a batch, where a matter has enough reports for it; no kind and no group is in it."""
    new = sum(each.reports >= policy.reports_ping for each in batch.new)
    grown = sum(each.reports >= policy.reports_ping for each in batch.grown)
    parts = [Part("report.desk.batch", {"new": new, "grown": grown})] if new or grown else []
    if batch.notes:
        parts.append(Part("report.desk.notes", {"count": batch.notes}))
    if not parts:
        return
    if batch.again and new:
        parts.append(Part("report.desk.again", {"count": batch.again}))
    speech = Speech((*parts, Part("report.desk.look")), policy.language)
    await tell_desk(work, policy, speech, now, f"reports:{key}")

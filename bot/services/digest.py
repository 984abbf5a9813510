"""The digest of a week or a month: its numbers are gathered, and it is posted once to the office's places."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import matters as alike
from bot.core.campaign import Campaign, Fate, campaign
from bot.core.case_counts import CaseCounts, counted
from bot.core.digest import FEWEST_MEMBERS, DigestData, Unseen
from bot.core.dissolve import LifeStage, stage_of
from bot.core.exemption import UrgentWindow
from bot.core.group import Gap, Group
from bot.core.ledger import LedgerObject, ObjectState
from bot.core.load import Load, together
from bot.core.model import Category, Fact
from bot.core.onegroup import POLICY_CAP, single
from bot.core.periods import Period, before
from bot.core.policy import Policy
from bot.core.unit_tree import UnitTree
from bot.ports import UnitOfWork
from bot.services.intake import FOUND
from bot.services.snapshot import bounds, ledger_on, merged_gaps, watched_in

TREND = 8
"""Periods that the trend of units goes back."""
COMPARED_DAYS = 7
"""Days before and after a merger whose load is compared, and the fewest after it that tell anything."""
FEWEST_DAYS = 3
MOST_COMPARED = 100
"""Mergers of one period that are weighed; of more, what is beyond is merged and no more."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was counted in the watched groups of one period; `shown` without those too small to tell kinds apart."""

    counts: Counter[str]
    shown: Counter[str]
    load: Load


async def gather(work: UnitOfWork, policy: Policy, zone: ZoneInfo, period: Period, now: datetime) -> DigestData:
    """The numbers of a period, of one that still runs up to now. The ledger is taken as it was at its end."""
    start, end = bounds(period.first, period.last, zone)
    until = max(start, min(end, now))
    groups = {group.id: group for group in await work.groups.all() if watched_in(group, start, until)}
    units, rows = await ledger_on(work, end)
    data = await _counted(work, period, rows, groups)
    data = _unseen(data, await work.groups.gaps_between(start, until), groups, until, zone)
    data = _windows(data, await work.exemptions.windows(start), start, until)
    data = await _ledger(work, policy, data, rows, UnitTree.of(units), zone, now)
    base = policy.base_forms
    return replace(
        data,
        cap=policy.groups_per_unit,
        cap_is_local=policy.groups_per_unit != POLICY_CAP,
        over=await _trend(work, period, now.astimezone(zone).date()),
        taken_back=await work.findings.taken_back(start, until),
        posts=dict(await work.posts.totals(start, until)),
        forms_year=await work.counts.forms(date(period.last.year, 1, 1), period.last) if base else 0,
        cases=await case_counts(work, zone, period, now),
        base_year=base.year if base else 0,
        base_forms=base.forms if base else 0,
    )


async def _counted(
    work: UnitOfWork, period: Period, rows: Sequence[LedgerObject], groups: Mapping[int, Group]
) -> DigestData:
    """What was counted in groups in this period and the one before it; of those that are gone by now too."""
    members = {row.group_id: row.members for row in rows if row.group_id is not None}
    known = [count for id_ in groups if (count := members.get(id_)) is not None]
    now, then = [await _seen(work, each, members) for each in (period, before(period))]
    return DigestData(
        *(period.first, period.last, period.per),
        groups=len(groups),
        members=sum(known),
        load=now.load,
        load_before=then.load,
        categories=_categories(now.shown),
        categories_before=_categories(then.shown),
        hidden=_findings(now.counts) - _findings(now.shown),
        hidden_before=_findings(then.counts) - _findings(then.shown),
        answers=now.shown["answers"],
        provisional=now.counts["provisional"],
        forms=now.counts[Fact.DATA_COLLECTION],
        forms_before=then.counts[Fact.DATA_COLLECTION],
    )


async def _seen(work: UnitOfWork, period: Period, members: Mapping[int, int | None]) -> _Seen:
    sums = await work.counts.by_group(period.first, period.last)
    small = _too_small(sums, members)
    total, shown = Counter[str](), Counter[str]()
    for group_id, each in sums.items():
        total.update(each)
        if group_id not in small:
            shown.update(each)
    days = (period.last - period.first).days + 1
    load = together(Load.of_counts(each, members.get(group_id), days) for group_id, each in sums.items())
    return _Seen(total, shown, load)


def _too_small(sums: Mapping[int, Mapping[str, int]], members: Mapping[int, int | None]) -> Set[int]:
    """The groups with findings and so few members that a kind could point to one of them; enough of them hide another.

    Of whose size nothing is known counts as small. Whoever is in the large groups knows what was not written there.
    """
    if sum(count or 0 for count in members.values()) < FEWEST_MEMBERS:
        return frozenset()  # no kind is shown at all
    small = {id_ for id_ in sums if (members.get(id_) or 0) < FEWEST_MEMBERS and _findings(sums[id_])}
    together = sum(members.get(id_) or 0 for id_ in small)
    return frozenset() if len(small) > 1 and together >= FEWEST_MEMBERS else small


def _findings(counts: Mapping[str, int]) -> int:
    return sum(_categories(counts).values())


def _categories(counts: Mapping[str, int]) -> Mapping[Category, int]:
    return {each: counts[FOUND + each.value] for each in Category if counts.get(FOUND + each.value, 0) > 0}


async def case_counts(work: UnitOfWork, zone: ZoneInfo, period: Period, now: datetime) -> CaseCounts:
    """What was done with cases, and what was owed beyond its day when the period ended (of one that runs: now)."""
    start, end = bounds(period.first, period.last, zone)
    day = min(period.last + timedelta(days=1), now.astimezone(zone).date())
    opened = await work.cases.opened_between(period.first, period.last)
    steps = await work.cases.happened(start, max(start, min(end, now)))
    return counted(opened, steps, await work.cases.due_before(day), day)


async def _trend(work: UnitOfWork, period: Period, today: date) -> tuple[tuple[date, int, int], ...]:
    """Units above their cap at the end of this period and those before it, as far as these days were counted."""
    latest = await work.snapshots.last_day(min(period.last, today))
    days = [latest] if latest is not None and latest >= period.first else []
    for _ in range(TREND - 1):
        period = before(period)
        days.append(period.last)
    found = await work.snapshots.over(days)
    return tuple((day, above, units) for day, (units, above) in sorted(found.items()))


def _unseen(
    data: DigestData, gaps: Sequence[Gap], groups: Mapping[int, Group], until: datetime, zone: ZoneInfo
) -> DigestData:
    """The times in which watched groups were not seen, within the period."""
    start, _ = bounds(data.first, data.last, zone)
    mine = [replace(gap, since=max(gap.since, start)) for gap in gaps if gap.group_id in groups]
    spans = merged_gaps(sorted(mine, key=lambda gap: gap.since))
    told = [
        Unseen(
            since.astimezone(zone),
            ended.astimezone(zone) if ended is not None and ended < until else None,
            len(of),
        )
        for since, ended, of in spans
    ]
    return replace(data, unseen=tuple(told), unseen_groups=len({gap.group_id for gap in mine}))


def _windows(data: DigestData, windows: Iterable[UrgentWindow], start: datetime, until: datetime) -> DigestData:
    """The emergency windows that reach into the period, and their hours in it."""
    spans = [(max(each.start, start), min(each.end, until)) for each in windows]
    lasting = [end - begin for begin, end in spans if end > begin]
    hours = sum(lasting, timedelta()) / timedelta(hours=1)
    return replace(data, windows=len(lasting), window_hours=round(hours))


async def _ledger(
    work: UnitOfWork,
    policy: Policy,
    data: DigestData,
    rows: Sequence[LedgerObject],
    tree: UnitTree,
    zone: ZoneInfo,
    now: datetime,
) -> DigestData:
    """What came to an end, came anew, or came back."""
    terms, today = policy.terms, min(data.last, now.astimezone(zone).date())
    began = await beginnings(work, rows, zone)
    running = single(rows)
    stages = Counter(stage_of(row, terms, today) for row in running if row.end_date is not None)
    ended = [row for row in rows if row.state.ended]
    moved = await weighed(work, campaign(ended, began, data.first, data.last), today)
    return replace(
        data,
        closing=stages[LifeStage.DUE],
        closing_days=max(terms.prompt_days, default=0),
        overdue=stages[LifeStage.OVERDUE],
        grace_days=terms.grace_days,
        fresh=sum(data.first <= began[row.id] <= data.last for row in running if row.id in began),
        dissolved=moved.count(Fate.DISSOLVED),
        merged=moved.count(Fate.MERGED),
        relieved=moved.relieved,
        rebounds=len(alike.rebounds(rows, began, data.first, data.last, policy.rebound_days)),
        rebound_days=policy.rebound_days,
        matters=len(alike.matters(running, tree)),
    )


async def beginnings(work: UnitOfWork, rows: Iterable[LedgerObject], zone: ZoneInfo) -> Mapping[int, date]:
    """When the group of a row began: as the ledger states it, else the office's day on which the bot came to see it."""
    moments = {group.id: group.joined_at for group in await work.groups.all()}
    joined = {id_: moment.astimezone(zone).date() for id_, moment in moments.items() if moment is not None}
    found = ((row.id, row.created_on or joined.get(row.group_id or 0)) for row in rows)
    return {id_: day for id_, day in found if day is not None}


async def weighed(work: UnitOfWork, moved: Campaign, today: date) -> Campaign:
    """A campaign whose mergers say whether they relieved anybody, where both groups were watched long enough."""
    merged = [case.row for case in moved.cases if case.fate is Fate.MERGED][:MOST_COMPARED]
    loads = {row.id: pair for row in merged if (pair := await _loads(work, row, today)) is not None}
    if not loads:
        return moved
    rows = [case.row for case in moved.cases]
    began = {case.row.id: case.began for case in moved.cases if case.began is not None}
    return campaign(rows, began, moved.first, moved.last, loads)


async def _loads(work: UnitOfWork, row: LedgerObject, today: date) -> tuple[Load, Load] | None:
    """What the members of both groups had to read before a merger, and those of the one group after it."""
    into = None if row.merged_into is None else await work.objects.get(row.merged_into)
    day = row.closed_on
    if day is None or into is None or into.group_id is None or row.group_id is None or into.state is ObjectState.MERGED:
        return None
    length = min(COMPARED_DAYS, (today - day).days)
    if length < FEWEST_DAYS or row.members is None or into.members is None:
        return None
    first, last = day - timedelta(days=length), day - timedelta(days=1)
    earlier = [
        Load.of_counts(await work.counts.sums(group_id, first, last), members, length)
        for group_id, members in ((row.group_id, row.members), (into.group_id, max(0, into.members - row.members)))
    ]
    later = await work.counts.sums(into.group_id, day + timedelta(days=1), day + timedelta(days=length))
    return together(earlier), Load.of_counts(later, into.members, length)

"""Every unit counted for every day: its groups against the rule, and the load beside the count."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.group import Gap, Group
from bot.core.ledger import LedgerObject
from bot.core.ledger_log import OBJECT, UNIT
from bot.core.ledger_past import as_of
from bot.core.load import Load
from bot.core.onegroup import Watched, count_units
from bot.core.policy import Policy
from bot.core.units import Unit
from bot.ports import UnitOfWork


async def take(work: UnitOfWork, policy: Policy, zone: ZoneInfo, day: date) -> int:
    """Count all open units for a day that has ended; returns how many. Safe to repeat.

    The ledger is taken as it was when the day ended, also when that was a while ago: its log is read backwards.
    Messages are known by day anyway.
    """
    start, end = bounds(day, day, zone)
    units, rows = await ledger_on(work, end)
    members = {row.group_id: row.members for row in rows if row.group_id is not None}
    gaps = await work.groups.gaps_between(start, end)
    counts = await work.counts.by_group(day, day)
    blind = {gap.group_id for gap in gaps}
    watched = {
        group.id: Watched(
            Load.of_counts(counts.get(group.id, {}), members.get(group.id)),
            whole=group.id not in blind and began_before(group, start),
        )
        for group in await work.groups.all()
        if watched_in(group, start, end)
    }
    days = count_units(units, rows, watched, day, policy.groups_per_unit, policy.terms)
    await work.snapshots.put(days)
    return len(days)


def bounds(first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments at which a stretch of days begins, and after which it has ended."""
    start, end = datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)
    return start, end


async def ledger_on(work: UnitOfWork, end: datetime) -> tuple[Sequence[Unit], Sequence[LedgerObject]]:
    """The units and all rows as they were before a moment, in the ledger's order, ended ones too."""
    units, rows = await work.units.all(ended=True), await work.objects.all(ended=True)
    later = {noun: await work.changes.since(end, noun) for noun in (UNIT, OBJECT)}
    return (
        as_of(units, later[UNIT]) if later[UNIT] else units,
        as_of(rows, later[OBJECT]) if later[OBJECT] else rows,
    )


def began_before(group: Group, moment: datetime) -> bool:
    """Whether a group was watched before a moment."""
    return group.watching_since is not None and group.watching_since < moment


def watched_in(group: Group, start: datetime, end: datetime) -> bool:
    """Whether a group was watched at any time of a stretch."""
    return began_before(group, end) and not _gone(group, start)


def merged_gaps(gaps: Sequence[Gap]) -> Sequence[tuple[datetime, datetime | None, frozenset[int]]]:
    """Gaps that touch one another told as one: since when, until when, and of which groups. They come in order."""
    found: list[tuple[datetime, datetime | None, frozenset[int]]] = []
    for gap in gaps:
        if found:
            since, until, groups = found[-1]
            if until is None or gap.since <= until:
                later = None if until is None or gap.until is None else max(until, gap.until)
                found[-1] = since, later, groups | {gap.group_id}
                continue
        found.append((gap.since, gap.until, frozenset({gap.group_id})))
    return found


def _gone(group: Group, moment: datetime) -> bool:
    return group.left_at is not None and group.left_at <= moment

"""All units in the ledger's order with their counts and load: for the office's desk alone, and never an assessment."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.digest import FEWEST_MEMBERS
from bot.core.load import Load
from bot.core.periods import Period, before
from bot.core.snapshot import UnitDay
from bot.core.unit_sheet import UnitLine, UnitSheet
from bot.core.unit_tree import UnitTree
from bot.ports import UnitOfWork
from bot.services.digest import case_counts


async def desk_sheet(work: UnitOfWork, zone: ZoneInfo, period: Period, now: datetime) -> UnitSheet:
    """The sheet as the desk gets it, with the numbers of cases."""
    return replace(await unit_sheet(work, period), cases=await case_counts(work, zone, period, now))


async def unit_sheet(work: UnitOfWork, period: Period) -> UnitSheet:
    """The sheet, in the ledger's order, which is no order of merit."""
    unassigned = sum(not row.state.ended for row in await work.objects.of_unit(None))
    day = await work.snapshots.last_day(period.last)
    if day is None or day < period.first:
        return UnitSheet(period, None, (), unassigned)
    counted = {each.unit_id: each for each in await work.snapshots.of_day(day)}
    earlier = {each.unit_id: each for each in await work.snapshots.of_day(before(period).last)}
    loads = await work.snapshots.loads(period.first, day)
    tree = UnitTree.of(await work.units.all(ended=True))
    lines = [
        UnitLine(
            tree.path(unit.id),
            counted[unit.id],
            earlier[unit.id].standing if unit.id in earlier else None,
            _shown(counted[unit.id], loads.get(unit.id)),
        )
        for unit in tree.units.values()
        if unit.id in counted
    ]
    return UnitSheet(period, day, lines, unassigned)


def _shown(day: UnitDay, load: Load | None) -> Load | None:
    return None if load is None or not day.seen or day.members < FEWEST_MEMBERS else load

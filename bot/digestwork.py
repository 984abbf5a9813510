"""The host's own access to digests, the sheet of units, notices and campaigns, on the database of the settings."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from bot.bookkeeping import book
from bot.core.campaign import Campaign, campaign
from bot.core.digest import DigestData
from bot.core.model import Category, Clause
from bot.core.notice import Notice
from bot.core.periods import Period
from bot.core.unit_sheet import UnitSheet
from bot.core.unit_tree import UnitTree
from bot.services.digest import beginnings, gather, weighed
from bot.services.digest_sheet import desk_sheet
from bot.services.notice import make_notice
from bot.services.snapshot import bounds, ledger_on
from config.rules import load_rules
from config.settings import Settings


async def digest(settings: Settings, period: Period) -> DigestData:
    """The numbers of a period. Raises `BadMoment` for the zone of the settings."""
    async with book(settings) as store, store.begin() as work:
        return await gather(work, settings.policy(), settings.time_zone(), period, datetime.now(UTC))


async def units(settings: Settings, period: Period) -> UnitSheet:
    """The sheet of all units of a period."""
    async with book(settings) as store, store.begin() as work:
        return await desk_sheet(work, settings.time_zone(), period, datetime.now(UTC))


async def notice(settings: Settings, quarter: Period) -> Notice:
    """The notice of a quarter; its cases are noted as shown in one."""
    async with book(settings) as store, store.begin() as work:
        clauses = _clauses(settings)
        made = await make_notice(work, settings.policy(), settings.time_zone(), quarter, clauses, datetime.now(UTC))
        await work.commit()
    return made


async def clean_up(settings: Settings, first: date, last: date) -> tuple[Campaign, Mapping[int, str]]:
    """The clean-up between two dates, and the way to each unit by its number."""
    zone, now = settings.time_zone(), datetime.now(UTC)
    async with book(settings) as store, store.begin() as work:
        tree, rows = await ledger_on(work, bounds(first, last, zone)[1])
        moved = campaign(rows, await beginnings(work, rows, zone), first, last)
        moved = await weighed(work, moved, min(last, now.astimezone(zone).date()))
        paths = UnitTree.of(tree)
        return moved, {id_: paths.path(id_) for id_ in {case.row.unit_id for case in moved.cases} if id_ is not None}


def today(settings: Settings) -> date:
    """The day it is in the office's zone."""
    return datetime.now(UTC).astimezone(settings.time_zone()).date()


def _clauses(settings: Settings) -> Mapping[Category, Clause]:
    entries = load_rules(settings.rules).entries
    return {Category(entry.category): entry.clause for entry in entries if entry.category in set(Category)}

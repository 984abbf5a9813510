"""The host's own access to digests, the sheet of units, notices and campaigns, on the database of the settings."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.core.campaign import Campaign, campaign
from bot.core.digest import DigestData
from bot.core.errors import BadMoment
from bot.core.model import Category, Clause
from bot.core.notice import Notice
from bot.core.periods import Period
from bot.core.unit_sheet import UnitSheet
from bot.core.unit_tree import UnitTree
from bot.ports import UnitOfWork
from bot.services.digest import beginnings, gather, weighed
from bot.services.digest_sheet import unit_sheet
from bot.services.notice import gather_notice
from bot.services.snapshot import bounds, ledger_on
from config.rules import load_rules
from config.settings import Settings
from storage.crypto import open_vault
from storage.unit_of_work import open_store


async def digest(settings: Settings, period: Period) -> DigestData:
    """The numbers of a period. Raises `BadMoment` for the zone of the settings."""
    async with _opened(settings) as work:
        return await gather(work, settings.policy(), _zone(settings), period, datetime.now(UTC))


async def units(settings: Settings, period: Period) -> UnitSheet:
    """The sheet of all units of a period."""
    async with _opened(settings) as work:
        return await unit_sheet(work, period)


async def notice(settings: Settings, quarter: Period) -> Notice:
    """The figures for the notice of a quarter."""
    async with _opened(settings) as work:
        clauses = _clauses(settings)
        return await gather_notice(work, settings.policy(), _zone(settings), quarter, clauses, datetime.now(UTC))


async def clean_up(settings: Settings, first: date, last: date) -> tuple[Campaign, Mapping[int, str]]:
    """The clean-up between two dates, and the way to each unit by its number."""
    zone, now = _zone(settings), datetime.now(UTC)
    async with _opened(settings) as work:
        tree, rows = await ledger_on(work, bounds(first, last, zone)[1])
        moved = campaign(rows, await beginnings(work, rows), first, last)
        moved = await weighed(work, moved, min(last, now.astimezone(zone).date()))
        paths = UnitTree.of(tree)
        return moved, {id_: paths.path(id_) for id_ in {case.row.unit_id for case in moved.cases} if id_ is not None}


def today(settings: Settings) -> date:
    """The day it is in the office's zone."""
    return datetime.now(UTC).astimezone(_zone(settings)).date()


def _clauses(settings: Settings) -> Mapping[Category, Clause]:
    entries = load_rules(settings.rules).entries
    return {Category(entry.category): entry.clause for entry in entries if entry.category in set(Category)}


def _zone(settings: Settings) -> ZoneInfo:
    try:
        return ZoneInfo(settings.zone)
    except (KeyError, ValueError, OSError):
        raise BadMoment("zone", value=settings.zone) from None


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[UnitOfWork]:
    store = await open_store(settings.database.get_secret_value(), open_vault(settings.key_file))
    try:
        async with store.begin() as work:
            yield work
    finally:
        await store.close()

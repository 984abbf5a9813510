"""The host's own access to cases, on the database of the settings."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from bot.bookkeeping import book_there
from bot.core.case_file import Dossier
from bot.core.case_moves import CaseState
from bot.core.cases import Case
from bot.core.errors import BadInput
from bot.core.ledger_log import HOST
from bot.services.case_file import gather, log_export
from config.settings import Settings

MOST = 100_000
"""Cases that are listed."""


async def listed(settings: Settings, states: frozenset[CaseState]) -> tuple[Sequence[Case], Mapping[int, str]]:
    """The cases in some states, and the titles of groups by their numbers."""
    async with book_there(settings) as store, store.begin() as work:
        titles = {group.id: group.title for group in await work.groups.all()}
        return await work.cases.in_states(states, MOST), titles


async def shown(settings: Settings, number: int) -> Dossier:
    """The file of a case. Raises `BadInput` (`no_case`)."""
    async with book_there(settings) as store, store.begin() as work:
        return _there(await gather(work, number), number)


async def exported(settings: Settings, number: int, form: str, *, known: bool) -> Dossier:
    """The file of a case, of which the log says that it was taken out. Raises `BadInput` (`no_case`)."""
    async with book_there(settings) as store, store.begin() as work:
        dossier = _there(await gather(work, number, known=known), number)
        await log_export(work, number, form, HOST, datetime.now(UTC), known=known)
        await work.commit()
    return dossier


def today(settings: Settings) -> date:
    """The day in the office's zone."""
    return datetime.now(UTC).astimezone(settings.time_zone()).date()


def _there(dossier: Dossier | None, number: int) -> Dossier:
    if dossier is None:
        raise BadInput("no_case", number=number)
    return dossier

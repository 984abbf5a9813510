"""The host's own access to the office's places and contacts, on the database of the settings."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.bookkeeping import book
from bot.core.errors import BadInput
from bot.core.office import Place, PlaceKind
from bot.services import office
from config.settings import Settings


async def places(settings: Settings) -> tuple[Sequence[Place], int]:
    """The bound places, and how many contacts of units there are."""
    async with book(settings) as store, store.begin() as work:
        found = [await work.office.place(kind) for kind in PlaceKind]
        return [place for place in found if place is not None], len(await work.office.bindings())


async def make_code(settings: Settings, purpose: str, unit_name: str) -> str:
    """A one-time code. Raises `BadInput` for a contact's code without a unit that the ledger knows."""
    async with book(settings) as store, store.begin() as work:
        if purpose == office.CONTACT and not unit_name:
            raise BadInput("unit_missing")
        unit = await work.units.named(unit_name) if unit_name else None
        if purpose == office.CONTACT and unit is None:
            raise BadInput("unit", value=unit_name)
        code = await office.make_code(work, store.vault, purpose, unit, datetime.now(UTC))
        await work.commit()
        return code


async def unbind(settings: Settings, kind: PlaceKind) -> bool:
    """Give a place up; False when there was none."""
    async with book(settings) as store, store.begin() as work:
        gone = await office.unbind_place(work, kind, "", datetime.now(UTC))
        await work.commit()
        return gone

"""`jianfu units merge`: one unit goes into another, or (without another) no longer exists."""

import asyncio
from datetime import UTC, datetime

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.errors import BadInput
from bot.core.ledger_log import HOST
from bot.core.units import Unit
from bot.ports import UnitOfWork


@click.command("merge", cls=WordedCommand)
@click.argument("unit")
@click.argument("into", required=False)
@click.option("--reason", default="")
@click.pass_obj
def command(session: Session, unit: str, into: str | None, reason: str) -> None:
    """Merge or close a unit."""
    rows = asyncio.run(_run(unit, into, reason))
    done = "done" if into else "closed"
    click.echo(session.words(f"cli.units.merge.{done}", unit=unit, into=into, count=rows))


async def _run(name: str, into: str | None, reason: str) -> int:
    from bot.bookkeeping import book
    from bot.services import units
    from config.settings import load_settings

    settings, now = load_settings(), datetime.now(UTC)
    today = now.astimezone(settings.time_zone()).date()
    async with book(settings) as store, store.begin() as work:
        gone = await _named(work, name)
        rows = len(await work.objects.of_unit(gone.id))
        if into is None:
            await units.close(work, gone, HOST, now, today, reason)
        else:
            await units.merge(work, gone, await _named(work, into), HOST, now, today, reason)
        await work.commit()
    return rows


async def _named(work: UnitOfWork, name: str) -> Unit:
    """The unit of a name, an alias or the way to it; raises `BadInput` (`no_unit`)."""
    from bot.core.unit_names import UnitNames

    found = UnitNames(await work.units.all()).find(name)
    unit = await work.units.get(found[0]) if len(found) == 1 else None
    if unit is None:
        raise BadInput("no_unit", name=name)
    return unit

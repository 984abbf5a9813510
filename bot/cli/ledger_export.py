"""`jianfu ledger export`: writes the ledger into a workbook or csv, in its own order and with its own columns."""

import asyncio
from pathlib import Path

import click

from bot.cli.exporting import check_table, write_table
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.texts import Catalogue


@click.command("export", cls=WordedCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--all", "ended", is_flag=True)
@click.pass_obj
def command(session: Session, file: Path, ended: bool) -> None:
    """Export the ledger."""
    check_table(file)
    count = asyncio.run(_run(file, session.words, ended=ended))
    click.echo(session.words("cli.ledger.export.done", count=count, file=file))


async def _run(file: Path, words: Catalogue, *, ended: bool) -> int:
    from bot.bookkeeping import book
    from bot.core.unit_names import UnitNames
    from bot.services.ledger_export import FIELDS, exported, in_order
    from config.settings import load_settings

    async with book(load_settings()) as store, store.begin() as work:
        units = await work.units.all(ended=True)
        every = await work.objects.all(ended=True)
    rows = in_order([row for row in every if ended or not row.state.ended], units)
    cells = exported(rows, every, UnitNames(units), lambda name, code: words(f"ledger_file.word.{name}.{code}"))
    write_table(file, FIELDS, "ledger_file", cells, words, total=len(rows))
    return len(rows)

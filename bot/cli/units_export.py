"""`jianfu units export`: writes the tree of units into a workbook or csv."""

import asyncio
from pathlib import Path

import click

from bot.cli.exporting import check_table, write_table
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.texts import Catalogue


@click.command("export", cls=WordedCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--contacts", is_flag=True)
@click.pass_obj
def command(session: Session, file: Path, contacts: bool) -> None:
    """Export the units."""
    check_table(file)
    count = asyncio.run(_run(file, session.words, contacts=contacts))
    click.echo(session.words("cli.units.export.done", count=count, file=file))


async def _run(file: Path, words: Catalogue, *, contacts: bool) -> int:
    from bot.bookkeeping import book
    from bot.services.unit_files import FIELDS, exported
    from config.settings import load_settings

    async with book(load_settings()) as store, store.begin() as work:
        tree = await work.units.all()
    cells = exported(tree, lambda name, code: words(f"units_file.word.{name}.{code}"), contacts=contacts)
    write_table(file, FIELDS, "units_file", cells, words, total=len(tree))
    return len(tree)

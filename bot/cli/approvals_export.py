"""`jianfu approvals export`: writes the list of approvals into a workbook or csv."""

import asyncio
from pathlib import Path

import click

from bot.cli.exporting import check_table, write_table
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.texts import Catalogue

FIELDS = ("number", "name", "approval_kind", "issuer", "first", "last", "place")


@click.command("export", cls=WordedCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def command(session: Session, file: Path) -> None:
    """Export the list."""
    check_table(file)
    count = asyncio.run(_run(file, session.words))
    click.echo(session.words("cli.approvals.export.done", count=count, file=file))


async def _run(file: Path, words: Catalogue) -> int:
    from bot.bookkeeping import book
    from config.settings import load_settings

    async with book(load_settings()) as store, store.begin() as work:
        every = await work.approvals.all()
    cells = (
        [
            *(each.number or None, each.name, words(f"approvals.kind.{each.kind}"), each.issuer or None),
            *(each.first, each.last, each.place or None),
        ]
        for each in every
    )
    write_table(file, FIELDS, "approvals_file", cells, words, total=len(every))
    return len(every)

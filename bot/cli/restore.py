"""`jianfu restore`: fills an empty database from a backup."""

import asyncio
from pathlib import Path

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("restore", cls=WordedCommand)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True)
@click.pass_obj
def command(session: Session, file: Path, replace: bool) -> None:
    """Restore the database."""
    from bot.safekeeping import restore
    from config.settings import load_settings

    rows, settled = asyncio.run(restore(load_settings(), file, replace=replace))
    click.echo(session.words("cli.restore.done", file=file, rows=rows))
    click.echo(session.words("cli.restore.settled", updates=settled.updates, entries=settled.entries))
    click.echo(session.words("cli.restore.forgotten", count=settled.forgotten))

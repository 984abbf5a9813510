"""`jianfu backup`: writes the whole database into one encrypted file."""

import asyncio
from pathlib import Path

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("backup", cls=WordedCommand)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(session: Session, file: Path) -> None:
    """Back the database up."""
    from bot.safekeeping import back_up
    from config.settings import load_settings

    settings = load_settings()
    rows = asyncio.run(back_up(settings, file))
    click.echo(session.words("cli.backup.done", file=file, rows=rows, key_file=settings.key_file))

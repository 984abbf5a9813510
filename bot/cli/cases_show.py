"""`jianfu cases show`: the file of one case, as text."""

import asyncio
import io

import click

from bot.cli.failures import harmless
from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("show", cls=WordedCommand)
@click.argument("number", type=click.IntRange(1, 999_999_999))
@click.pass_obj
def command(session: Session, number: int) -> None:
    """Show a case."""
    from bot import casework
    from bot.render.case_file import paragraphs
    from bot.render.document import write_markdown
    from config.settings import load_settings

    settings = load_settings()
    dossier = asyncio.run(casework.shown(settings, number))
    out = io.BytesIO()
    write_markdown(out, paragraphs(dossier, session.words, settings.time_zone()))
    for line in out.getvalue().decode().splitlines():
        click.echo(harmless(line.replace("\u3000", "  ")))

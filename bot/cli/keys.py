"""`jianfu keys rotate`: another key for what is stored, and the end of the old ones."""

import asyncio

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("keys", cls=WordedCommand)
@click.argument("action", type=click.Choice(["rotate"]))
@click.option("--retire", is_flag=True)
@click.pass_obj
def command(session: Session, action: str, retire: bool) -> None:  # noqa: ARG001 - there is one action so far
    """Rotate the keys."""
    from bot import safekeeping
    from config.settings import load_settings

    settings, words = load_settings(), session.words
    if not retire:
        known = safekeeping.rotate(settings)
        click.echo(words("cli.keys.rotated", key_file=settings.key_file, known=known))
        return
    dropped, done = asyncio.run(safekeeping.retire(settings))
    click.echo(words("cli.keys.retired", values=done.values, dropped=dropped))
    if done.unreadable:
        click.echo(words("cli.keys.unreadable", count=done.unreadable))

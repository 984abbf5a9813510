"""`jianfu log verify`: reads the whole chain of changes and says whether one was altered or removed."""

import asyncio

import click

from bot.cli.ledger_log import verified
from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("verify", cls=WordedCommand)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Verify the log."""
    ctx.exit(asyncio.run(verified(ctx.ensure_object(Session).words)))

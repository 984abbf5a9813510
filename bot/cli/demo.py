"""`jianfu demo`: plays a scene with the real bot in an emulated Telegram."""

import asyncio

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("demo", cls=WordedCommand)
@click.pass_obj
def command(session: Session) -> None:
    """Play a scene."""
    asyncio.run(_play(session))


async def _play(session: Session) -> None:
    from bot.demo.play import play
    from bot.demo.script import load_script
    from config.logging import start_log

    start_log("ERROR")
    async for line in play(load_script(), session.words):
        click.echo(line)

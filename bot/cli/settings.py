"""`jianfu settings`: prints every setting as it stands, secrets masked."""

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("settings", cls=WordedCommand)
@click.pass_obj
def command(session: Session) -> None:
    """Print the settings."""
    from config.settings import load_settings

    for name, value in load_settings().shown().items():
        click.echo(f"{name}={value}")
    click.echo(session.words("cli.settings.explained"), err=True)

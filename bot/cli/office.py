"""`jianfu office`: shows the office's places, and makes one-time codes where nobody can ask the bot for one yet."""

import asyncio

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.office import PlaceKind

KINDS = [kind.value for kind in PlaceKind]


@click.command("office", cls=WordedCommand)
@click.option("--code", type=click.Choice([*KINDS, "contact"]))
@click.option("--unit", default="")
@click.option("--unbind", type=click.Choice(KINDS))
@click.pass_obj
def command(session: Session, code: str | None, unit: str, unbind: str | None) -> None:
    """Show the places, make a code, or give a place up."""
    from bot import officework
    from config.settings import load_settings

    words, settings = session.words, load_settings()
    if code is not None:
        made = asyncio.run(officework.make_code(settings, code, unit))
        click.echo(words(f"cli.office.code_{code}", code=made))
    elif unbind is not None:
        gone = asyncio.run(officework.unbind(settings, PlaceKind(unbind)))
        click.echo(words("cli.office.unbound" if gone else "cli.office.nothing"))
    else:
        places, contacts = asyncio.run(officework.places(settings))
        for place in places:
            since = f"{place.bound_at.astimezone(settings.time_zone()):%Y-%m-%d}"
            click.echo(words(f"cli.office.{place.kind}", title=place.title, since=since))
        click.echo(words("cli.office.contacts", count=contacts))

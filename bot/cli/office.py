"""`jianfu office`: shows the office's places, and makes one-time codes where nobody can ask the bot for one yet."""

import asyncio
from zoneinfo import ZoneInfo

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.office import Place, PlaceKind
from bot.texts import Catalogue

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
        bound, contacts = asyncio.run(officework.places(settings))
        places = {place.kind: place for place in bound}
        for kind, given in ((PlaceKind.DESK, settings.office_chat), (PlaceKind.CHANNEL, settings.channel)):
            click.echo(_line(kind, places.get(kind), given is not None, words, settings.time_zone()))
        click.echo(words("cli.office.contacts", count=contacts))


def _line(kind: PlaceKind, place: Place | None, given: bool, words: Catalogue, zone: ZoneInfo) -> str:
    """How a place stands: bound, only given by the settings, or missing."""
    if place is None:
        return words(f"cli.office.{kind}_{'setting' if given else 'none'}")
    return words(f"cli.office.{kind}", title=place.title, since=f"{place.bound_at.astimezone(zone):%Y-%m-%d}")

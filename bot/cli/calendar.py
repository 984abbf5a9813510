"""`jianfu calendar`: shows the days of a year that depart from the ordinary week."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from bot.cli.office_options import Given, office_options
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.texts import Catalogue

if TYPE_CHECKING:
    from bot.core.workcal import DayMark, WorkCalendar


@click.command("calendar", cls=WordedCommand)
@click.argument("year", type=click.IntRange(1, 9999))
@office_options("calendar")
@click.pass_context
def command(ctx: click.Context, year: int, given: Given) -> None:
    """Show the days off and the make-up workdays of a year."""
    from config.calendar import SHIPPED, load_calendar
    from config.settings import load_settings

    words = ctx.ensure_object(Session).words
    calendar = load_calendar(load_settings(**given).calendar)
    if calendar.knows(year):
        click.echo(words("cli.calendar.known", year=year))
    else:
        click.echo(words("cli.calendar.unknown", year=year, pattern=max(SHIPPED.glob("*.toml"))), err=True)
    stretches = list(_stretches(calendar, year))
    for source in dict.fromkeys(mark.source for *_, mark in stretches if mark.source):
        click.echo(words("cli.calendar.source", source=source))
    for first, last, mark in stretches:
        click.echo(_described(first, last, mark, words))
    ctx.exit(0 if calendar.knows(year) else 1)


def _stretches(calendar: "WorkCalendar", year: int) -> "Iterator[tuple[date, date, DayMark]]":
    """Neighbouring days that are marked alike, or are the same holiday by law, as one stretch each."""
    marked = list(_marked(calendar, year))
    while marked:
        first, mark = marked.pop(0)
        last = first
        while marked and marked[0] == (last + timedelta(days=1), mark):
            last = marked.pop(0)[0]
        yield first, last, mark


def _marked(calendar: "WorkCalendar", year: int) -> "Iterator[tuple[date, DayMark]]":
    from bot.core.workcal import DayMark

    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = calendar.day(date.fromordinal(ordinal))
        if not day.ordinary:
            yield day.on, DayMark(day.works, day.note, day.source)


def _described(first: date, last: date, mark: "DayMark", words: Catalogue) -> str:
    days = _day(first, words) if first == last else f"{_day(first, words)} – {_day(last, words)}"
    key = "cli.calendar.work" if mark.works else "cli.calendar.off"
    return words(key, days=days, note=mark.note, count=(last - first).days + 1, source=mark.source)


def _day(on: date, words: Catalogue) -> str:
    return f"{on:%Y-%m-%d} {words(f'weekday.{on.isoweekday()}')}"

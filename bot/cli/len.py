"""`jianfu len`: counts the characters of a report against the limits of Baotou 2019 item 11."""

import click

from bot.cli.paths import InputName
from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("len", cls=WordedCommand)
@click.argument("file", default="-", type=InputName())
@click.pass_obj
def command(session: Session, file: str) -> None:
    """Count the characters of a report."""
    from bot.cli.plain_text import read_plain
    from bot.core.lengths import Limits, ReportKind, count_characters

    words = session.words
    limits = Limits()
    count = count_characters(read_plain(file, words))
    exceeded = limits.exceeded(count)
    click.echo(words("cli.len.count", count=count))
    for kind in ReportKind:
        limit, key = limits.of(kind), "over" if kind in exceeded else "within"
        what = words(f"cli.len.{kind}")
        click.echo(words(f"cli.len.{key}", what=what, limit=limit, over=max(count - limit, 0)))
    click.echo(words("cli.len.basis"))

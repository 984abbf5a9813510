"""`jianfu digest`: the digest of a week or month, the sheet of units, a quarter's draft notice, a clean-up."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.paths import OutputPath
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.errors import BadInput
from bot.core.periods import Per, Period, before, period_of, read_period

if TYPE_CHECKING:
    from config.settings import Settings

_OUTPUT = OutputPath()


@click.command("digest", cls=WordedCommand)
@click.option("--week", default="", metavar="2026-W11")
@click.option("--month", default="", metavar="2026-03")
@click.option("--quarter", default="", metavar="2026-Q1")
@click.option("--since", default="", metavar="2026-03-01")
@click.option("--until", default="", metavar="2026-03-31")
@click.option("--png", "png_file", type=_OUTPUT, metavar="FILE")
@click.option("--xlsx", "xlsx_file", type=_OUTPUT, metavar="FILE")
@click.option("--notice", "notice_file", type=_OUTPUT, metavar="FILE")
@click.pass_obj
def command(
    session: Session,
    week: str,
    month: str,
    quarter: str,
    since: str,
    until: str,
    png_file: Path | None,
    xlsx_file: Path | None,
    notice_file: Path | None,
) -> None:
    """Say the digest, and write what is asked for."""
    from bot.cli.files import check_outputs
    from config.settings import load_settings

    settings = load_settings()
    check_outputs([path for path in (png_file, xlsx_file, notice_file) if path], [])
    if since or until:
        _campaign(session, settings, _day(since), _day(until), xlsx_file)
    elif quarter or notice_file is not None:
        _notice(session, settings, quarter, notice_file)
    else:
        _digest(session, settings, _period(settings, week, month), png_file, xlsx_file)


def _digest(session: Session, settings: "Settings", period: Period, png: Path | None, xlsx: Path | None) -> None:
    from bot import digestwork, papers
    from bot.core.digest import dump
    from bot.core.digest_lines import nothing
    from bot.render.digest import caption
    from bot.render.messages import plain_of, without_tags

    words = session.words
    data = asyncio.run(digestwork.digest(settings, period))
    click.echo(plain_of(nothing(data), words) if data.silent else without_tags(caption(data, words)))
    if png is not None:
        _write(session, png, papers.chart(dump(data), words).content)
    if xlsx is not None:
        _write(session, xlsx, papers.sheet(asyncio.run(digestwork.units(settings, period)), words).content)


def _notice(session: Session, settings: "Settings", quarter: str, path: Path | None) -> None:
    import io

    from bot import digestwork
    from bot.render.document import write_docx, write_markdown
    from bot.render.notice import draft

    given = read_period(quarter.upper()) if quarter else before(period_of(Per.QUARTER, digestwork.today(settings)))
    if given is None or given.per is not Per.QUARTER:
        raise BadInput("period", value=quarter)
    paragraphs = draft(asyncio.run(digestwork.notice(settings, _begun(given, settings))), session.words)
    out = io.BytesIO()
    if path is None:
        write_markdown(out, paragraphs)
        click.echo(out.getvalue().decode(), nl=False)
        return
    (write_docx if path.suffix.lower() == ".docx" else write_markdown)(out, paragraphs)
    _write(session, path, out.getvalue())


def _campaign(session: Session, settings: "Settings", first: date, last: date, xlsx: Path | None) -> None:
    import io

    from bot import digestwork
    from bot.render.clean_up import headings, rows, summary
    from bot.sheets.write import Column, write_xlsx

    words = session.words
    if last < first:
        raise BadInput("period", value=f"{first} - {last}")
    moved, paths = asyncio.run(digestwork.clean_up(settings, first, last))
    lines = list(summary(moved, words))
    click.echo("\n".join(lines))
    if xlsx is not None:
        out = io.BytesIO()
        columns = [Column(heading, width) for heading, width in headings(words)]
        write_xlsx(out, columns, rows(moved, paths, words), sheet=words("digest.campaign.sheet"), title=lines[0])
        _write(session, xlsx, out.getvalue())


def _period(settings: "Settings", week: str, month: str) -> Period:
    """The period asked for, or the last one that has ended. Raises `BadInput` for one that cannot be read."""
    from bot import digestwork

    if not week and not month:
        return before(period_of(Per(settings.digest_every), digestwork.today(settings)))
    key, per = (week, Per.WEEK) if week else (month, Per.MONTH)
    period = read_period(key.upper())
    if period is None or period.per is not per:
        raise BadInput("period", value=key)
    return _begun(period, settings)


def _begun(period: Period, settings: "Settings") -> Period:
    """The period; raises `BadInput` for one that has not begun, of which there is nothing to tell."""
    from bot import digestwork

    if period.first > digestwork.today(settings):
        raise BadInput("period_ahead", value=period.key)
    return period


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("period", value=text) from None


def _write(session: Session, path: Path, content: bytes) -> None:
    from bot.cli.files import written

    with written(path) as out:
        out.write(content)
    click.echo(session.words("cli.digest.written", file=path))

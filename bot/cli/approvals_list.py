"""`jianfu approvals list`: shows the list of approvals with the day on which it stood so."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime

import click

from bot.cli.importing import say
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.approvals import ApprovalIndex, newest_first
from bot.texts import Catalogue


@click.command("list", cls=WordedCommand)
@click.option("--all", "ended", is_flag=True)
@click.pass_obj
def command(session: Session, ended: bool) -> None:
    """Show the list."""
    say(asyncio.run(_run(session.words, ended=ended)))


async def _run(words: Catalogue, *, ended: bool) -> Iterator[str]:
    from bot.bookkeeping import book
    from bot.services import approval_import
    from config.settings import load_settings

    settings = load_settings()
    today = datetime.now(UTC).astimezone(settings.time_zone()).date()
    async with book(settings) as store, store.begin() as work:
        return _lines(await approval_import.index(work), words, today, ended=ended)


def _lines(index: ApprovalIndex, words: Catalogue, today: date, *, ended: bool) -> Iterator[str]:
    for each in newest_first(index.approvals):
        if ended or each.last is None or each.last >= today:
            fields = {"number": each.number or "–", "name": each.name, "kind": words(f"approvals.kind.{each.kind}")}
            fields |= {"issuer": each.issuer or "–", "place": each.place or "–"}
            yield words("cli.approvals.list.line", dates=each.dates or words("approvals.any_day"), **fields)
    if index.as_of is None:
        yield words("cli.approvals.list.none")
    else:
        yield words("cli.approvals.list.total", count=len(index.approvals), day=index.as_of)

"""`jianfu approvals list`: shows the list of approvals with the day on which it stood so."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

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
        index = await approval_import.index(work)
    return iter([*_lines(index, words, today.isoformat(), ended=ended), *_age(index, words, today.isoformat())])


def _lines(index: ApprovalIndex, words: Catalogue, today: str, *, ended: bool) -> Iterator[str]:
    for each in newest_first(index.approvals):
        if not ended and each.last is not None and each.last.isoformat() < today:
            continue
        dates = f"{each.first or ''} – {each.last or ''}" if each.first or each.last else words("approvals.any_day")
        kind = words(f"approvals.kind.{each.kind}")
        fields = {"number": each.number or "–", "name": each.name, "kind": kind, "dates": dates}
        yield words("cli.approvals.list.line", issuer=each.issuer or "–", place=each.place or "–", **fields)


def _age(index: ApprovalIndex, words: Catalogue, today: str) -> Iterator[str]:
    if index.as_of is None:
        yield words("cli.approvals.list.none")
    else:
        yield words("cli.approvals.list.total", count=len(index.approvals), day=index.as_of, today=today)

"""`jianfu ledger log`: shows the latest changes, or verifies that none was altered or removed."""

import asyncio
from zoneinfo import ZoneInfo

import click

from bot.cli.failures import harmless
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.changes import Change, first_broken
from bot.core.dates import shown
from bot.core.ledger_log import APPROVAL, CASE
from bot.texts import Catalogue

PAGE = 2_000


@click.command("log", cls=WordedCommand)
@click.option("--verify", is_flag=True)
@click.option("--last", type=click.IntRange(1, 10_000), default=20)
@click.pass_context
def command(ctx: click.Context, verify: bool, last: int) -> None:
    """Show the log."""
    words = ctx.ensure_object(Session).words
    ctx.exit(asyncio.run(verified(words) if verify else _shown(words, last)))


async def _shown(words: Catalogue, last: int) -> int:
    from bot.bookkeeping import book
    from config.settings import load_settings

    settings = load_settings()
    zone = settings.time_zone()
    async with book(settings) as store, store.begin() as work:
        changes = await work.changes.latest(last)
    for change in reversed(changes):
        click.echo(harmless(_line(change, words, zone)))
    if not changes:
        click.echo(words("cli.ledger.log.none"))
    return 0


async def verified(words: Catalogue) -> int:
    """Read the whole chain, page by page, and say how it stands; returns the exit code."""
    from bot.bookkeeping import book_there
    from config.settings import load_settings

    settings = load_settings()
    zone, previous, count, last = settings.time_zone(), None, 0, 0
    async with book_there(settings) as store:
        while True:
            async with store.begin() as work:
                page = await work.changes.page(last, PAGE)
            if not page:
                click.echo(words("cli.ledger.log.whole", count=count, digest=previous or "–"))
                return 0
            broken = first_broken(page, previous)
            if broken is not None:
                click.echo(words("cli.ledger.log.broken", id=broken.id, at=shown(broken.at, zone, year=True)))
                return 1
            previous, last, count = page[-1].digest, page[-1].id, count + len(page)


def _line(change: Change, words: Catalogue, zone: ZoneInfo) -> str:
    section = {APPROVAL: "approvals_file.field", CASE: "case_file.field"}.get(change.noun, "ledger_file.field")
    pairs = (
        f"{words.label(section, name)} {_said(name, change.before.get(name), words)}"
        f" → {_said(name, change.after.get(name), words)}"
        for name in change.after or change.before
    )
    return words(
        "cli.ledger.log.line",
        id=change.id,
        at=shown(change.at, zone, year=True),
        role=words(f"role.{change.role}"),
        noun=words.label("office.log.noun", change.noun),
        noun_id=change.noun_id,
        what="；".join(pairs),
        reason=f"（{change.reason}）" if change.reason else "",
    )


def _said(name: str, value: object, words: Catalogue) -> str:
    """A value as exports write it: the word for a code, yes or no, else as it is."""
    if value in {None, ""}:
        return "–"
    code = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if name == "category":
        return words.texts.get(f"category.{code}.title", code)
    files = (f"{file}.word.{name}" for file in ("ledger_file", "units_file", "case_file"))
    sections = (*files, f"case.{name}")
    return next((words.texts[f"{each}.{code}"] for each in sections if f"{each}.{code}" in words), str(value))

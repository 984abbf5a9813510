"""`jianfu units import`: takes a list of units into the tree, after showing what that would do."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.importing import Files, Told, Wishes, carry_out, further, say, summary, takes_files
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.ledger_columns import UNITS
from bot.core.ledger_log import HOST
from bot.core.unit_plan import UnitPlan
from bot.texts import Catalogue

if TYPE_CHECKING:
    from bot.ports import UnitOfWork

EXAMPLES = 20
"""New and changed units that the preview shows."""


@click.command("import", cls=WordedCommand)
@takes_files
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], partial: bool, dry_run: bool, yes: bool, sheet: str | None, reason: str
) -> None:
    """Import units."""
    words = ctx.ensure_object(Session).words
    wishes = Wishes(partial, dry_run, yes, sheet)
    read = Files("units_file")
    read.read(files, UNITS, wishes, words)
    ctx.exit(asyncio.run(_run(read, wishes, reason, words)))


async def _run(files: Files, wishes: Wishes, reason: str, words: Catalogue) -> int:
    from bot.bookkeeping import book
    from bot.services import unit_files
    from config.settings import load_settings

    now = datetime.now(UTC)

    async def plan(work: "UnitOfWork") -> UnitPlan:
        return await unit_files.planned(work, files.rows)

    async def apply(work: "UnitOfWork", effect: UnitPlan, told: Told) -> None:
        await unit_files.apply(work, effect, HOST, now, reason)
        told(len(effect.new) + len(effect.changed))

    async with book(load_settings()) as store:
        return await carry_out(*(store, wishes, words, plan), lambda effect: say(_preview(effect, files, words)), apply)


def _preview(effect: UnitPlan, files: Files, words: Catalogue) -> Iterator[str]:
    yield from summary(effect, files, words)
    for kind, rows in (("new", effect.new), ("changed", effect.changed)):
        for taken in rows[:EXAMPLES]:
            level = words(f"units_file.word.level.{taken.after.level}")
            yield words(f"cli.units.import.{kind}", row=files.row(taken.row), name=taken.after.name, level=level)
        yield from further(len(rows) - EXAMPLES, words)

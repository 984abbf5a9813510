"""`jianfu ledger import`: takes the rows of an office's files into the ledger, after showing what that would do."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.importing import Files, Told, Wishes, carry_out, further, say, summary, takes_files
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.ledger import ObjectType, Platform
from bot.core.ledger_columns import LEDGER
from bot.core.ledger_log import HOST, change_of
from bot.core.ledger_plan import Defaults, Plan, Taken
from bot.texts import Catalogue

if TYPE_CHECKING:
    from bot.ports import UnitOfWork

EXAMPLES = 20
"""New and changed rows that the preview shows."""


@click.command("import", cls=WordedCommand)
@takes_files
@click.option("--unit", default="")
@click.option("--platform", type=click.Choice([each.value for each in Platform]), default=Platform.WECHAT.value)
@click.option("--type", "object_type", type=click.Choice([each.value for each in ObjectType]), default="group")
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    partial: bool,
    dry_run: bool,
    yes: bool,
    sheet: str | None,
    unit: str,
    platform: str,
    object_type: str,
    reason: str,
) -> None:
    """Import rows of the ledger."""
    words = ctx.ensure_object(Session).words
    wishes = Wishes(partial, dry_run, yes, sheet)
    read = Files("ledger_file")
    read.read(files, LEDGER, wishes, words)
    defaults = Defaults(unit, Platform(platform), ObjectType(object_type))
    ctx.exit(asyncio.run(_run(read, wishes, defaults, reason, words)))


async def _run(files: Files, wishes: Wishes, defaults: Defaults, reason: str, words: Catalogue) -> int:
    from bot.bookkeeping import book
    from bot.services import ledger_import
    from config.settings import load_settings

    settings, now = load_settings(), datetime.now(UTC)
    today = now.astimezone(settings.time_zone()).date()

    async def plan(work: "UnitOfWork") -> Plan:
        return await ledger_import.planned(work, files.rows, defaults, today)

    async def apply(work: "UnitOfWork", effect: Plan, told: Told) -> object:
        return await ledger_import.apply(work, effect, HOST, now, reason, told)

    async with book(settings) as store:
        return await carry_out(
            *(store, wishes, words, plan), lambda effect: say(_preview(effect, files, defaults, words, now)), apply
        )


def _preview(effect: Plan, files: Files, defaults: Defaults, words: Catalogue, now: datetime) -> Iterator[str]:
    yield from summary(effect, files, words)
    if effect.assumed:
        assumed = words(f"ledger_file.word.platform.{defaults.platform}")
        yield words("cli.ledger.import.assumed", count=effect.assumed, platform=assumed)
    if effect.left_out:
        yield words("cli.ledger.import.left_out", count=effect.left_out)
    if effect.endless:
        yield words("cli.ledger.import.endless", count=effect.endless)
    for taken in effect.new[:EXAMPLES]:
        platform = words(f"ledger_file.word.platform.{taken.after.platform}")
        yield words("cli.ledger.import.new", row=files.row(taken.row), name=taken.after.name, platform=platform)
    yield from further(len(effect.new) - EXAMPLES, words)
    for taken in effect.changed[:EXAMPLES]:
        yield words(
            "cli.ledger.import.change", row=files.row(taken.row), name=taken.after.name, what=_what(taken, words, now)
        )
    yield from further(len(effect.changed) - EXAMPLES, words)


def _what(taken: Taken, words: Catalogue, now: datetime) -> str:
    """What changes in a row, as `成员数 40 → 41`."""
    change = change_of(taken.before, taken.after, HOST, now)
    if change is None:
        return ""
    pairs = (
        (words.label("ledger_file.field", name), _said(name, change.before.get(name), words), _said(name, value, words))
        for name, value in change.after.items()
    )
    return "；".join(f"{name} {old} → {new}" for name, old, new in pairs)


def _said(name: str, value: object, words: Catalogue) -> str:
    return "–" if value in {None, ""} else words.label(f"ledger_file.word.{name}", str(value))

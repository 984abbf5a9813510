"""`jianfu approvals import`: takes the office's list of approvals, after showing what that would do."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.importing import Files, Told, Wishes, carry_out, further, say, summary, takes_files
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.approval_plan import ApprovalPlan
from bot.core.approvals import ApprovalKind
from bot.core.errors import BadInput
from bot.core.ledger_columns import APPROVALS
from bot.core.ledger_log import HOST
from bot.texts import Catalogue

if TYPE_CHECKING:
    from bot.ports import UnitOfWork

EXAMPLES = 10
"""New, changed and gone items that the preview shows."""
_KINDS = [each.value for each in ApprovalKind]


@click.command("import", cls=WordedCommand)
@takes_files
@click.option("--kind", type=click.Choice(_KINDS), default=ApprovalKind.INSPECTION.value)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--whole", is_flag=True)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    partial: bool,
    dry_run: bool,
    yes: bool,
    sheet: str | None,
    kind: str,
    as_of: datetime | None,
    whole: bool,
    reason: str,
) -> None:
    """Import the list."""
    words = ctx.ensure_object(Session).words
    wishes = Wishes(partial, dry_run, yes, sheet)
    read = Files("approvals_file")
    read.read(files, APPROVALS, wishes, words)
    day = None if as_of is None else as_of.date()
    ctx.exit(asyncio.run(_run(read, wishes, ApprovalKind(kind), day, reason, words, whole=whole)))


async def _run(
    files: Files, wishes: Wishes, kind: ApprovalKind, day: date | None, reason: str, words: Catalogue, *, whole: bool
) -> int:
    from bot.bookkeeping import book
    from bot.services import approval_import
    from config.settings import load_settings

    settings, now = load_settings(), datetime.now(UTC)
    today = now.astimezone(settings.time_zone()).date()
    as_of = day or today
    if as_of > today:  # the day of the list only goes forward, so that a slip here would stay
        raise BadInput("period_ahead", value=as_of)

    async def plan(work: "UnitOfWork") -> ApprovalPlan:
        return await approval_import.planned(work, files.rows, as_of, kind, whole=whole)

    async def apply(work: "UnitOfWork", effect: ApprovalPlan, told: Told) -> None:
        await approval_import.apply(work, effect, HOST, now, reason, told)

    async with book(settings) as store:
        return await carry_out(
            *(store, wishes, words, plan),
            lambda effect: say(_preview(effect, files, words)),
            apply,
            lambda effect: effect.besides,
        )


def _preview(effect: ApprovalPlan, files: Files, words: Catalogue) -> Iterator[str]:
    yield from summary(effect, files, words)
    for kind, rows in (("new", effect.new), ("changed", effect.changed)):
        for taken in rows[:EXAMPLES]:
            yield words(f"cli.approvals.import.{kind}", row=files.row(taken.row), name=taken.after.name)
        yield from further(len(rows) - EXAMPLES, words)
    if effect.gone:
        yield words("cli.approvals.import.gone", count=len(effect.gone))
        for each in effect.gone[:EXAMPLES]:
            yield words("cli.approvals.import.gone_item", number=each.number or "–", name=each.name)
        yield from further(len(effect.gone) - EXAMPLES, words)
    if effect.as_of is not None:
        yield words("cli.approvals.import.as_of", day=effect.as_of)

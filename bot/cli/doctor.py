"""`jianfu doctor`: looks at everything the bot rests on, and says of each thing how it stands and what to do."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.health import Check, Health
from bot.core.speech import Word
from bot.texts import Catalogue

if TYPE_CHECKING:
    from config.settings import Settings

SIGNS = {Health.GOOD: "✓", Health.NOTE: "!", Health.BAD: "✗"}


@click.command("doctor", cls=WordedCommand)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Check everything the bot rests on."""
    from config.settings import load_live_settings

    words = ctx.ensure_object(Session).words
    settings, troubles = load_live_settings()
    checks = [Check("settings", Health.BAD, "setting", {"name": str(error.fields["name"])}) for error in troubles]
    checks += asyncio.run(_examined(settings, _now(settings)))
    for check in checks:
        click.echo(_line(check, words))
    bad = sum(check.health is Health.BAD for check in checks)
    click.echo(words("cli.doctor.bad", count=bad) if bad else words("cli.doctor.good"))
    ctx.exit(1 if bad else 0)


def _line(check: Check, words: Catalogue) -> str:
    subject = words(f"cli.doctor.subject.{check.subject}")
    fields = {name: words(value.key) if isinstance(value, Word) else value for name, value in check.fields.items()}
    return f"{SIGNS[check.health]} {subject}{words('cli.doctor.colon')}{words(f'health.{check.code}', **fields)}"


async def _examined(settings: "Settings", now: datetime) -> list[Check]:
    from bot.checkup import check_up

    return await check_up(settings, now)


def _now(settings: "Settings") -> datetime:
    """The present in the office's zone; in UTC where that cannot be read."""
    now = datetime.now(UTC)
    try:
        return now.astimezone(ZoneInfo(settings.zone))
    except (KeyError, ValueError, OSError):
        return now

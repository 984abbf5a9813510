"""`jianfu cases list`: one line a case, in the order of their coming, which is no ranking."""

import asyncio

import click

from bot.cli.failures import harmless
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.case_moves import OPEN, CaseState


@click.command("list", cls=WordedCommand)
@click.option("--state", type=click.Choice([each.value for each in CaseState]))
@click.pass_obj
def command(session: Session, state: str | None) -> None:
    """List the cases that are open, or those in one state."""
    from bot import casework
    from config.settings import load_settings

    settings, words = load_settings(), session.words
    found, titles = asyncio.run(casework.listed(settings, frozenset({CaseState(state)}) if state else OPEN))
    today = casework.today(settings)
    for case in found:
        due = "" if case.due is None else "cli.cases.list.late" if case.is_overdue(today) else "cli.cases.list.due"
        line = words(
            "cli.cases.list.line",
            number=case.id,
            state=words(f"case.state.{case.state}"),
            category=words(f"category.{case.category}.title"),
            where=titles.get(case.group_id or 0, case.place) or "–",
            opened=case.opened_on,
            due=words(due, day=case.due) if due else "",
        )
        click.echo(harmless(line.rstrip()))
    if not found:
        click.echo(words("cli.cases.list.none"))

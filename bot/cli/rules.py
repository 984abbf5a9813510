"""`jianfu rules`: lists every rule in force with the document behind it."""

import json
from typing import TYPE_CHECKING

import click

from bot.cli.office_options import Given, office_options
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.texts import Catalogue

if TYPE_CHECKING:
    from config.rules import RuleEntry


@click.command("rules", cls=WordedCommand)
@click.option("--json", "as_json", is_flag=True)
@office_options("rules")
@click.pass_obj
def command(session: Session, as_json: bool, given: Given) -> None:
    """List the rules."""
    entries = session.office(**given).rules.entries
    if as_json:
        values = [_values(entry, session.words) for entry in entries]
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for kind in ("finding", "fact"):
        chosen = [entry for entry in entries if entry.kind == kind]
        click.echo(session.words(f"cli.rules.{kind}s", count=len(chosen)))
        for entry in chosen:
            click.echo(_described(entry, session.words))
        click.echo()


def _described(entry: "RuleEntry", words: Catalogue) -> str:
    reasons = " / ".join(dict.fromkeys(words.label("reason", reason) for reason in entry.reasons))
    least = entry.minimum_score
    return words(
        "cli.rules.entry",
        category=entry.category,
        title=_title(entry, words),
        document=entry.clause.document,
        item=entry.clause.item,
        unit=entry.clause.responsible_unit,
        reasons=reasons,
        score="" if least is None else words("cli.rules.score", score=f"{least:.2f}"),
    )


def _title(entry: "RuleEntry", words: Catalogue) -> str:
    section = "category" if entry.kind == "finding" else "fact"
    return words.label(section, f"{entry.category}.title")


def _values(entry: "RuleEntry", words: Catalogue) -> dict[str, object]:
    return {
        "category": entry.category,
        "kind": entry.kind,
        "title": _title(entry, words),
        "document": entry.clause.document,
        "item": entry.clause.item,
        "responsible_unit": entry.clause.responsible_unit,
        "reasons": list(entry.reasons),
        "minimum_score": entry.minimum_score,
    }

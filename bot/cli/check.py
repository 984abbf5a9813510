"""`jianfu check`: explains one message, or answers a stream of them line by line."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from bot.cli.files import STANDARD_INPUT
from bot.cli.office_options import Given, office_options
from bot.cli.paths import InputName
from bot.cli.plain_text import read_plain
from bot.cli.session import Session
from bot.cli.worded import Mistake, WordedCommand

if TYPE_CHECKING:
    from bot.app import Office

ROLES = ("admin", "member")


@click.command("check", cls=WordedCommand)
@click.argument("text", required=False)
@click.option("--at", metavar="TIME")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--json", "as_json", is_flag=True)
@click.option("--jsonl", type=InputName(), metavar="FILE")
@office_options()
@click.pass_context
def command(
    ctx: click.Context,
    text: str | None,
    at: str | None,
    role: str | None,
    as_json: bool,
    jsonl: str | None,
    given: Given,
) -> None:
    """Explain one message, or answer JSON lines."""
    session = ctx.ensure_object(Session)
    if jsonl is not None:
        _check_alone(ctx, {"--at": at, "--role": role}, text)
        from bot.cli.check_lines import answer_lines

        ctx.exit(answer_lines(session, session.office(**given), jsonl))
    if text is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    message = read_plain(text, session.words).strip() if text == STANDARD_INPUT else text
    if not message.strip():
        raise Mistake("no_text", ctx)
    for line in _answer(session, session.office(**given), message, at, role, as_json=as_json):
        click.echo(line)


def _check_alone(ctx: click.Context, single: dict[str, str | None], text: str | None) -> None:
    """Raise `Mistake` for what counts for one message only, where lines are to be answered."""
    if text is not None:
        raise Mistake("text_or_lines", ctx)
    for option, value in single.items():
        if value is not None:
            raise Mistake("one_message", ctx, option=option)


def _answer(
    session: Session, office: "Office", text: str, at: str | None, role: str | None, *, as_json: bool
) -> Iterator[str]:
    from bot.cli.answers import answer
    from bot.cli.explain import explanation
    from bot.cli.records import clean, read_moment
    from bot.core.model import Message, SenderRole
    from bot.core.quotes import quoted_spans

    worktime = office.worktime
    moment = read_moment(at, worktime) if at else datetime.now(worktime.zone)
    sender = SenderRole(role) if role else SenderRole.UNKNOWN
    shown = clean(text)
    message = Message("", shown, moment, role=sender, quotes=quoted_spans(shown))
    verdict = office.judge_alone(message)
    if as_json:
        said = {"at": moment.isoformat(), "year_known": worktime.known(moment), **answer(verdict)}
        yield json.dumps(said, ensure_ascii=False, indent=2)
    else:
        yield from explanation(message, verdict, worktime, session.words, partial(office.rules.pipeline.why, message))

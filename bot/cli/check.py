"""`jianfu check`: explains one message, or answers a stream of them line by line."""

import json
from datetime import datetime
from functools import partial

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand

ROLES = ("admin", "member")


@click.command("check", cls=WordedCommand)
@click.argument("text", required=False)
@click.option("--at", metavar="TIME")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--json", "as_json", is_flag=True)
@click.option("--jsonl", metavar="FILE")
@click.pass_context
def command(
    ctx: click.Context,
    text: str | None,
    at: str | None,
    role: str | None,
    as_json: bool,
    jsonl: str | None,
) -> None:
    """Explain one message, or answer JSON lines."""
    if text is None and jsonl is None:
        raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
    if text is not None and jsonl is not None:
        raise click.UsageError("either a text or lines", ctx=ctx)
    session = ctx.ensure_object(Session)
    if jsonl is not None:
        from bot.cli.check_lines import answer_lines

        ctx.exit(answer_lines(session, jsonl))
    elif text is not None:
        _explain(session, text, at, role, as_json=as_json)


def _explain(session: Session, text: str, at: str | None, role: str | None, *, as_json: bool) -> None:
    from bot.cli.answers import answer
    from bot.cli.explain import explanation
    from bot.cli.records import clean, read_moment
    from bot.core.model import Message, SenderRole
    from bot.core.quotes import quoted_spans

    office = session.office()
    worktime = office.worktime
    moment = read_moment(at, worktime) if at else datetime.now(worktime.zone)
    sender = SenderRole(role) if role else SenderRole.UNKNOWN
    shown = clean(text)
    message = Message("", shown, moment, role=sender, quotes=quoted_spans(shown))
    verdict = office.judge_alone(message)
    if as_json:
        said = {"at": moment.isoformat(), "year_known": worktime.known(moment), **answer(verdict)}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    why = partial(office.rules.pipeline.why, message)
    for line in explanation(message, verdict, worktime, session.words, why):
        click.echo(line)

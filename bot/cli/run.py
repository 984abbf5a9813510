"""`jianfu run`: runs the bot; without a token it audits the shipped sample, to show what Jianfu finds."""

import asyncio
from importlib.resources import as_file, files
from pathlib import Path

import click

from bot.cli.session import DEBUG_FILE, Session
from bot.cli.worded import WordedCommand

FOLDER = Path("report")
SAMPLE = "township.json"


@click.command("run", cls=WordedCommand)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run the bot, or audit the shipped sample."""
    from config.settings import load_live_settings

    session = ctx.ensure_object(Session)
    settings, mistakes = load_live_settings()
    if settings.bot_token is None:
        _audit_sample(session)
        return
    from bot.live import run
    from config.logging import start_log

    start_log(settings.log_level, DEBUG_FILE if session.debug else None)
    click.echo(session.words("cli.run.live"), err=True)
    ctx.exit(asyncio.run(run(settings, mistakes)))


def _audit_sample(session: Session) -> None:
    from bot.cli.auditing import Outputs, audit_files, show, write
    from bot.cli.files import made_folder

    words = session.words
    click.echo(words("cli.run.sample"))
    click.echo()
    with as_file(files("bot") / "samples" / SAMPLE) as sample:
        report = audit_files(session.office(), [str(sample)], words, excerpts=True, titles=True, quiet=False)
    folder = made_folder(FOLDER)
    outputs = Outputs(folder / "report.html", folder / "report.xlsx", folder / "report.json")
    written = [path.name for path in write(report, outputs, words)]
    show(report, words, excerpts=False)  # they are on the page; here they would push the summary off the screen
    click.echo()
    click.echo(words("cli.run.reports", folder=folder.resolve(), files=words("cli.join").join(written)))
    click.echo(words("cli.run.own"))
    click.echo(words("cli.run.token"))

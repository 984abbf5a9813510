"""`jianfu run`: audits the shipped sample; the live bot is not part of this version."""

from importlib.resources import as_file, files
from pathlib import Path

import click

from bot.cli.session import Session
from bot.cli.worded import WordedCommand

FOLDER = Path("report")
SAMPLE = "township.json"


@click.command("run", cls=WordedCommand)
@click.pass_obj
def command(session: Session) -> None:
    """Audit the shipped sample into a folder."""
    from bot.cli.auditing import Outputs, audit_files, show, write
    from bot.cli.files import made_folder

    words = session.words
    office = session.office()
    token = office.settings.bot_token is not None
    if token:
        click.echo(words("cli.run.no_bot"))
    click.echo(words("cli.run.sample"))
    click.echo()
    with as_file(files("bot") / "samples" / SAMPLE) as sample:
        report = audit_files(office, [str(sample)], words, excerpts=True, titles=True, quiet=False)
    folder = made_folder(FOLDER)
    outputs = Outputs(folder / "report.html", folder / "report.xlsx", folder / "report.json")
    written = [path.name for path in write(report, outputs, words)]
    show(report, words)
    click.echo()
    click.echo(words("cli.run.reports", folder=folder.resolve(), files=words("cli.join").join(written)))
    click.echo(words("cli.run.own"))
    if not token:
        click.echo(words("cli.run.token"))

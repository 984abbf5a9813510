"""`jianfu audit`: counts the burdens in chat exports."""

from pathlib import Path

import click

from bot.cli.office_options import Given, office_options
from bot.cli.paths import STANDARD_OUTPUT, InputName, OutputPath
from bot.cli.session import Session
from bot.cli.worded import WordedCommand


@click.command("audit", cls=WordedCommand)
@click.argument("exports", nargs=-1, required=True, type=InputName(), metavar="EXPORT...")
@click.option("--html", "html_file", type=OutputPath(), metavar="FILE")
@click.option("--xlsx", "xlsx_file", type=OutputPath(), metavar="FILE")
@click.option("--json", "json_file", type=OutputPath(standard=True), metavar="FILE")
@office_options()
@click.option("--excerpts", is_flag=True)
@click.option("--titles", is_flag=True)
@click.option("--quiet", is_flag=True)
@click.pass_obj
def command(
    session: Session,
    exports: tuple[str, ...],
    html_file: Path | None,
    xlsx_file: Path | None,
    json_file: Path | None,
    given: Given,
    excerpts: bool,
    titles: bool,
    quiet: bool,
) -> None:
    """Audit chat exports."""
    from bot.cli.auditing import Outputs, audit_files, show, warn, write
    from bot.cli.files import check_given_once, check_outputs

    office = session.office(**given)
    own = (path for path in (office.settings.calendar, office.settings.rules) if path)
    outputs = Outputs(html_file, xlsx_file, json_file)
    check_outputs(list(outputs.files()), [*exports, *map(str, own)])
    check_given_once(exports)
    quiet = quiet or json_file == STANDARD_OUTPUT
    report = audit_files(office, exports, session.words, excerpts=excerpts, titles=titles, quiet=quiet)
    written = list(write(report, outputs, session.words))
    if quiet:
        warn(report, session.words)
        return
    show(report, session.words)
    for path in written:
        click.echo(session.words("cli.audit.written", file=path))

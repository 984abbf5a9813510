"""`jianfu cases export`: writes the whole file of one case, for the office to keep."""

import asyncio
import io
import os
from contextlib import suppress
from pathlib import Path

import click

from bot.cli.files import check_outputs, written
from bot.cli.session import Session
from bot.cli.worded import WordedCommand
from bot.core.errors import BadInput


@click.command("export", cls=WordedCommand)
@click.argument("number", type=click.IntRange(1, 999_999_999))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--with-known", "known", is_flag=True)
@click.option("--force", is_flag=True)
@click.pass_obj
def command(session: Session, number: int, file: Path, known: bool, force: bool) -> None:
    """Export a case."""
    from bot import casework
    from bot.render.case_file import as_json, paragraphs
    from bot.render.document import write_docx
    from config.settings import load_settings

    form = file.suffix.lower().removeprefix(".")
    if form not in {"docx", "json"}:
        raise BadInput("not_case_file", file=str(file))
    check_outputs([file], [])
    if file.exists() and not force:
        raise BadInput("exists", file=str(file))
    settings = load_settings()
    dossier = asyncio.run(casework.exported(settings, number, form, known=known))
    out = io.BytesIO()
    if form == "json":
        out.write(as_json(dossier, settings.time_zone()))
    else:
        write_docx(out, paragraphs(dossier, session.words, settings.time_zone()))
    with written(file) as target:
        with suppress(OSError):  # a pipe has no owner
            os.fchmod(target.fileno(), 0o600)
        target.write(out.getvalue())
    click.echo(session.words("cli.cases.export.done", number=number, file=file))

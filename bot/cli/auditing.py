"""Reads export files into one audit, and shows on a terminal how far it is."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeAlias

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from bot.app import Office
from bot.chat_export import Export, Seen, open_export
from bot.cli.files import opened, written
from bot.cli.paths import STANDARD_OUTPUT
from bot.core.audit import AuditReport, Source
from bot.core.model import Message
from bot.core.scene import Scene
from bot.core.stated_names import StatedNames
from bot.judging import drafter
from bot.services.audit import Audit
from bot.services.crew import Crew, collect_rarely
from bot.texts import Catalogue

EXCERPTS = 5
"""Excerpts of each category that are kept when they are asked for."""

_STEP = 500

_Advance: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that an audit is to write; None where one is not asked for."""

    html: Path | None = None
    xlsx: Path | None = None
    json: Path | None = None

    def files(self) -> Iterator[Path]:
        """Yield the files that are asked for; standard output is none."""
        yield from (path for path in (self.html, self.xlsx, self.json) if path not in {None, STANDARD_OUTPUT})


def audit_files(
    office: Office, names: Sequence[str], words: Catalogue, *, excerpts: bool, titles: bool, quiet: bool
) -> AuditReport:
    """Audit all files together and return the report; raises `BadInput` for a file that is no export."""
    keep = EXCERPTS if excerpts else 0
    audit = Audit(office.rules.pipeline, lambda _chat: Scene(office.worktime), excerpts=keep)
    collect_rarely()
    sources: list[Source] = []
    shown: dict[str, str] = {}
    stated = StatedNames()
    seen = Seen() if len(names) > 1 else None
    settings = office.settings
    plain = settings.calendar, settings.hours, office.worktime.zone, settings.rules
    with Crew(partial(drafter, *plain)) as crew:
        for number, name in enumerate(names):
            with opened(name) as stream, _progress(name, stream, words, quiet=quiet) as advance:
                export = open_export(stream, name=name, zone=office.worktime.zone, seen=seen, number=number)
                audit.read_drafted(crew.drafts(_counted(export, stream, advance)))
            sources.append(_source(export))
            shown |= {chat.key: chat.title for chat in export.chats}
            stated |= export.names
    return audit.report(sources, shown if titles else None, stated.spans)


def write(report: AuditReport, outputs: Outputs, words: Catalogue) -> Iterator[Path]:
    """Write the outputs that are asked for, each file whole or not at all, and yield their paths."""
    from bot.render.report_html import write_html
    from bot.render.report_json import write_json
    from bot.render.report_xlsx import write_xlsx

    writers = ((outputs.html, write_html), (outputs.xlsx, write_xlsx), (outputs.json, write_json))
    for path, writer in writers:
        if path is not None:
            with nullcontext(sys.stdout.buffer) if path == STANDARD_OUTPUT else written(path) as stream:
                writer(report, words, stream)
            yield path


def show(report: AuditReport, words: Catalogue, *, excerpts: bool = True) -> None:
    """Print the summary, with what `excerpts` the report holds."""
    from bot.render.summary import write_summary

    write_summary(report, words, Console(), excerpts=excerpts)


def warn(report: AuditReport, words: Catalogue) -> None:
    """Say on stderr what must be said even where no summary is printed."""
    for number, source in enumerate(report.sources, start=1):
        if source.truncated:
            click.echo(words("cli.audit.truncated", number=number), err=True)
    for year in report.unknown_years:
        click.echo(words("cli.check.unknown_year", year=year), err=True)


def _source(export: Export) -> Source:
    tally = export.tally
    return Source(
        kind=export.kind.value,
        messages=tally.messages,
        skipped=tally.skipped | {"unsupported": tally.unsupported},
        repairs=tally.repairs,
        services=tally.services.total(),
        truncated=tally.truncated,
        last_at=tally.last_at,
    )


def _counted(messages: Iterable[Message], stream: BinaryIO, advance: _Advance | None) -> Iterator[Message]:
    if advance is None:
        yield from messages
        return
    count = 0
    for count, message in enumerate(messages, start=1):
        if count % _STEP == 0:
            advance(count, _place(stream))
        yield message
    advance(count, _place(stream))


@contextmanager
def _progress(name: str, stream: BinaryIO, words: Catalogue, *, quiet: bool) -> Iterator[_Advance | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[speed]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        reading = words("cli.audit.progress.reading", name=name)
        task = progress.add_task(reading, total=_size(stream), speed="")

        def advance(count: int, place: int) -> None:
            seconds = progress.tasks[0].elapsed or 0
            speed = f"{count / seconds:,.0f}" if seconds else "–"
            progress.update(task, completed=place, speed=words("cli.audit.progress.speed", count=speed))

        yield advance


def _size(stream: BinaryIO) -> int | None:
    return os.fstat(stream.fileno()).st_size or None if stream.seekable() else None


def _place(stream: BinaryIO) -> int:
    return stream.tell() if stream.seekable() else 0

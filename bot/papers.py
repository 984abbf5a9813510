"""The files that the bot sends: made when they are sent, from what was stored, in a thread of their own."""

import asyncio
import io
from dataclasses import dataclass
from datetime import tzinfo

from bot.core.case_file import Dossier
from bot.core.digest import load
from bot.core.notice import Notice
from bot.core.periods import Per, Period, read_period
from bot.core.speech import Attachment, FileKind
from bot.core.unit_sheet import UnitSheet
from bot.render.case_file import paragraphs
from bot.render.digest import caption
from bot.render.document import write_docx
from bot.render.notice import draft
from bot.render.unit_sheet import case_rows, cases_title, headings, rows, title
from bot.runtime import Runtime
from bot.services.case_file import for_office
from bot.services.digest_sheet import desk_sheet
from bot.services.notice import make_notice
from bot.sheets.write import Column, Page, write_xlsx
from bot.texts import Catalogue


@dataclass(frozen=True, slots=True)
class Paper:
    """A file with its name, and the words that go with it as HTML."""

    name: str
    content: bytes
    caption: str


async def make(runtime: Runtime, file: Attachment, words: Catalogue) -> Paper:
    """Make a file. Raises `ValueError` or `KeyError` for one that cannot be made from what was stored."""
    match file.kind:
        case FileKind.DIGEST_CHART:
            return await asyncio.to_thread(chart, file.data, words)
        case FileKind.UNIT_SHEET:
            period = _period(file.data)
            async with runtime.store.begin() as work:
                found = await desk_sheet(work, runtime.zone, period, runtime.clock.now())
            return await asyncio.to_thread(sheet, found, words)
        case FileKind.QUARTER_NOTICE:
            quarter = _period(file.data)
            async with runtime.store.begin() as work:
                made = await make_notice(
                    work, runtime.policy, runtime.zone, quarter, runtime.clauses, runtime.clock.now()
                )
                await work.commit()
            return await asyncio.to_thread(notice, made, quarter, words)
        case FileKind.CASE_FILE:
            async with runtime.store.begin() as work:
                dossier = await for_office(work, int(file.data))
            if dossier is None:
                raise ValueError(file.data)
            return await asyncio.to_thread(case_file, dossier, runtime.zone, words)
    raise ValueError(file.kind)


def chart(stored: str, words: Catalogue) -> Paper:
    """The picture of a digest from its stored numbers."""
    from bot.render.chart import draw  # noqa: PLC0415 - half a second and 60 MiB that most processes never need

    data = load(stored)
    return Paper(f"jianfu-{data.period.key}.png", draw(data, words), caption(data, words))


def sheet(found: UnitSheet, words: Catalogue) -> Paper:
    """The sheet of all units as a workbook."""
    out = io.BytesIO()
    columns = [Column(heading, width) for heading, width in headings(words)]
    cases = [Column(words("digest.sheet.cases"), 40), Column(words("digest.sheet.count"), 10)]
    further = [Page(words("digest.sheet.cases"), cases, case_rows(found, words), cases_title(found, words))]
    name = words("digest.sheet.name")
    write_xlsx(out, columns, rows(found, words), sheet=name, title=title(found, words), further=further)
    key = found.period.key
    return Paper(words("digest.sheet.file", period=key), out.getvalue(), words("digest.sheet.caption", period=key))


def notice(made: Notice, quarter: Period, words: Catalogue) -> Paper:
    """The draft of a quarter's notice as a document."""
    out = io.BytesIO()
    write_docx(out, draft(made, words))
    counts = {"confirmed": len(made.confirmed), "examples": len(made.examples)}
    name, caption = words("digest.notice.file", period=quarter.key), words("digest.notice.caption", period=quarter.key)
    return Paper(name, out.getvalue(), f"{caption}\n{words('digest.notice.holds', **counts)}")


def case_file(dossier: Dossier, zone: tzinfo, words: Catalogue) -> Paper:
    """The file of a case as a document."""
    out = io.BytesIO()
    write_docx(out, paragraphs(dossier, words, zone))
    number = dossier.case.id
    return Paper(words("case_file.file", number=number), out.getvalue(), words("case_file.caption", number=number))


def _period(key: str) -> Period:
    period = read_period(key)
    if period is None or period.per is Per.DAY:
        raise ValueError(key)
    return period

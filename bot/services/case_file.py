"""The file of a case is put together, for the host to export and for the office to be sent; that it was is logged."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.case_file import Dossier, ReportEntry, without_words
from bot.core.changes import Change, State
from bot.core.ledger_log import CASE, Author
from bot.core.reports import Report, ReportState
from bot.core.speech import Act, Attachment, FileKind, Outgoing, PostKind, Speech
from bot.core.unit_tree import UnitTree
from bot.ports import UnitOfWork


async def gather(work: UnitOfWork, case_id: int, *, known: bool = False) -> Dossier | None:
    """The whole file of a case; None for a number that there is not.

    Never a receipt; who a reporter chose to be known as only with `known`. What waits for a batch is not in it.
    """
    case = await work.cases.get(case_id)
    if case is None:
        return None
    group = None if case.group_id is None else await work.groups.get(case.group_id)
    unit = "" if case.unit_id is None else UnitTree.of(await work.units.all(ended=True)).path(case.unit_id)
    events = await work.cases.events(case_id)
    found = [each for each in await work.reports.of_case(case_id) if each.state is not ReportState.HELD]
    reports = [await _entry(work, each, known=known) for each in found]
    return Dossier(case, events, _by_day(reports), "" if group is None else group.title, unit)


async def for_office(work: UnitOfWork, case_id: int) -> Dossier | None:
    """The file as the office is sent it: nobody is known in it, and no word once those are sealed off."""
    dossier = await gather(work, case_id)
    return without_words(dossier) if dossier is not None and dossier.case.sealed_off else dossier


async def queue(work: UnitOfWork, case_id: int, chat_id: int, author: Author, language: str, now: datetime) -> None:
    """Send the file of a case that there is as a document, to the desk or to one of the office in private."""
    file = Attachment(FileKind.CASE_FILE, str(case_id))
    await work.outbox.add([Outgoing(chat_id, PostKind.ANSWER, Act.DOCUMENT, Speech((), language), file=file)], now)
    await log_export(work, case_id, "docx", author, now)


async def log_export(
    work: UnitOfWork, case_id: int, form: str, author: Author, now: datetime, *, known: bool = False
) -> None:
    """Who takes a file out leaves a line in the log, and whether reporters are known in it."""
    after: State = {"exported": form, "known": True} if known else {"exported": form}
    await work.changes.append([Change(now, author.role, CASE, case_id, {}, after, author.actor)])


async def _entry(work: UnitOfWork, report: Report, *, known: bool) -> ReportEntry:
    group = None if report.group_id is None else await work.groups.get(report.group_id)
    talk = [each for each in await work.reports.talk(report.id) if not each.held]
    return ReportEntry(
        *(report.day, report.state, report.words, report.place),
        group="" if group is None else group.title,
        message_id=report.message_id,
        open_handed=report.open_handed,
        known=report.known if known else "",
        talk=talk,
    )


def _by_day(reports: Sequence[ReportEntry]) -> Sequence[ReportEntry]:
    """By their days; within one day in the order of random numbers, which tells nothing."""
    return sorted(reports, key=lambda each: each.day)

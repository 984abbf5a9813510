"""What a receipt opens: the state of a report, its talk with the office, and what its author may do with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.case_moves import CaseState
from bot.core.cases import Case
from bot.core.reports import LONGEST, Note, Report, ReportState, as_kept
from bot.core.speech import Button, Part, Speech, Word
from bot.ports import UnitOfWork, Vault
from bot.services.case_files import settled
from bot.services.reports import RECEIPT, button, number

_SHOWN = {
    CaseState.SUSPECTED: "received",
    CaseState.UNDER_CHECK: "checked",
    CaseState.SENT: "told",
    CaseState.ANSWERED: "told",
    CaseState.CORRECTED: "corrected",
    CaseState.CONFIRMED: "confirmed",
    CaseState.CLEARED: "cleared",
    CaseState.CLOSED: "closed",
}
"""How far a case is, as its reporters see it: no coarser step is hidden, no finer one is shown."""
NOTES_SHOWN = 12
MOST_NOTES = 30
"""Lines that may be added to one report."""


async def find(work: UnitOfWork, vault: Vault, digits: str) -> Report | None:
    """The report of a receipt."""
    return await work.reports.of_receipt(vault.digest(RECEIPT, digits))


async def page(work: UnitOfWork, report: Report, language: str, now: datetime) -> Speech:
    """The report as its author sees it, and its case without what the office can still take back."""
    if report.state is ReportState.WITHDRAWN:
        return Speech((Part("report.receipt.withdrawn"),), language, ((button("clear"),),))
    case = None if report.case_id is None else await work.cases.get(report.case_id)
    if case is not None:
        case, _ = await settled(work, case, now)
    talk = await work.reports.talk(report.id)
    parts = [
        Part("report.receipt.title", {"category": Word(f"category.{report.category}.title"), "day": f"{report.day}"})
    ]
    parts.append(Part(f"report.state.{_state(report, case)}"))
    if case is not None and case.state is CaseState.CLOSED and case.outcome is not None:
        parts.append(Part.line(f"report.outcome.{case.outcome}"))
    if report.words:
        parts.append(Part("report.receipt.words", {"words": report.words}))
    parts += _lines(talk)
    if asked(talk):
        parts.append(Part("report.receipt.answer"))
    return Speech(tuple(parts), language, _buttons(report))


def _state(report: Report, case: Case | None) -> str:
    """How far it is. Of a case that was there before it nothing is told until that goes on.

    Else whoever was reported reports themselves, and learns from the receipt that others did.
    """
    if case is None or (report.joined and _SHOWN[case.state] == _SHOWN[CaseState(report.joined)]):
        return "received"
    return _SHOWN[case.state]


def _lines(talk: Sequence[Note]) -> list[Part]:
    """The last lines of the talk; words of somebody's own are shown as they are."""
    shown = talk[-NOTES_SHOWN:]
    parts = [Part("report.receipt.more", {"count": len(talk) - len(shown)})] if len(talk) > len(shown) else []
    for note in shown:
        key = "report.receipt.office" if note.from_office else "report.receipt.own"
        parts.append(Part(key, {"day": f"{note.day}", "words": note.words}))
    return parts


def asked(talk: Sequence[Note]) -> bool:
    """Whether the office had the last word: words that are typed then are the answer. Of a day no order is kept."""
    days = {
        from_office: [note.day for note in talk if note.from_office is from_office] for from_office in (True, False)
    }
    return bool(days[True]) and max(days[True]) >= max(days[False], default=date.min)


def _buttons(report: Report) -> tuple[tuple[Button, ...], ...]:
    known = button("unknown") if report.known else button("known")
    return ((button("note"), known), (button("withdraw"), button("clear")))


async def add(work: UnitOfWork, report: Report, words: str, day: date) -> bool:
    """Add words, which the office sees with the next batch; False when there are too many already."""
    talk = await work.reports.talk(report.id)
    if sum(not note.from_office for note in talk) >= MOST_NOTES:
        return False
    await work.reports.say(Note(number(), report.id, day, as_kept(words)[:LONGEST], held=True))
    return True


async def withdraw(work: UnitOfWork, report: Report) -> None:
    """Take a report back: its words and its talk are gone."""
    await work.reports.update(replace(report, state=ReportState.WITHDRAWN))


async def make_known(work: UnitOfWork, report: Report, name: str) -> None:
    """Let the office know who it is (an empty name takes it back)."""
    await work.reports.update(replace(report, known=name))

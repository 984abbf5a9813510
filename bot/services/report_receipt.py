"""What a receipt opens: the state of a report, its talk with the office, and what its author may do with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.case_moves import CaseState
from bot.core.case_screens import COARSE, CaseScreen, Coarse, Party
from bot.core.case_views import CaseFile, CaseView, NoteLine, ReportLine, view_of
from bot.core.cases import Case
from bot.core.reports import LONGEST, Note, Report, ReportState, as_kept
from bot.core.speech import Button, Part, Speech
from bot.ports import UnitOfWork, Vault
from bot.services.case_files import settled
from bot.services.case_lines import category
from bot.services.places import OfficeTime
from bot.services.reports import RECEIPT, button, number

TALK_SIZE = 1_200
"""Characters of the talk that are shown: a pressed message cannot be longer than one."""
_ANSWER = "report.receipt.answer"
MOST_NOTES = 30
"""Lines that may be added to one report."""


async def find(work: UnitOfWork, vault: Vault, digits: str) -> Report | None:
    """The report of a receipt."""
    return await work.reports.of_receipt(vault.digest(RECEIPT, digits))


async def page(work: UnitOfWork, office: OfficeTime, report: Report, language: str, now: datetime) -> Speech:
    """The report as its author sees it, on one message; of its case only how far it is settled."""
    if report.state is ReportState.WITHDRAWN:
        return Speech((Part("report.receipt.withdrawn"),), language, ((button("clear"),),))
    view = await _view(work, office, report, now)
    (mine,) = view.reports
    parts = [Part("report.receipt.title", {"category": category(view), "day": f"{mine.day}"})]
    parts.append(Part(f"report.state.{view.coarse}"))
    if view.coarse is Coarse.CLOSED and view.outcome is not None:
        parts.append(Part.line(f"report.outcome.{view.outcome}"))
    told = {"words": mine.words, "place": mine.place, "known": mine.known}
    parts += [Part(f"report.receipt.{name}", {name: value}) for name, value in told.items() if value]
    parts += _lines(mine.talk)
    if view.coarse is not Coarse.CLOSED and _asked(mine.talk):
        parts.append(Part(_ANSWER))
    return Speech(tuple(parts), language, _buttons(mine))


async def _view(work: UnitOfWork, office: OfficeTime, report: Report, now: datetime) -> CaseView:
    """What the table lets a reporter see; a report that waits for its batch is seen as received.

    Of a case that was there before the report nothing is told until it goes on: else whoever was reported reports
    themselves, and learns from the receipt that others did.
    """
    known = received = Case(report.category, report.day, report.day)
    case = None if report.case_id is None else await work.cases.get(report.case_id)
    if case is not None:
        known, _ = await settled(work, case, now)
    if report.joined and COARSE[known.state] is COARSE[CaseState(report.joined)]:
        known = received
    file = CaseFile(known, reports=((report, tuple(await work.reports.talk(report.id))),))
    return view_of(file, Party.REPORTER, CaseScreen.RECEIPT, office.today(now), report_id=report.id)


def _lines(talk: Sequence[NoteLine]) -> list[Part]:
    """The last lines of the talk, as many as there is room for."""
    shown: list[Part] = []
    left = TALK_SIZE
    for note in reversed(talk):
        left -= len(note.words)
        if left < 0:
            break
        key = "report.receipt.office" if note.from_office else "report.receipt.own"
        shown.insert(0, Part(key, {"day": f"{note.day}", "words": note.words}))
    earlier = len(talk) - len(shown)
    return [*([Part("report.receipt.more", {"count": earlier})] if earlier else []), *shown]


def awaits_answer(shown: Speech) -> bool:
    """Whether a page tells that words which are typed now are the answer: only then are they taken so."""
    return any(part.key == _ANSWER for part in shown.parts)


def _asked(talk: Sequence[NoteLine]) -> bool:
    """Whether the office surely had the last word. Of a day no order is kept: a line of that day may be the answer."""
    days = {
        from_office: [note.day for note in talk if note.from_office is from_office] for from_office in (True, False)
    }
    return bool(days[True]) and max(days[True]) > max(days[False], default=date.min)


def _buttons(mine: ReportLine) -> tuple[tuple[Button, ...], ...]:
    known = button("unknown") if mine.known else button("known")
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

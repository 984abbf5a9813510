"""What is asked before something is typed or chosen in private: the wording to a unit, a reason, a unit, a case."""

from collections.abc import Sequence

from bot.core.case_moves import Step
from bot.core.case_screens import CaseScreen, Party
from bot.core.case_views import is_small, view_of
from bot.core.cases import FEW_MEMBERS, LONGEST, Case, Clearing
from bot.core.reports import LONGEST as LONGEST_QUESTION
from bot.core.speech import Button, Part, Speech
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services import case_files
from bot.services.case_files import CaseRoom
from bot.services.case_lines import ACTION, brief, title
from bot.services.case_pages import Look

SENT_OUT, NOT_SENT_OUT = "sent", "draft"
"""What the office answers when it is asked whether a notice was sent out."""


async def ask(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, what: str, sent_out: str = "") -> Speech:
    """Ask for the words of a step or of a question, and warn of what they may give away."""
    file = await case_files.of_office(work, room, case, look.now)
    view = view_of(file, Party.OFFICE, CaseScreen.OFFICE_PAGE, room.today(look.now))
    most = LONGEST if what in set(Step) else LONGEST_QUESTION
    parts = [*title(view), Part(f"case.ask.{what}", {"most": most})]
    if what == Step.SEND:
        parts.append(Part("case.ask.as_written"))
        if is_small(view.members):
            parts.append(Part("case.ask.small", {"few": FEW_MEMBERS}))
        if not view.contacts:
            parts.append(Part("case.ask.no_contact"))
    elif what == Step.CLEAR and not case.shown:
        parts.append(Part("case.ask.clear_untold"))
    elif what == Step.CLEAR and sent_out == SENT_OUT:
        parts.append(Part("case.ask.in_channel"))
    return Speech(tuple(parts), look.language, (_back(case),))


def ask_unit(case: Case, what: str, look: Look) -> Speech:
    """Ask a contact for their answer or objection."""
    parts = (Part("case.title_number", {"number": case.id}), Part(f"case.ask.unit_{what}", {"most": LONGEST}))
    return Speech(parts, look.language, (_back(case),))


def how_cleared(case: Case, look: Look) -> Speech:
    """Ask how the charge is cleared (书面、当面、通报、媒体)."""
    buttons = [Button(Part(f"case.clearing.{each}"), f"{ACTION}:w:{case.id}:{Step.CLEAR}:{each}") for each in Clearing]
    return Speech((Part("case.ask.clearing"),), look.language, (tuple(buttons[:2]), tuple(buttons[2:]), _back(case)))


def whether_sent_out(case: Case, clearing: str, look: Look) -> Speech:
    """Ask whether the notice in whose draft a case stood was sent out: only then is there something to correct."""
    buttons = [
        Button(Part(f"case.button.{each}"), f"{ACTION}:w:{case.id}:{Step.CLEAR}:{clearing}:{each}")
        for each in (SENT_OUT, NOT_SENT_OUT)
    ]
    return Speech((Part("case.ask.sent_out"),), look.language, (tuple(buttons), _back(case)))


def which_unit(case: Case, units: Sequence[Unit], look: Look, key: str = "case.ask.unit") -> Speech:
    """Ask which unit a case is about, by name or among some."""
    rows = [
        (Button(Part("setup.choose.as_is", {"text": each.name}), f"{ACTION}:u:{case.id}:{each.id}"),) for each in units
    ]
    return Speech((Part(key),), look.language, (*rows, _back(case)))


async def which_case(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, others: Sequence[Case]) -> Speech:
    """Ask which other case is the same matter."""
    parts = [Part("case.ask.join" if others else "case.ask.join_none", {"number": case.id})]
    for each in others:
        file = await case_files.of_office(work, room, each, look.now)
        parts += brief(view_of(file, Party.OFFICE, CaseScreen.OFFICE_LIST, room.today(look.now)), room.office.zone)
    label = "case.button.number"
    rows = [(Button(Part(label, {"number": each.id}), f"{ACTION}:j:{case.id}:{each.id}"),) for each in others]
    return Speech(tuple(parts), look.language, (*rows, _back(case)))


async def really_join(work: UnitOfWork, room: CaseRoom, look: Look, case: Case, other: Case) -> Speech:
    """Ask once more: two cases that became one are not parted again."""
    file = await case_files.of_office(work, room, other, look.now)
    view = view_of(file, Party.OFFICE, CaseScreen.OFFICE_LIST, room.today(look.now))
    parts = (Part("case.ask.join_really", {"number": case.id, "other": other.id}), *brief(view, room.office.zone))
    yes = Button(Part("case.button.join_yes"), f"{ACTION}:j:{case.id}:{other.id}:yes")
    return Speech(parts, look.language, ((yes,), _back(case)))


def _back(case: Case) -> tuple[Button, ...]:
    return (Button(Part("case.button.back"), f"{ACTION}:p:{case.id}"),)

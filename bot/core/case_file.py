"""The whole file of a case, for the office alone: its history, and the reports behind it with their days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.cases import Case, Event
from bot.core.reports import Note, ReportState


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report in a file: no number and no receipt, and who it was only where that was asked for."""

    day: date
    state: ReportState
    words: str = ""
    place: str = ""
    group: str = ""
    message_id: int | None = None
    open_handed: bool = False
    known: str = ""
    talk: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with all that belongs to it; `group` is the title of its group, `unit` the way to its unit."""

    case: Case
    events: Sequence[Event]
    reports: Sequence[ReportEntry]
    group: str = ""
    unit: str = ""


def without_words(dossier: Dossier) -> Dossier:
    """The file as it may be shown once the words are sealed off: steps, days and counts."""
    events = [replace(each, words="") for each in dossier.events]
    reports = [ReportEntry(each.day, each.state) for each in dossier.reports]
    return replace(dossier, case=replace(dossier.case, place="", sealed_off=True), events=events, reports=reports)

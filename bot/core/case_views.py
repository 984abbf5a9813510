"""A case as one viewer sees it on one screen, made by the table of `core/case_screens.py`; pages know nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.arrival import StoredFinding
from bot.core.case_moves import DECIDED, CaseState, Step, move_of
from bot.core.case_screens import COARSE, SEES, WORDS, CaseField, CaseScreen, Coarse, Party, Rows
from bot.core.cases import FEW_MEMBERS, Case, Clearing, Event, Shown
from bot.core.changes import Role
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState

_F = CaseField
_SAID: Mapping[Step, CaseField] = {
    Step.SEND: _F.WORDING,
    Step.ANSWER: _F.ANSWER,
    Step.OBJECT: _F.OBJECTION,
    Step.CORRECT: _F.REASON,
    Step.CONFIRM: _F.REASON,
    Step.CLEAR: _F.CLEARING_WORDS,
    Step.REOPEN: _F.REOPENING,
}
"""Which field the words of a step are."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that belongs to it; pages never get one.

    `members` of its group, None where unknown; `contacts` of its unit who can be written to; each report with its talk.
    """

    case: Case
    unit: str = ""
    group: str = ""
    members: int | None = None
    contacts: int = 0
    reports: tuple[tuple[Report, tuple[Note, ...]], ...] = ()
    findings: tuple[StoredFinding, ...] = ()
    events: tuple[Event, ...] = ()
    telling: bool = False
    """Whether the unit is only to be told of it: the office can still take that back."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of the talk."""

    day: date
    from_office: bool
    words: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report, as far as it is seen."""

    day: date | None = None
    words: str = ""
    place: str = ""
    known: str = ""
    open_handed: bool = False
    talk: tuple[NoteLine, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding, as far as it is seen."""

    at: datetime | None = None
    excerpt: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the history; its words only where they are seen."""

    at: datetime
    by: Role
    step: Step
    undone: bool
    words: str = ""
    clearing: Clearing | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """What one viewer sees of a case on one screen; what they do not see is empty, and `seen` does not name it."""

    seen: frozenset[CaseField]
    number: int = 0
    category: Category | None = None
    group: str = ""
    members: int | None = None
    place: str = ""
    unit: str = ""
    contacts: int = 0
    state: CaseState | None = None
    outcome: CaseState | None = None
    objected: bool = False
    former: CaseState | None = None
    coarse: Coarse | None = None
    opened_on: date | None = None
    moved_on: date | None = None
    due: date | None = None
    overdue: bool = False
    shown: frozenset[Shown] = frozenset()
    telling: bool = False
    report_count: int = 0
    withdrawn: int = 0
    finding_count: int = 0
    said: Mapping[CaseField, str] = field(default_factory=dict)
    clearing: Clearing | None = None
    reports: tuple[ReportLine, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    history: tuple[StepLine, ...] = ()
    sealed_off: bool = False
    """Whether words are not shown any more that this screen would show."""

    def sees(self, *wanted: CaseField) -> bool:
        """Whether all these fields are seen."""
        return self.seen.issuperset(wanted)


def view_of(
    file: CaseFile,
    party: Party,
    screen: CaseScreen,
    today: date,
    *,
    report_id: int | None = None,
    rows: Rows = SEES,
) -> CaseView:
    """What a party sees of a case on a screen; of the reports a reporter sees the one of their receipt alone."""
    named = rows.get(party, {}).get(screen, frozenset())
    closed = file.case.sealed_off and bool(named & WORDS) and party is not Party.REPORTER
    seen = named - WORDS if closed else named
    case = file.case
    told = {name: value for name, value in _plain(file, today).items() if seen & _fields(name)}
    return CaseView(
        seen,
        **told,  # type: ignore[arg-type]  # each by its own name, see `_plain`
        clearing=case.clearing if _F.CLEARING in seen and case.outcome is CaseState.CLEARED else None,
        said={name: words for name, words in _latest(file).items() if name in seen},
        reports=_reports(file, seen, party, report_id),
        findings=_findings(file, seen),
        history=_history(file, seen),
        sealed_off=closed,
    )


_PART_OF: Mapping[str, frozenset[CaseField]] = {
    "overdue": frozenset({_F.DUE}),
    "outcome": frozenset({_F.STATE, _F.COARSE}),
    "objected": frozenset({_F.STATE}),
    "telling": frozenset({_F.SHOWN}),
    "withdrawn": frozenset({_F.REPORT_COUNT}),
}
"""What is part of other fields, and seen with any of them."""


def _fields(name: str) -> frozenset[CaseField]:
    return _PART_OF.get(name) or frozenset({CaseField(name)})


def _plain(file: CaseFile, today: date) -> Mapping[str, object]:
    case = file.case
    owed = case.state not in DECIDED
    reports = [report.state for report, _ in file.reports if report.state is not ReportState.HELD]
    former = decided_before(file.events) if case.objected else None
    return {
        "number": case.id,
        "category": case.category,
        "group": file.group,
        "members": file.members,
        "place": case.place,
        "unit": file.unit,
        "contacts": file.contacts,
        "state": case.state,
        "outcome": case.outcome,
        "objected": case.objected,
        "former": None if former is None else move_of(former.step).target,
        "coarse": COARSE[case.state],
        "opened_on": case.opened_on,
        "moved_on": case.moved_on,
        "due": case.due,
        "overdue": owed and case.is_overdue(today),
        "shown": case.shown,
        "telling": file.telling,
        "report_count": len(reports) or case.reports,
        "withdrawn": reports.count(ReportState.WITHDRAWN),
        "finding_count": case.findings,
    }


def _latest(file: CaseFile) -> Mapping[CaseField, str]:
    """The words that stand, of each kind the last; of what was decided before only as long as it is decided."""
    words = {_SAID[each.step]: each.words for each in file.events if each.step in _SAID and not each.undone}
    outcome = file.case.outcome
    if outcome not in {CaseState.CORRECTED, CaseState.CONFIRMED}:
        words.pop(_F.REASON, None)
    if outcome is not CaseState.CLEARED:
        words.pop(_F.CLEARING_WORDS, None)
    former = decided_before(file.events) if file.case.objected else None
    return words if former is None else {**words, _F.FORMER: former.words}


def decided_before(events: Sequence[Event]) -> Event | None:
    """The decision that was the last, and that the office may have to look at again; none after a reopening."""
    found = None
    for each in events:
        if each.undone:
            continue
        if each.step in {Step.CORRECT, Step.CONFIRM}:
            found = each
        elif each.step in {Step.CLEAR, Step.REOPEN}:
            found = None
    return found


def _reports(file: CaseFile, seen: frozenset[CaseField], party: Party, report_id: int | None) -> tuple[ReportLine, ...]:
    """The reports that are not withdrawn; a line each, which tells their number too."""
    fields = {_F.REPORT_DAY, _F.REPORT_WORDS, _F.REPORT_PLACE, _F.OPEN_HANDED, _F.REPORTER, _F.TALK}
    if not seen & fields:
        return ()
    mine = [pair for pair in file.reports if party is not Party.REPORTER or pair[0].id == report_id]
    return tuple(_report(*pair, seen, party) for pair in mine if pair[0].state is not ReportState.WITHDRAWN)


def _report(report: Report, talk: tuple[Note, ...], seen: frozenset[CaseField], party: Party) -> ReportLine:
    known = [each for each in talk if party is Party.REPORTER or not each.held]
    notes = sorted(known, key=lambda note: (note.day, not note.from_office))  # of one day nobody knows the order
    return ReportLine(
        day=report.day if _F.REPORT_DAY in seen else None,
        words=report.words if _F.REPORT_WORDS in seen else "",
        place=report.place if _F.REPORT_PLACE in seen else "",
        known=report.known if _F.REPORTER in seen else "",
        open_handed=report.open_handed and _F.OPEN_HANDED in seen,
        talk=tuple(NoteLine(each.day, each.from_office, each.words) for each in notes) if _F.TALK in seen else (),
    )


def _findings(file: CaseFile, seen: frozenset[CaseField]) -> tuple[FindingLine, ...]:
    if not seen & {_F.FINDING_DAY, _F.EXCERPT}:
        return ()
    return tuple(
        FindingLine(
            each.at if _F.FINDING_DAY in seen else None,
            each.excerpt if _F.EXCERPT in seen else "",
            each.marked_wrong_at is not None,
        )
        for each in file.findings
    )


def _history(file: CaseFile, seen: frozenset[CaseField]) -> tuple[StepLine, ...]:
    if _F.HISTORY not in seen:
        return ()
    return tuple(
        StepLine(
            *(each.at, each.by, each.step, each.undone),
            words=each.words if _SAID.get(each.step) in seen else "",
            clearing=each.clearing if _F.CLEARING in seen else None,
        )
        for each in file.events
    )


def is_small(members: int | None) -> bool:
    """Whether a group is so small, or its size unknown, that a reporter may be guessed."""
    return members is None or members < FEW_MEMBERS

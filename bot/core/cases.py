"""A case: one matter that people check, hear the unit about, decide, and clear where the charge was wrong.

It begins *suspected*, from reports or from findings; what began it is never told to the unit (Baotou 2019 items 28 and
30; Wuhan 2020: 限期回告, 澄清). All days are those of the office's zone, all terms working days and local numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.core.case_moves import DECIDED, MOVES, OPEN, CaseState, Guard, Move, Step, move_of
from bot.core.changes import Role
from bot.core.errors import CaseRefused
from bot.core.model import Category

UNDO_WITHIN = timedelta(minutes=15)
"""How long the office can take its last step back; what a step tells others waits as long."""
LONGEST = 1_200
"""Characters of the office's wording, a unit's answer, or a reason."""
FEW_MEMBERS = 15
"""Members below which the office is warned, before it writes to the unit, that a reporter may be guessed."""
_LOOKS_AHEAD = 400
"""Days within which a number of working days is looked for; beyond them the calendar knows none."""


class Clearing(StrEnum):
    """How a wrong charge is cleared (Baotou 2019 item 28: 书面、当面、通报、媒体)."""

    WRITTEN = "written"
    IN_PERSON = "in_person"
    NOTICE = "notice"
    MEDIA = "media"


class Shown(StrEnum):
    """Where a charge was shown, and so a clearing must be."""

    UNIT = "unit"  # the unit's contacts, in private
    NOTICE = "notice"  # the draft of a notice; whether that was sent out is known to the office alone


@dataclass(frozen=True, slots=True)
class Terms:
    """The local numbers of working days: for the office to take, for its check, for the answer, for an objection."""

    take_days: int = 5
    check_days: int = 10
    answer_days: int = 10
    objection_days: int = 5


@dataclass(frozen=True, slots=True)
class Event:
    """One step as it stands in a case's file; `words` are the office's or the unit's own, never a reporter's."""

    step: Step
    by: Role
    before: CaseState
    after: CaseState
    at: datetime
    words: str = ""
    clearing: Clearing | None = None
    undone: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands. `due` is the day until which the next step is owed, by whoever owes it in this state.

    `place` is where a demand was made that stands in no watched group, in the office's words. `heard` and `objected`
    tell whether the unit answered and objected. `outcome` is the last decision, also once it is closed. `shown` are the
    places where the charge was shown. `findings` counts what the rules found, `reports` what people reported; neither
    is told to a unit. `moved_on` is the day of its last step.
    """

    category: Category
    opened_on: date
    moved_on: date
    state: CaseState = CaseState.SUSPECTED
    group_id: int | None = None
    unit_id: int | None = None
    place: str = ""
    due: date | None = None
    heard: bool = False
    objected: bool = False
    outcome: CaseState | None = None
    clearing: Clearing | None = None
    shown: frozenset[Shown] = field(default_factory=frozenset)
    findings: int = 0
    reports: int = 0
    reminded: bool = False
    sealed_off: bool = False
    """Whether its words are no longer shown at the desk; they are deleted later."""
    emptied: bool = False
    """Whether its words are deleted; state, days and counts stay."""
    words_until: date | None = None
    """The last day of its words, once the desk was told that they will go."""
    id: int = 0

    def is_overdue(self, today: date) -> bool:
        """Whether the next step is owed since before today."""
        return self.due is not None and self.due < today

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN


Works = Callable[[date], bool]
"""Whether a day is a working day of the office."""


def working_days_later(start: date, days: int, works: Works) -> date:
    """The day a number of working days after another, which is not counted; never guessed beyond a year."""
    day, left = start, days
    for _ in range(_LOOKS_AHEAD):
        if left <= 0:
            break
        day += timedelta(days=1)
        left -= works(day)
    return day


def opened(case: Case, terms: Terms, works: Works) -> Case:
    """A new case with the day until which it is to be taken."""
    return replace(case, due=working_days_later(case.opened_on, terms.take_days, works))


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does with a case."""

    step: Step
    by: Role
    at: datetime
    today: date
    words: str = ""
    clearing: Clearing | None = None


def done(case: Case, deed: Deed, terms: Terms, works: Works) -> tuple[Case, Event]:
    """The case after a step, and the event; raises `CaseRefused` that says why a step cannot be."""
    move = _allowed(case, deed)
    event = Event(deed.step, deed.by, case.state, move.target, deed.at, deed.words.strip(), deed.clearing)
    step = deed.step
    after = replace(
        case,
        state=move.target,
        moved_on=deed.today,
        due=_due(move.target, deed.today, terms, works),
        reminded=False,
        heard=case.heard or step in {Step.ANSWER, Step.OBJECT},
        objected=step is Step.OBJECT or (case.objected and move.target not in DECIDED),
        shown=case.shown | {Shown.UNIT} if step is Step.SEND else case.shown,
    )
    if move.target in DECIDED:
        after = replace(after, outcome=move.target, clearing=deed.clearing if step is Step.CLEAR else None)
    elif step in {Step.REOPEN, Step.OBJECT}:
        after = replace(after, outcome=None, clearing=None)
    if step is Step.REOPEN:  # both clocks begin anew, and what is said from now on ends in its turn
        after = replace(after, sealed_off=False, emptied=False, words_until=None)
    return after, event


def possible(case: Case, by: Role, today: date) -> Sequence[Step]:
    """The steps that somebody may make now, in the order of the table."""
    return [move.step for move in MOVES if by in move.by and _hindrance(case, move, today) is None]


def undo(case: Case, last: Event | None, former: Case | None, at: datetime) -> Case:
    """The case before its last step, which the office takes back; raises `CaseRefused`.

    Only the office's own step, and only while nobody was told of it (`UNDO_WITHIN`). What no step changes (unit, group,
    counts) stays as it is now, and a notice that went out meanwhile stays told.
    """
    if last is None or former is None or last.by is not Role.OFFICE or last.undone:
        raise CaseRefused("no_undo")
    if at - last.at >= UNDO_WITHIN:
        raise CaseRefused("undo_late", minutes=int(UNDO_WITHIN.total_seconds() // 60))
    shown = (former.shown - {Shown.NOTICE}) | (case.shown & {Shown.NOTICE})
    return replace(case, **{name: getattr(former, name) for name in _MOVED}, shown=shown)


_MOVED = (
    "state", "moved_on", "due", "heard", "objected", "outcome", "clearing", "reminded", "sealed_off", "words_until",
)  # fmt: skip
"""What a step changes and an undo brings back, beside where the charge was shown. A case that was emptied is not so any
more once it was reopened, for that has words of its own, which end by the same clock."""


def unsettled(events: Sequence[Event], at: datetime) -> Event | None:
    """The first of the office's latest steps that it can still take back, and of which nobody is told yet."""
    first = None
    for each in reversed([event for event in events if not event.undone]):
        if each.by is not Role.OFFICE or at - each.at >= UNDO_WITHIN:
            break
        first = each
    return first


def _allowed(case: Case, deed: Deed) -> Move:
    move = move_of(deed.step)
    hindrance = "not_yours" if deed.by not in move.by else _hindrance(case, move, deed.today)
    if hindrance is not None:
        raise CaseRefused(hindrance, state=case.state.value)
    if move.words and not deed.words.strip():
        raise CaseRefused("words")
    if len(deed.words) > LONGEST:
        raise CaseRefused("long", most=LONGEST)
    if deed.step is Step.CLEAR and deed.clearing is None and case.shown:  # what nobody was told of needs no way
        raise CaseRefused("clearing")
    return move


def _hindrance(case: Case, move: Move, today: date) -> str | None:
    """Why a move cannot be made from where the case stands."""
    if case.state not in move.sources:
        return "state"
    guard = dict(move.guards).get(case.state)
    if guard is not None and not case.is_overdue(today):
        return {Guard.OVERDUE: "not_overdue", Guard.OBJECTION_OVER: "may_object"}[guard]
    return None


def _due(state: CaseState, today: date, terms: Terms, works: Works) -> date | None:
    """Until when the next step is owed; of a decided case, until when the unit may object."""
    days = {
        CaseState.UNDER_CHECK: terms.check_days,
        CaseState.SENT: terms.answer_days,
        CaseState.ANSWERED: terms.check_days,
        CaseState.CORRECTED: terms.objection_days,
        CaseState.CONFIRMED: terms.objection_days,
    }.get(state)
    return None if days is None else working_days_later(today, days, works)

"""What a quarter's notice is made of, which a person writes (Baotou 2019 item 30: 每季度; 正反面典型).

Only cases that a person decided may be told: what was confirmed, and as good examples what was corrected. Without any
the draft holds figures alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.campaign import Campaign
from bot.core.case_moves import DECIDED, CaseState, Step
from bot.core.cases import Case, Event
from bot.core.digest import DigestData
from bot.core.model import Category, Clause

TOLD = frozenset({CaseState.CONFIRMED, CaseState.CORRECTED})
"""The outcomes of which a notice may speak: what was established, and what was put right."""


@dataclass(frozen=True, slots=True)
class Told:
    """A case as a notice tells it, in the office's own words alone: what it wrote to the unit, and why it decided."""

    number: int
    category: Category
    decided_on: date
    charge: str
    decision: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What the draft of a quarter is made of; `clauses` are the documents behind the categories.

    `confirmed` are the cases and `examples` those that were corrected; `wordless` ones have their words sealed off.
    """

    data: DigestData
    moved: Campaign
    clauses: Mapping[Category, Clause]
    over_first: tuple[int, int] | None
    """Units above the cap and all units, on the first day of the quarter that was counted."""
    confirmed: Sequence[Told] = ()
    examples: Sequence[Told] = ()
    wordless: int = 0


def may_be_told(case: Case, today: date) -> bool:
    """Whether a notice may speak of a case: decided against nobody's objection, and nobody can object any more."""
    settled = case.state is CaseState.CLOSED or (case.state in TOLD and case.is_overdue(today))
    return settled and case.outcome in TOLD and not case.objected


def decision(events: Sequence[Event]) -> Event | None:
    """The decision that stands: the last one that was not undone, unless the case went on after it."""
    for event in reversed([each for each in events if not each.undone]):
        if event.after in DECIDED:
            return event
        if event.step is not Step.CLOSE:
            return None
    return None


def told(case: Case, events: Sequence[Event], decided_on: date) -> Told:
    """A case in the words of the office: its last charge before the decision, and the reason of that."""
    last = decision(events)
    charges = [each.words for each in events if each.step is Step.SEND and not each.undone]
    return Told(case.id, case.category, decided_on, charges[-1] if charges else "", "" if last is None else last.words)

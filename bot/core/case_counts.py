"""What the office did with cases in a period, in numbers for all of them together: never by unit, never by person."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from bot.core.case_moves import DECIDED, CaseState, Step
from bot.core.cases import Case, Event


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """Cases opened and sent in a period, and what was decided last of each in it; those whose day has passed.

    `unit_late` wait for an answer of a unit, `office_late` for the office itself.
    """

    opened: int = 0
    sent: int = 0
    corrected: int = 0
    confirmed: int = 0
    cleared: int = 0
    unit_late: int = 0
    office_late: int = 0

    @property
    def moved(self) -> bool:
        """Whether anything was done."""
        return any(astuple(self)[:5])

    @property
    def late(self) -> bool:
        """Whether anything is owed beyond its day."""
        return bool(self.unit_late or self.office_late)


_OFFICE_OWES = frozenset({CaseState.SUSPECTED, CaseState.UNDER_CHECK, CaseState.ANSWERED})
_TAKES_BACK = frozenset({Step.OBJECT, Step.REOPEN})
"""Steps after which a decision no longer stands."""


def counted(opened: int, steps: Iterable[tuple[int, Event]], owed: Iterable[Case], day: date) -> CaseCounts:
    """The counts of the steps of a period, in their order, and of what is owed since before a day.

    A case is sent once however often it is, and only its last decision counts.
    """
    sent: set[int] = set()
    decided: dict[int, CaseState] = {}
    for case_id, event in steps:
        if event.step is Step.SEND:
            sent.add(case_id)
        if event.after in DECIDED:
            decided[case_id] = event.after
        elif event.step in _TAKES_BACK:
            decided.pop(case_id, None)
    late = [each.state for each in owed if each.is_overdue(day)]
    outcomes = [*decided.values()]
    return CaseCounts(
        opened,
        len(sent),
        outcomes.count(CaseState.CORRECTED),
        outcomes.count(CaseState.CONFIRMED),
        outcomes.count(CaseState.CLEARED),
        late.count(CaseState.SENT),
        sum(state in _OFFICE_OWES for state in late),
    )

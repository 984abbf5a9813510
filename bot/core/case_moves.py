"""Every move of a case in one table: who may make it, from which states, to which, and what it needs.

A case is a closed loop with a date at each step: found, told, answered, corrected or cleared, counted (Wuhan 2020:
发现—曝光—反馈—通报办理—考核评价, without the assessment; Baotou 2019 items 28 and 30). No move is made by a
machine, and nothing is confirmed before the unit was heard or its time to answer has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.changes import Role


class CaseState(StrEnum):
    """How far a case has come."""

    SUSPECTED = "suspected"
    UNDER_CHECK = "under_check"
    SENT = "sent"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"
    CLOSED = "closed"


DECIDED = frozenset({CaseState.CORRECTED, CaseState.CONFIRMED, CaseState.CLEARED})
"""The states that are a decision."""
UNDECIDED = frozenset({CaseState.SUSPECTED, CaseState.UNDER_CHECK, CaseState.SENT, CaseState.ANSWERED})
"""The states in which nothing is decided yet: what is found or joined meanwhile belongs to the case."""
DONE = frozenset({CaseState.CLEARED, CaseState.CLOSED})
"""The states in which nothing is left to be done."""
OPEN = frozenset(CaseState) - DONE
"""All others."""


class Step(StrEnum):
    """What is done with a case."""

    TAKE = "take"
    SEND = "send"
    ANSWER = "answer"
    OBJECT = "object"
    CORRECT = "correct"
    CONFIRM = "confirm"
    CLEAR = "clear"
    CLOSE = "close"
    REOPEN = "reopen"


class Guard(StrEnum):
    """What else must hold for a move."""

    OVERDUE = "overdue"  # only once the unit's time to answer has passed
    OBJECTION_OVER = "objection_over"  # only once the unit can object no more


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `words` must be given where it is true; `guards` hold from the named states alone."""

    step: Step
    by: frozenset[Role]
    sources: frozenset[CaseState]
    target: CaseState
    words: bool = False
    guards: tuple[tuple[CaseState, Guard], ...] = ()


_OFFICE = frozenset({Role.OFFICE})
_UNIT = frozenset({Role.UNIT_CONTACT})
_SUSPECTED, _UNDER_CHECK, _SENT, _ANSWERED, _CORRECTED, _CONFIRMED, _CLEARED, _CLOSED = CaseState
_MAY_OBJECT = (_CORRECTED, _CONFIRMED)

MOVES: Sequence[Move] = (
    Move(Step.TAKE, _OFFICE, frozenset({_SUSPECTED}), _UNDER_CHECK),
    Move(Step.SEND, _OFFICE, frozenset({_UNDER_CHECK, _ANSWERED}), _SENT, words=True),
    Move(Step.ANSWER, _UNIT | _OFFICE, frozenset({_SENT}), _ANSWERED, words=True),
    Move(Step.OBJECT, _UNIT | _OFFICE, frozenset({_SENT, _CORRECTED, _CONFIRMED}), _ANSWERED, words=True),
    Move(Step.CORRECT, _OFFICE, frozenset({_ANSWERED}), _CORRECTED, words=True),
    Move(
        Step.CONFIRM, _OFFICE, frozenset({_SENT, _ANSWERED}), _CONFIRMED, words=True, guards=((_SENT, Guard.OVERDUE),)
    ),
    Move(Step.CLEAR, _OFFICE, OPEN, _CLEARED, words=True),
    Move(Step.CLOSE, _OFFICE, DECIDED, _CLOSED, guards=tuple((each, Guard.OBJECTION_OVER) for each in _MAY_OBJECT)),
    Move(Step.REOPEN, _OFFICE, DONE, _UNDER_CHECK, words=True),
)
"""All moves. Whoever records an answer or objection that reached the office by letter or telephone is the office."""


def move_of(step: Step) -> Move:
    """The row of a step."""
    return next(each for each in MOVES if each.step is step)

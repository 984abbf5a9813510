"""What a check of the running parts found, each with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.policy import Policy
from bot.core.speech import Value
from bot.core.workcal import WorkCalendar

MONTH_TO_ASK = 12
"""The State Council names the days of a year in the November before: from December on, the next year is due."""

SKEW_SECONDS = 60
"""A clock that is wrong by more would put messages on the wrong side of 18:00."""


class Health(StrEnum):
    """How a thing stands."""

    GOOD = "good"
    NOTE = "note"  # works, but somebody should know
    BAD = "bad"  # does not work


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `code` names the text that says what was found and what to do."""

    subject: str
    health: Health
    code: str
    fields: Mapping[str, Value] = field(default_factory=dict)


def check_calendar(calendar: WorkCalendar, now: datetime) -> Check:
    """Whether the official calendar of this year, and from December on of the next, is known."""
    if not calendar.knows(now.year):
        return Check("calendar", Health.BAD, "calendar_missing", {"year": now.year})
    if now.month >= MONTH_TO_ASK and not calendar.knows(now.year + 1):
        return Check("calendar", Health.NOTE, "calendar_next", {"year": now.year + 1})
    return Check("calendar", Health.GOOD, "calendar", {"year": max(y for y in calendar.years)})


def check_cases(policy: Policy) -> Check:
    """Whether the two clocks of a case run in their order; its terms are told, for they are local numbers."""
    fields: dict[str, Value] = {
        "least": policy.case_findings,
        "take": policy.case_take_days,
        "check": policy.case_check_days,
        "answer": policy.case_answer_days,
        "objection": policy.case_objection_days,
        "access": policy.case_access_days,
        "data": policy.case_data_days,
    }
    if policy.case_data_days < policy.case_access_days:
        return Check("cases", Health.NOTE, "cases_order", fields)
    return Check("cases", Health.GOOD, "cases", fields)


def check_clock(now: datetime, told: datetime | None) -> Check:
    """Whether this machine's clock agrees with the time the platform's answer bore."""
    if told is None:
        return Check("clock", Health.NOTE, "clock_unknown")
    skew = round(abs(now - told) / timedelta(seconds=1))
    if skew > SKEW_SECONDS:
        return Check("clock", Health.BAD, "clock_wrong", {"seconds": skew})
    return Check("clock", Health.GOOD, "clock", {"seconds": skew})

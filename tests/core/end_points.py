"""A message of Tuesday 10 March 2026 at nine, and the end points in it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.deadline import find_deadlines
from bot.core.model import Deadline, DeadlineKind

ZONE = ZoneInfo("Asia/Shanghai")
HOLIDAY = date(2026, 4, 6)
MAKE_UP_SATURDAY = date(2026, 5, 9)


def moment(text: str) -> datetime:
    """Read "03-10 09:00" of 2026, or a moment with its year."""
    return datetime.fromisoformat(text if len(text) > 11 else f"2026-{text}").replace(tzinfo=ZONE)


NOW = moment("03-10 09:00")


def end_of_work(day: date) -> datetime | None:
    """Work ends at six from Monday to Friday, at five on the make-up Saturday."""
    if day == MAKE_UP_SATURDAY:
        return datetime(day.year, day.month, day.day, 17, tzinfo=ZONE)
    if day == HOLIDAY or day.weekday() > 4:
        return None
    return datetime(day.year, day.month, day.day, 18, tzinfo=ZONE)


def find(text: str, at: datetime = NOW) -> tuple[Deadline, ...]:
    return tuple(find_deadlines(text, at, end_of_work))


def assert_only(marked: str, kind: DeadlineKind, then: str, at: datetime = NOW) -> None:
    """The words in 「」 are an end point, and nothing else is."""
    start, end = marked.index("「"), marked.index("」") - 1
    text = marked.replace("「", "").replace("」", "")
    assert find(text, at) == (Deadline((start, end), moment(then), kind),)

"""All that is fixed by date: working days of mainland China with 调休, quiet days, shifts of duty."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from bot.core.errors import BadMoment

SATURDAY = 5
"""The first day of the weekend, as `date.weekday` counts (Monday is 0)."""

_HOLIDAY_LAW = "全国年节及纪念日放假办法"
_FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
_SECOND_OF_MAY_SINCE = 2025
_LONGEST_SHIFT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DayMark:
    """What a notice says of one day: whether it is worked, `note` why, `source` who says so."""

    works: bool
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the calendar sees it.

    `known` is False where the official list of the year is missing, so that a caller can say it.
    `ordinary` is True where nothing but the day of the week decided: no mark, no fixed holiday.
    """

    on: date
    works: bool
    known: bool
    ordinary: bool
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class QuietDays:
    """Days on which no notice should be posted that can wait (a local practice, not a rule).

    `weekdays` count as `date.weekday` does: Monday is 0.
    """

    dates: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset()

    def covers(self, on: date) -> bool:
        """Whether `on` is a quiet day."""
        return on.weekday() in self.weekdays or on in self.dates


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The official calendar: a weekday works unless marked off, a weekend rests unless made up.

    `marks` are the days that depart from the ordinary week, `years` those whose official list is
    complete in them, `quiet` the dates the calendar file calls quiet. A mark counts as known in
    any year, for a notice may speak of the December before its own year.
    """

    marks: Mapping[date, DayMark] = field(default_factory=dict)
    years: Collection[int] = frozenset()
    quiet: Collection[date] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "marks", dict(self.marks))
        object.__setattr__(self, "years", frozenset(self.years))
        object.__setattr__(self, "quiet", frozenset(self.quiet))

    def knows(self, year: int) -> bool:
        """Whether the official list of `year` is known."""
        return year in self.years

    def day(self, on: date) -> Day:
        """Say whether `on` is worked; of an unknown year only the week and fixed holidays are sure.

        Raises nothing: a guess is returned with `known=False`.
        """
        mark = self.marks.get(on)
        if mark is not None:
            return Day(on, mark.works, known=True, ordinary=False, note=mark.note, source=mark.source)
        weekday = on.weekday() < SATURDAY
        if self.knows(on.year):
            return Day(on, weekday, known=True, ordinary=True)
        holiday = fixed_holiday(on)
        if holiday:
            return Day(on, works=False, known=False, ordinary=False, note=holiday, source=_HOLIDAY_LAW)
        return Day(on, weekday, known=False, ordinary=True)

    def with_marks(
        self, more: Mapping[date, DayMark], years: Collection[int] = (), quiet: Collection[date] = ()
    ) -> "WorkCalendar":
        """Return a calendar in which `more` overrides single days and `years` are known as well."""
        return WorkCalendar({**self.marks, **more}, {*self.years, *years}, {*self.quiet, *quiet})


def fixed_holiday(on: date) -> str:
    """Name the statutory holiday that falls on `on` by the solar calendar, or return an empty string.

    放假办法 (revised for 2025): 1 January, 1 and 2 May, 1 to 3 October; 2 May only since 2025.
    """
    if (on.month, on.day) == (5, 2) and on.year < _SECOND_OF_MAY_SINCE:
        return ""
    return _FIXED_HOLIDAYS.get((on.month, on.day), "")


@dataclass(frozen=True, slots=True)
class Shift:
    """A dated stretch of duty between two aware moments; `group` is a chat, empty for every one.

    Raises `BadMoment` when a moment is naive, or the end is not after the start or is over 400 days off.
    """

    start: datetime
    end: datetime
    group: str = ""

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise BadMoment("naive", value=f"{self.start}/{self.end}")
        if not timedelta(0) < self.end - self.start <= _LONGEST_SHIFT:
            raise BadMoment("shift", value=f"{self.start}/{self.end}")


@dataclass(frozen=True, slots=True)
class DutyRoster:
    """Who is on duty when: 安保、应急 and the like, whose nights the rules except."""

    shifts: tuple[Shift, ...] = ()
    _reach: dict[str, tuple[list[datetime], list[datetime]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        by_group: defaultdict[str, list[Shift]] = defaultdict(list)
        for shift in sorted(self.shifts, key=lambda shift: shift.start):
            by_group[shift.group].append(shift)
        for group, shifts in by_group.items():
            furthest = accumulate((_to_minute(shift.end) for shift in shifts), max)
            self._reach[group] = ([_to_minute(shift.start) for shift in shifts], list(furthest))

    def covers(self, at: datetime, group: str = "") -> bool:
        """Whether `group`, or everybody, is on duty at the aware moment `at`, both ends included."""
        moment = _to_minute(at)
        for name in {group, ""} & self._reach.keys():
            starts, furthest = self._reach[name]
            begun = bisect_right(starts, moment)
            if begun and moment <= furthest[begun - 1]:
                return True
        return False


def _to_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)

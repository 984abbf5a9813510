"""Working time: the hours of a week, laid over the calendar and its shifts.

Baotou 2019 item 21 forbids work messages in 非工作时间, yet neither it nor any other text says when
that begins: the hours are a local setting and are to be shown as such. Moments compare at minute
resolution and both ends of a stretch belong to it, so that 08:30:00 and 18:00:59 are working time.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from bot.core.errors import BadMoment, UnknownYear
from bot.core.workcal import SATURDAY, DutyRoster, QuietDays, Shift, WorkCalendar

Range: TypeAlias = tuple[time, time]
"""Start and end of a stretch of work; an end at or before the start is on the next day."""
Minutes: TypeAlias = tuple[int, int]
"""A stretch in minutes since midnight; an end above 1440 is on the next day."""
SEARCH_DAYS = 400
"""How far `next_working` looks and `minutes_between` counts, in days."""

_DAY_MINUTES = 24 * 60
_PLANS_KEPT = 8000
_OFFICE_DAY: tuple[Range, ...] = ((time(8, 30), time(12)), (time(14), time(18)))
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = (
    {name: number for number, name in enumerate(_ENGLISH)}
    | {name[:3]: number for number, name in enumerate(_ENGLISH)}
    | dict(zip("一二三四五六日天", (0, 1, 2, 3, 4, 5, 6, 6), strict=True))
)
_DASH = re.compile(r"\s*[-‐-―−~〜至到]+\s*")
_CHINESE_DAY = re.compile(r"^(?:周|週|星期|礼拜|禮拜)")
_RANGE = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of an ordinary week, Monday first: a unit's own setting (Baotou 2019 item 21).

    Raises `BadMoment` unless there are seven days, each with its ranges in order and apart.
    """

    days: tuple[tuple[Range, ...], ...] = (_OFFICE_DAY,) * 5 + ((), ())

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise BadMoment("week", value=len(self.days))
        for ranges in self.days:
            for before, after in pairwise(ranges):
                if _minutes(after)[0] < _minutes(before)[1]:
                    raise BadMoment("overlap", value=f"{after[0]:%H:%M}-{after[1]:%H:%M}")

    @property
    def made_up(self) -> tuple[Range, ...]:
        """The hours of a make-up workday at a weekend: Monday's, or the first weekday's with any."""
        return next(filter(None, self.days[:SATURDAY]), ())

    @classmethod
    def parse(cls, text: str) -> "WorkingHours":
        """Read `Mon-Fri 08:30-12:00 14:00-18:00; Sat 09:00-12:00`, or the same with 周一至周五.

        Full-width signs are read as well; a day not named rests. An end before its start is on the
        next day. Raises `BadMoment` with `value`, the part of the text that cannot be read.
        """
        plain = _DASH.sub("-", unicodedata.normalize("NFKC", text).replace("∶", ":").replace("、", ","))
        days: dict[int, tuple[Range, ...]] = {}
        for group in filter(None, (part.strip(" ,。") for part in re.split(r"[;\r\n]", plain))):
            ranges = _read_ranges(group)
            for day in _read_days(group):
                if day in days:
                    raise BadMoment("day_twice", value=group)
                days[day] = ranges
        if not days:
            raise BadMoment("no_hours", value=text)
        return cls(tuple(days.get(day, ()) for day in range(7)))


def _read_days(group: str) -> list[int]:
    names = re.split(r"[,\s]+", re.split(r"\d", group, maxsplit=1)[0].strip(" ,:"))
    days: list[int] = []
    for name in names:
        first, dash, last = name.partition("-")
        start, end = _weekday(first, group), _weekday(last if dash else first, group)
        days += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return days


def _weekday(name: str, group: str) -> int:
    number = _WEEKDAYS.get(_CHINESE_DAY.sub("", name.lower()))
    if number is None:
        raise BadMoment("day", value=name or group)
    return number


def _read_ranges(group: str) -> tuple[Range, ...]:
    found = re.search(r"\d.*", group)
    if found is None:
        raise BadMoment("no_hours", value=group)
    return tuple(sorted(_read_range(part) for part in re.split(r"[,\s]+", found[0])))


def _read_range(text: str) -> Range:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise BadMoment("range", value=text)
    start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
    to_midnight = (end_hour, end_minute) == (24, 0)
    try:
        start, end = time(start_hour, start_minute), time(0 if to_midnight else end_hour, end_minute)
    except ValueError:
        raise BadMoment("clock", value=text) from None
    if start == end and not to_midnight:
        raise BadMoment("empty_range", value=text)
    return start, end


class _Plan(NamedTuple):
    worked: tuple[Minutes, ...]
    spans: tuple[Minutes, ...]
    minutes: int
    known: bool


@dataclass(frozen=True, slots=True)
class WorkTime:
    """The working time of one unit: its calendar, hours and zone.

    Inside a stretch of `shifts` the time is worked whatever hours and calendar say; pass those of
    the unit itself. `duty` and `quiet` answer questions of their own and change no hours.
    """

    calendar: WorkCalendar
    hours: WorkingHours
    zone: ZoneInfo
    shifts: tuple[Shift, ...] = ()
    duty: DutyRoster = field(default_factory=DutyRoster)
    quiet: QuietDays = field(default_factory=QuietDays)
    _shifted: dict[int, list[Minutes]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _plans: dict[int, _Plan] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for shift in self.shifts:
            (first, start), (last, end) = self._split(shift.start), self._split(shift.end)
            for day in range(first, last + 1):
                begins, ends = start if day == first else 0, end if day == last else _DAY_MINUTES
                self._shifted.setdefault(day, []).append((begins, ends))

    def local(self, at: datetime) -> datetime:
        """Return `at` in the unit's zone; a naive moment is taken to be in it already.

        Raises `BadMoment` when the zone pushes `at` beyond the years a date can hold.
        """
        if at.tzinfo is self.zone:
            return at
        if at.tzinfo is None:
            return at.replace(tzinfo=self.zone)
        try:
            return at.astimezone(self.zone)
        except OverflowError:
            raise BadMoment("out_of_range", value=at.isoformat()) from None

    def inside(self, at: datetime) -> bool:
        """Whether `at` is working time, both ends of a stretch included."""
        day, minute = self._split(at)
        return _within(self._plan(day).worked, minute)

    def after_hours(self, at: datetime) -> bool:
        """Whether `at` is 非工作时间 (Baotou 2019 item 21); a lunch break is not."""
        day, minute = self._split(at)
        return not _within(self._plan(day).spans, minute)

    def known(self, at: datetime) -> bool:
        """Whether the calendar, or else a shift, surely tells what `at` is."""
        day, minute = self._split(at)
        return self._plan(day).known or _within(self._shifted.get(day, ()), minute)

    def on_duty(self, at: datetime, group: str = "") -> bool:
        """Whether the roster has `group`, or everybody, on duty at `at`."""
        return self.duty.covers(self.local(at), group)

    def is_quiet(self, at: datetime) -> bool:
        """Whether a notice that can wait should not be posted on the day of `at`."""
        on = self.local(at).date()
        return self.quiet.covers(on) or on in self.calendar.quiet

    def next_working(self, at: datetime) -> datetime:
        """Return the first working moment at or after `at`, in the unit's zone.

        Raises `UnknownYear` with `year` when there is none within 400 days.
        """
        at = self.local(at)
        if self.inside(at):
            return at
        first, minute = self._split(at)
        for day in range(first, min(first + SEARCH_DAYS, date.max.toordinal()) + 1):
            for start, _ in self._plan(day).worked:
                if day > first or start > minute:
                    return self._moment(date.fromordinal(day), start)
        raise UnknownYear("no_working_time", year=at.year)

    def end_of_work(self, on: date) -> datetime | None:
        """Return when the work that begins on `on` ends (下班); None when none begins.

        The ordinary hours decide, else a shift; a shift that runs over that end prolongs it.
        """
        ranges = self._ordinary(on.toordinal())
        begun = [shift.end for shift in self.shifts if self.local(shift.start).date() == on]
        if not ranges and not begun:
            return None
        end = self._moment(on, ranges[-1][1]) if ranges else self.local(max(begun))
        for shift in sorted(self.shifts, key=lambda shift: shift.start):
            if shift.start <= end < shift.end:
                end = self.local(shift.end)
        return end

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Count the working minutes from `start` to `end`, each cut to its minute; 0 if reversed.

        Wall-clock minutes of the unit's zone; what lies beyond 400 days is not counted.
        """
        first, from_minute = self._split(start)
        last, to_minute = min(self._split(end), (first + SEARCH_DAYS, from_minute))
        if (last, to_minute) <= (first, from_minute):
            return 0
        whole = sum(self._plan(day).minutes for day in range(first, last))
        return whole + self._worked_before(last, to_minute) - self._worked_before(first, from_minute)

    def _worked_before(self, day: int, minute: int) -> int:
        return sum(min(end, minute) - start for start, end in self._plan(day).worked if start < minute)

    def _split(self, at: datetime) -> tuple[int, int]:
        if at.tzinfo is not self.zone:
            at = self.local(at)
        return at.toordinal(), at.hour * 60 + at.minute

    def _moment(self, on: date, minute: int) -> datetime:
        return datetime.combine(on, time(), self.zone) + timedelta(minutes=minute)

    def _plan(self, day: int) -> _Plan:
        plan = self._plans.get(day)
        if plan is None:
            if len(self._plans) >= _PLANS_KEPT:
                self._plans.clear()
            plan = self._plans[day] = self._make_plan(day)
        return plan

    def _make_plan(self, day: int) -> _Plan:
        own, before = self._ordinary(day), self._ordinary(day - 1)
        shifts = self._shifted.get(day, [])
        worked = _joined(_clipped(own, before) + shifts)
        spans = _joined(_clipped(_outer(own), _outer(before)) + shifts)
        minutes = sum(end - start for start, end in worked)
        return _Plan(worked, spans, minutes, self.calendar.day(date.fromordinal(day)).known)

    def _ordinary(self, ordinal: int) -> list[Minutes]:
        if ordinal < 1:
            return []
        day = self.calendar.day(date.fromordinal(ordinal))
        if not day.works and not day.ordinary:
            return []
        made_up = day.works and day.on.weekday() >= SATURDAY
        ranges = self.hours.made_up if made_up else self.hours.days[day.on.weekday()]
        return [_minutes(item) for item in ranges]


def _minutes(item: Range) -> Minutes:
    start, end = (moment.hour * 60 + moment.minute for moment in item)
    return start, end if end > start else end + _DAY_MINUTES


def _within(ranges: Sequence[Minutes], minute: int) -> bool:
    for start, end in ranges:  # noqa: SIM110 - a generator would double the cost of the busiest call
        if start <= minute <= end:
            return True
    return False


def _outer(ranges: Sequence[Minutes]) -> list[Minutes]:
    return [(ranges[0][0], ranges[-1][1])] if ranges else []


def _clipped(own: Iterable[Minutes], before: Iterable[Minutes]) -> list[Minutes]:
    today = [(start, min(end, _DAY_MINUTES)) for start, end in own]
    return today + [(0, end - _DAY_MINUTES) for _, end in before if end >= _DAY_MINUTES]


def _joined(ranges: Iterable[Minutes]) -> tuple[Minutes, ...]:
    joined: list[Minutes] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

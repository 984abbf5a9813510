"""Hours as people write them: which moment 下午5点半, 今晚12点 or a plain 5点前 means."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

from bot.core.deadline_patterns import HALF, HOUR
from bot.core.numerals import numeral_value

HOUR_LENGTH: Final = 60
NOON: Final = 12 * HOUR_LENGTH
MIDNIGHT: Final = 24 * HOUR_LENGTH
_OF_WORK: Final = 8 * HOUR_LENGTH + 30
_FIRST_SENSIBLE: Final = 7 * HOUR_LENGTH
_SOON: Final = 4 * HOUR_LENGTH
_MINUTES: Final = {"": 0, "整": 0, "半": 30, "1刻": 15, "一刻": 15, "3刻": 45, "三刻": 45}
_PARTS: Final = re.compile(f"(?P<half>{HALF})? ?(?:{HOUR} ?[-~到至] ?)?(?P<hour>{HOUR}) ?[点时:：.] ?(?P<minute>.*)")


class Half(Enum):
    """A part of the day; the value holds the words for it."""

    DAWN = ("凌晨",)
    MORNING = ("早", "早上", "早晨", "清早", "清晨", "一早", "一大早", "大清早", "晨")
    FORENOON = ("上午", "上半天", "上半日")
    NOON = ("中午", "正午")
    AFTERNOON = ("下午", "下半天", "下半日")
    DUSK = ("傍晚",)
    EVENING = ("晚", "晚上", "晚间", "夜晚", "夜间", "夜")
    NIGHT = ("夜里", "深夜", "半夜", "午夜", "晚凌晨", "晚上凌晨", "夜里凌晨")


HALVES: Final = {word: half for half in Half for word in half.value}
"""The part of the day of every word that the patterns know."""

DARK: Final = frozenset({Half.EVENING, Half.NIGHT})

HALF_ENDS: Final = {
    Half.DAWN: 0,
    Half.MORNING: 8 * HOUR_LENGTH,
    Half.FORENOON: NOON,
    Half.NOON: NOON,
    Half.DUSK: 18 * HOUR_LENGTH,
    Half.EVENING: MIDNIGHT - 1,
    Half.NIGHT: MIDNIGHT,
}
"""Where 上午前 or 今晚之前 ends, in minutes after midnight; the afternoon ends with the work."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as written, in minutes after midnight.

    `exact` is False for a bare 5点, which may be 5:00 or 17:00.
    """

    minutes: int
    half: Half | None
    exact: bool


@lru_cache(maxsize=1024)
def read_clock(text: str, half: Half | None) -> Clock | None:
    """Read a clock time such as 18:00, 五点半 or 晚上8点一刻; a half in `text` goes before `half`.

    Of a range of hours (2-4点) the end counts. None for an impossible minute.
    """
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    own, hour_text, minute_text = parts.group("half", "hour", "minute")
    hour, minute = numeral_value(hour_text), _read_minute(minute_text)
    if hour is None or minute is None:
        return None
    if own is not None:
        half = HALVES[own]
    exact = half is not None or hour > 12 or hour_text[0] in "0零〇"
    return Clock(_in_half(hour, half) * HOUR_LENGTH + minute, half, exact)


def _read_minute(text: str) -> int | None:
    """Read what follows the hour: 半, 一刻, 30分, 零五, 30:00."""
    text = text.rstrip("分钟点时")
    known = _MINUTES.get(text)
    if known is not None:
        return known
    return numeral_value(text[:2] if text[0] in "0123456789" else text)


def _in_half(hour: int, half: Half | None) -> int:
    """Move an hour of the twelve-hour clock into its half of the day; 24 and more is after midnight."""
    if half is None or hour > 12:
        return hour
    if half in DARK:
        after_midnight = hour % 12 < (5 if half is Half.EVENING else 6)
        return hour % 12 + (24 if after_midnight else 12)
    if half is Half.DAWN:
        return hour % 12
    if half in (Half.AFTERNOON, Half.DUSK) or (half is Half.NOON and hour < 6):
        return hour % 12 + 12
    return hour


def on_day(day: date, minutes: int, at: datetime) -> datetime:
    """Return the moment `minutes` after the midnight that begins `day`, in the zone of `at`."""
    if 0 <= minutes < MIDNIGHT:
        hour, minute = divmod(minutes, HOUR_LENGTH)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=at.tzinfo)
    return datetime(day.year, day.month, day.day, tzinfo=at.tzinfo) + timedelta(minutes=minutes)


def clock_moment(clock: Clock, day: date | None, at: datetime) -> datetime:
    """Return the moment a clock time means on `day`, or its next sensible occurrence after `at`."""
    today = at.date()
    if day is not None and day != today:
        late = not clock.exact and clock.minutes < _FIRST_SENSIBLE
        return on_day(day, clock.minutes + NOON if late else clock.minutes, at)
    moment = at
    for minutes in _exact(clock, named=day is not None) if clock.exact else _either(clock, at, named=day is not None):
        moment = on_day(today, minutes, at)
        if moment > at:
            break
    return moment


def _exact(clock: Clock, *, named: bool) -> tuple[int, ...]:
    """Return the minutes from today's midnight on at which a certain hour can lie, in order.

    A night belongs to the day before, so that at half past midnight 半夜2点 is near; 今天凌晨 and
    今天0点 are said of the night to come.
    """
    minutes = clock.minutes
    if minutes > MIDNIGHT:
        return (minutes - MIDNIGHT, minutes) if named else (minutes - MIDNIGHT, minutes, minutes + MIDNIGHT)
    if named and clock.half is not Half.DAWN and minutes >= HOUR_LENGTH:
        return (minutes,)
    return (minutes, minutes + MIDNIGHT)


def _either(clock: Clock, at: datetime, *, named: bool) -> tuple[int, ...]:
    """Return the minutes after today's midnight that a bare hour can mean; tomorrow's small ones if near.

    An hour of the morning's work that is over (十点半前, sent at eleven) is tomorrow's, not that of the evening.
    """
    today = (clock.minutes, clock.minutes + NOON)
    if named:
        return today
    tomorrow = (clock.minutes + MIDNIGHT, clock.minutes + MIDNIGHT + NOON)
    now = at.hour * HOUR_LENGTH + at.minute
    if _OF_WORK <= clock.minutes <= now < NOON:
        return tomorrow
    wait = tomorrow[0] - now
    return today + (tomorrow if clock.minutes >= _FIRST_SENSIBLE or wait <= _SOON else tomorrow[1:])

"""Times that people type: until when, on which days, from when to when."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.dates import read_day
from bot.core.errors import BadMoment
from bot.core.exemption import DutyHours, QuietSpan

MOST_LINES = 200
"""Lines of a roster that are read at once."""

_DAY = r"(?:\d{4}\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号號]?"
_CLOCK = r"\d{1,2}:\d{2}"
_TO = r"\s*(?:-|~|至|到|—|–)+\s*"
_DUTY = re.compile(
    rf"(?P<day>{_DAY})\s+(?P<start>{_CLOCK}){_TO}(?:(?P<last>{_DAY})\s+)?(?P<end>{_CLOCK})(?P<note>\s.{{0,80}})?"
)
_QUIET = re.compile(rf"(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?P<note>\s.{{0,80}})?")
_UNTIL = re.compile(
    rf"(?:(?P<hours>\d{{1,3}})\s?(?:小时|小時|h|hours?)|(?:(?P<day>{_DAY})\s+)?(?P<clock>{_CLOCK}))", re.IGNORECASE
)


def plain(text: str) -> str:
    """The text with half-width figures and signs."""
    return unicodedata.normalize("NFKC", text).replace("∶", ":").strip()


def read_until(text: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """Read an end and the words after it: `22:00`, `3小时`, `11-24 08:00`; a clock time is the next one.

    Raises `BadMoment` where no end stands at the beginning.
    """
    match = _UNTIL.match(plain(text))
    if match is None:
        raise BadMoment("until", value=text[:40])
    rest = plain(text)[match.end() :].strip(" ,，。:：;；")
    local = now.astimezone(zone)
    if match["hours"]:
        return local + timedelta(hours=int(match["hours"])), rest
    clock = _clock(match["clock"])
    if match["day"]:
        return datetime.combine(_day(match["day"], local.date()), clock, zone), rest
    end = datetime.combine(local.date(), clock, zone)
    return (end if end > local else end + timedelta(days=1)), rest


def read_duty(text: str, today: date, zone: ZoneInfo) -> tuple[DutyHours, ...]:
    """Read lines such as `11-23 18:00-23:00 值班`; an end before its start is on the next day.

    Raises `BadMoment` with the line that cannot be read.
    """
    return tuple(_duty(line, today, zone) for line in _lines(text))


def read_quiet(text: str, today: date) -> tuple[QuietSpan, ...]:
    """Read lines such as `11-24 无会日` or `11-24至11-26`. Raises `BadMoment` with the line that cannot be read."""
    return tuple(_quiet(line, today) for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    lines = [line.strip(" ,，。;；") for line in plain(text).splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > MOST_LINES:
        raise BadMoment("too_many_lines", value=MOST_LINES)
    return iter(lines)


def _duty(line: str, today: date, zone: ZoneInfo) -> DutyHours:
    match = _DUTY.fullmatch(line)
    if match is None:
        raise BadMoment("duty_line", value=line[:60])
    first = _day(match["day"], today)
    start = datetime.combine(first, _clock(match["start"]), zone)
    last = _day(match["last"], first) if match["last"] else first
    end = datetime.combine(last, _clock(match["end"]), zone)
    if end <= start and not match["last"]:
        end += timedelta(days=1)
    if not timedelta(0) < end - start <= timedelta(days=31):
        raise BadMoment("duty_line", value=line[:60])
    return DutyHours(start, end)


def _quiet(line: str, today: date) -> QuietSpan:
    match = _QUIET.fullmatch(line)
    if match is None:
        raise BadMoment("quiet_line", value=line[:60])
    first = _day(match["first"], today)
    last = _day(match["last"], first) if match["last"] else first
    if not first <= last <= first + timedelta(days=366):
        raise BadMoment("quiet_line", value=line[:60])
    return QuietSpan(first, last, (match["note"] or "").strip())


def _day(text: str, today: date) -> date:
    day = read_day(text, today)
    if day is None:
        raise BadMoment("no_day", value=text)
    return day


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    try:
        return time(0 if (hour, minute) == ("24", "00") else int(hour), int(minute))
    except ValueError:
        raise BadMoment("clock", value=text) from None

"""Stated end points of an office message, read as moments (time to prepare: Gansu 2024 no. 24, item 9)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from re import Match
from typing import Final, NamedTuple

from bot.core import deadline_patterns as patterns
from bot.core.deadline_clock import DARK, HALVES, Clock, clock_moment, read_clock
from bot.core.deadline_days import Day, is_period, is_weekend, read_day, read_day_before
from bot.core.deadline_moments import Sent, after_night, amount_moment, day_end, half_end, mark_moment
from bot.core.model import Deadline, DeadlineKind

_CONTEXT: Final = 10
_SAME_CLAUSE: Final = 6
_BREAKS: Final = frozenset("，。；：！？、,;:!?\n")
_DAILY: Final = frozenset({"每天", "每日"})
_THAT_DAY: Final = frozenset({"当天", "当日", "次日"})
_OTHER_EVENTS: Final = frozenset("动议查班假节试")
_DECIMAL: Final = frozenset("./-")


class _Words(NamedTuple):
    """One expression taken apart; a part that is not there is None."""

    start: int
    end: int
    lead: str | None
    day: str | None
    half: str | None
    clock: str | None
    mark: str | None
    tail: str | None


def find_deadlines(
    text: str, at: datetime, end_of_work: Callable[[date], datetime | None], *, loose: bool = False
) -> Iterator[Deadline]:
    """Yield the end points that `text` states, in its order, none overlapping; each is read when it is asked for.

    `text` is normalised (simplified, half-width ASCII in lower case); spans index into it. `at`, aware and
    local, is when it was sent, and every moment is aware. `end_of_work` tells when work ends on a date,
    None on a rest day; it must answer for any date. A moment lies after `at` unless the words say
    otherwise. Of kind BARE are evenings and weekends only named (今晚, 周日下午3点): whether they bind
    anyone the caller must judge; with `loose` hours and days that are only named (八点要, 23日交) are of it too.
    Raises nothing of its own; linear in the length of `text`.
    """
    if not loose and patterns.MAY_STATE.search(text) is None:
        return
    sent = Sent(at, end_of_work, loose=loose)
    held: Deadline | None = None
    before: _Words | None = None
    for match in _expressions(text):
        words = _take_apart(match)
        if before is not None and _continues(before, words, text):
            words = words._replace(start=before.start, day=before.day, half=words.half or before.half)
            if held is not None and held.span[1] > words.start:
                held = None
        deadline = _READERS.get(match.lastgroup or "", _read)(words, match, sent)
        if deadline is not None:
            if held is not None:
                yield held
            held = deadline
        before = words
    if held is not None:
        yield held


def _expressions(text: str) -> Iterator[Match[str]]:
    position = 0
    while (begin := patterns.BEGINNING.search(text, position)) is not None:
        match = patterns.EXPRESSION.match(text, begin.start())
        if match is not None:
            yield match
        position = begin.end() if match is None else match.end()


def _take_apart(match: Match[str]) -> _Words:
    lead, day, half, late, clock, until, mark, tail = match.group(
        "lead", "day", "half", "late", "clock", "until", "mark", "tail"
    )
    return _Words(match.start(), match.end(), lead or late, day, half, until or clock, mark, tail)


def _continues(named: _Words, words: _Words, text: str) -> bool:
    """Tell whether a clock time without a day belongs to the day named shortly before (明天各村18点前)."""
    if named.day is None or named.clock or named.mark or named.tail:
        return False
    if words.day is not None or words.clock is None or not (words.tail or words.lead) or _daily(words, text):
        return False
    between = text[named.end : words.start]
    return len(between) <= _SAME_CLAUSE and _BREAKS.isdisjoint(between)


def _daily(words: _Words, text: str) -> bool:
    return text[max(0, words.start - 2) : words.start] in _DAILY


def _read(words: _Words, match: Match[str], sent: Sent) -> Deadline | None:
    """Read an expression of day, hour or mark as an end point, or as a bare evening or weekend."""
    text = match.string
    if words.day in _THAT_DAY and words.start > 0 and text[words.start - 1] in _OTHER_EVENTS:
        return None
    if words.lead or words.tail:
        kind = _stated_kind(words) if _holds(words, text) else None
    else:
        kind = _bare_kind(words, text) or (DeadlineKind.BARE if sent.loose and _named(words, text) else None)
    moment = None if kind is None else _moment(words, sent, daily=words.day is None and _daily(words, text))
    if kind is None or moment is None or (moment <= sent.at and _only_to_come(words, kind)):
        return None
    return Deadline((words.start, words.end), moment, kind)


def _read_amount(_: _Words, match: Match[str], sent: Sent) -> Deadline | None:
    """Read a stretch of time such as 半小时内 or 十分钟后截止, unless it measures something else."""
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - _CONTEXT) : start]
    if patterns.MEASURED.search(before) and not patterns.FROM_NOW.search(before):
        return None
    if match["span_tail"][-1] == "内" and patterns.NOT_WITHIN.match(text, end):
        return None
    moment = amount_moment(match["amount"], match["unit"], sent, half_more=match["half_more"] is not None)
    return None if moment is None else Deadline((start, end), moment, DeadlineKind.SPAN)


def _read_overnight(_: _Words, match: Match[str], sent: Sent) -> Deadline | None:
    return Deadline(match.span(), after_night(sent), DeadlineKind.BARE)


def _read_end_of_day(_: _Words, match: Match[str], sent: Sent) -> Deadline | None:
    return Deadline(match.span(), sent.on(None, sent.end, workdays=True), DeadlineKind.WORK_END)


def _only_to_come(words: _Words, kind: DeadlineKind) -> bool:
    """Tell whether an expression means nothing when past: 截至昨天 reports, a past evening is a memory."""
    return kind is DeadlineKind.BARE or (words.lead is not None and words.lead[0] == "截")


def _holds(words: _Words, text: str) -> bool:
    """Tell whether what stands around a stated end point leaves it one."""
    decimal = not _DECIMAL.isdisjoint(words.clock or words.day or "")
    if words.lead is not None:
        before = text[max(0, words.start - _CONTEXT) : words.start]
        if words.lead[0] == "截" and (patterns.REPORTED.match(text, words.end) or patterns.MEASURED.search(before)):
            return False
        if "超" in words.lead and decimal:
            return False
    if words.tail is None:
        return True
    if words.tail[-1] == "前":
        return patterns.NOT_BEFORE.match(text, words.end) is None
    if words.tail[-1] == "内":
        return not decimal and patterns.NOT_WITHIN.match(text, words.end) is None
    return patterns.NOT_CLOSED.match(text, words.end) is None


def _stated_kind(words: _Words) -> DeadlineKind | None:
    if words.mark is not None:
        return DeadlineKind.WORK_END if words.mark[0] == "下" else DeadlineKind.CLOCK
    if words.clock is not None:
        return DeadlineKind.CLOCK
    vague = words.day is None and words.half is not None and len(words.half) == 1
    return None if vague else DeadlineKind.DAY


def _bare_kind(words: _Words, text: str) -> DeadlineKind | None:
    """Return the kind of an expression without 前 or 截止: evenings and weekends only, and 当天报."""
    if words.mark is not None or (words.day is not None and words.day[0] == "每"):
        return None
    if words.day in _THAT_DAY and words.half is None and words.clock is None:
        return DeadlineKind.DAY if patterns.DONE_THAT_DAY.match(text, words.end) else None
    dark = words.half is not None and HALVES[words.half] in DARK and (words.day or words.clock)
    if not dark and not (words.day is not None and is_weekend(words.day)):
        return None
    before = text[max(0, words.start - _CONTEXT) : words.start]
    if patterns.IN_A_RANGE.search(before) or patterns.RANGE_AHEAD.match(text, words.end):
        return None
    return DeadlineKind.BARE


def _named(words: _Words, text: str) -> bool:
    """Tell whether an hour, a mark of the day or a whole day is named; 明早, 月初, 今天的 and a meal alone are none."""
    if words.day is not None and (words.day[0] == "每" or text[words.end : words.end + 1] == "的"):
        return False
    if words.clock is not None or words.mark is not None:
        return words.mark is None or words.clock is not None or words.mark[-1] not in "饭餐"
    return words.day is not None and words.half is None and words.day[-1] != "初"


def _moment(words: _Words, sent: Sent, *, daily: bool = False) -> datetime | None:
    """Return the moment that an expression means, None for a past or impossible day or hour.

    Of a `daily` hour (每天9点前) it is the first that leaves an hour.
    """
    half = None if words.half is None else HALVES[words.half]
    day: Day | None = None
    if words.day is not None:
        day = _day(words, words.day, sent.at.date())
        if day is None:
            return None
    if words.mark is not None:
        return mark_moment(words.mark, half, day, sent)
    if words.clock is not None:
        clock = read_clock(words.clock, half)
        return None if clock is None else _at_clock(clock, day, sent, daily=daily)
    if half is not None:
        return half_end(half, day, sent)
    return None if day is None else day_end(day, sent, period=is_period(words.day or ""))


def _at_clock(clock: Clock, day: Day | None, sent: Sent, *, daily: bool) -> datetime:
    if day is None and daily:
        return sent.first_of_daily(lambda named: clock_moment(clock, named, sent.at))
    if day is None:
        return clock_moment(clock, None, sent.at)
    return sent.on(day, lambda named: clock_moment(clock, named, sent.at))


def _day(words: _Words, name: str, today: date) -> Day | None:
    whole = words.half is None and words.clock is None and words.mark is None
    before = whole and words.tail is not None and words.tail[-1] == "前"
    return read_day_before(name, today) if before else read_day(name, today)


_READERS: Final[dict[str, Callable[[_Words, Match[str], Sent], Deadline | None]]] = {
    "span_tail": _read_amount,
    "overnight": _read_overnight,
    "end_of_day": _read_end_of_day,
}

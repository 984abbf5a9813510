"""An end point outside working time, or too near (Gansu 2024 no. 24, item 9; the minutes are a local setting)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from itertools import islice
from typing import ClassVar

from bot.core.deadline import find_deadlines
from bot.core.deadline_days import is_weekend
from bot.core.detectors.base import Wake
from bot.core.lexicon import Mask
from bot.core.model import Category, Clause, Deadline, DeadlineKind, Fact, Finding
from bot.core.reading import Reading, Sentence, Token
from bot.core.scene import Scene

_DATA_COLLECTION, _TASK = Fact.DATA_COLLECTION, Fact.TASK
"""Bound once: looking a member up in its enum costs more than any test made with it."""

_VAGUE_ENDS = frozenset("底末初旬")
"""月底前, 周末前, 中旬前: nobody chose that such an end falls on a rest day."""


LAST_YEAR = MAXYEAR - 1
"""From this year on the days after a message may not exist."""

MOST_DEADLINES = 20
"""Deadlines of one message that are looked at; nobody states more in earnest."""


_SOON = re.compile(
    "(?<![0-9.百十几两一二三四五六七八九])(?:(?P<half>半)个?(?:小时|钟头|点钟?)|(?P<quarter>[一三])刻钟|"
    "(?P<minutes>[1-5][0-9]|[1-9]|[二三四五]?十[五]?|[五两几])(?:来|多)?分钟)(?![以之]?前|[了过的])"
)
"""十分钟, 一刻钟, 半个钟头: a stretch of time that is only named."""
_LASTS = re.compile(
    "(?:大?[概约]|大约|只[要需]|需要?|[用耗]时|时[长间]|[少低]于|至少|最少|[满足]|[一每][人份次场节集位天日个]|提前|超过|[占耽]\\w?|"
    "休息|迟到?|[晚早]到?|[等堵听看讲练排]了?|前)[了约大概]?$"
)
"""What before it makes it how long something lasts: 一份大概15分钟, 不少于五分钟."""
_BEFORE = 5
_SPOKEN = {"几": 5, "两": 2, "五": 5, "十": 10, "十五": 15}

_ENDED = "了"
_NOTHING_TO_DO = frozenset("不没无有")
"""今晚不加班, 周末有雨: what follows at once tells that nothing is ordered."""
_NO_HURRY = re.compile("[不无][用必需须急催]|没[水电事人]")
"""今晚不用急: the same where the words together decide; 今晚无论如何 and 今晚不交的通报 are orders."""

_HOLIDAY_REACH = 16
_TAKING = frozenset("把将")
"""五一期间把台账报来: what stands behind these is what is to be handed in."""
_EVENT_REACH = 3
_DAYS_AHEAD = 12
_END = 18


def _minutes(match: re.Match[str]) -> int:
    """The minutes that a short stretch of time has."""
    told = match["minutes"]
    if told is None:
        return 30 if match["half"] else 15 if match["quarter"] == "一" else 45
    if told.isdigit():
        return int(told)
    return _SPOKEN.get(told) or 10 * "一二三四五".index(told[0]) + 10 + 5 * told.endswith("五")


def _next_rest_day(at: datetime, scene: Scene) -> datetime | None:
    """The evening of the first rest day from now on that is near enough to be meant."""
    for shift in range(_DAYS_AHEAD):
        day = at + timedelta(days=shift)
        if scene.worktime.end_of_work(day.date()) is None:
            moment = day.replace(hour=_END, minute=0, second=0, microsecond=0)
            if moment > at:
                return moment
    return None


@dataclass(frozen=True, slots=True)
class LateDeadline:
    """An end point outside working time, or less than `least_minutes` working minutes away.

    A bare 今晚 or 周末 counts when its sentence orders something (`act`) and is not about an event
    that takes place then (`event`). Of other hours and days that are only named (八点要, 23日交) the words of the
    message decide: they are a possibility, a finding with the score 0. Where an end is stated in full (周二17点前),
    neither they nor a bare weekend are another.
    """

    category: ClassVar[Category] = Category.LATE_DEADLINE
    stage: ClassVar[int] = 1
    trigger: ClassVar[int | None] = Wake.ASKED
    reasons: ClassVar[tuple[str, ...]] = ("ends_outside_hours", "too_little_time")
    has_card: ClassVar[bool] = True
    clause: Clause
    least_minutes: int
    act: Mask
    event: Mask
    holiday: Mask
    holiday_act: Mask
    data: Mask
    teller: Mask
    refusal: Mask

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """The first deadline that is late, with the moment it means."""
        at = reading.message.at
        if at is None or not (_TASK in reading.facts or _DATA_COLLECTION in reading.facts):
            return ()
        if at.year >= LAST_YEAR:
            return ()
        deadlines = find_deadlines(reading.text, scene.worktime.local(at), scene.worktime.end_of_work)
        stated, weekend = False, None
        for deadline in islice(deadlines, MOST_DEADLINES):
            bare = deadline.kind is DeadlineKind.BARE
            stated = stated or not bare
            reason = self._reason(reading, scene, deadline)
            if reason and bare and is_weekend(reading.text[slice(*deadline.span)]):
                weekend = weekend or self._finding(reading, scene, deadline, reason)
            elif reason:
                return (self._finding(reading, scene, deadline, reason),)
        if stated:
            return ()
        if weekend is not None:
            return (weekend,)
        found = self._in_holiday(reading, scene) if reading.mask & self.holiday else ()
        return found or (self._possible(reading, scene, at) if reading.may_end_late else ())

    def admits(self, reading: Reading, scene: Scene) -> bool:  # noqa: ARG002 - what is possible was found already
        """Never: without an end there is none that is late."""
        return False

    def refuses(self, reading: Reading) -> bool:  # noqa: ARG002 - a refused end is told from its own words
        """Never: an end that is refused was not found."""
        return False

    def _possible(self, reading: Reading, scene: Scene, at: datetime) -> Sequence[Finding]:
        """The first hour or day that would be late if it were an end, in a finding with the score 0."""
        named = find_deadlines(reading.text, scene.worktime.local(at), scene.worktime.end_of_work, loose=True)
        for deadline in islice(named, MOST_DEADLINES):
            sentence = reading.sentence_at(deadline.span[0])
            refused = sentence is not None and sentence.mask & self.refusal and self._refused(sentence, deadline)
            refused = refused or _NO_HURRY.match(reading.text, deadline.span[1]) is not None
            reason = "" if refused else self._late(scene, at, deadline)
            if reason:
                return (self._finding(reading, scene, deadline, reason)._replace(score=0.0),)
        return self._soon(reading, scene, at)

    def _soon(self, reading: Reading, scene: Scene, at: datetime) -> Sequence[Finding]:
        """The first stretch of time that is named and so short that it is none to work in, with the score 0."""
        for match in _SOON.finditer(reading.text):
            minutes = _minutes(match)
            lasts = _LASTS.search(reading.text[max(0, match.start() - _BEFORE) : match.start()])
            if minutes < self.least_minutes and lasts is None:
                deadline = Deadline(match.span(), at + timedelta(minutes=minutes), DeadlineKind.SPAN)
                return (self._finding(reading, scene, deadline, "too_little_time")._replace(score=0.0),)
        return ()

    def _in_holiday(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        """Something to be handed in 五一期间: its end point lies on a rest day, and soon."""
        at = scene.worktime.local(reading.message.at) if reading.message.at else None
        rest = None if at is None else _next_rest_day(at, scene)
        if rest is None:
            return ()
        for sentence in reading.sentences:
            for token in sentence.tokens if sentence.mask & self.holiday else ():
                deadline = Deadline((token.start, token.end), rest, DeadlineKind.BARE)
                if (
                    token.mask & self.holiday
                    and self._to_do_then(reading.text, sentence, token)
                    and not any(
                        t.mask & self.event and -2 <= t.start - token.end <= _EVENT_REACH for t in sentence.tokens
                    )
                    and not self._told(reading, sentence, token.end)
                    and not self._refused(sentence, deadline)
                ):
                    return (self._finding(reading, scene, deadline, "ends_outside_hours"),)
        return ()

    def _to_do_then(self, text: str, sentence: Sentence, holiday: Token) -> bool:
        """Whether something is to be done in a holiday; 春节期间离县人员表报一下 only says which table is meant."""
        for token in sentence.tokens:
            if 0 <= token.start - holiday.end <= _HOLIDAY_REACH:
                if token.mask & self.holiday_act:
                    return True
                if token.mask & self.data and _TAKING.isdisjoint(text[holiday.end : token.start]):
                    return False
        return False

    def _reason(self, reading: Reading, scene: Scene, deadline: Deadline) -> str:
        """Why the deadline is late; empty when it is not, or is none."""
        sentence = reading.sentence_at(deadline.span[0])
        at = reading.message.at
        if at is None or sentence is None or not self._stated(reading, sentence, deadline):
            return ""
        return self._late(scene, at, deadline)

    def _late(self, scene: Scene, at: datetime, deadline: Deadline) -> str:
        """Whether a moment is late for whoever hears of it now, and why."""
        if deadline.moment <= at:
            return ""
        if scene.worktime.after_hours(deadline.moment):
            return "ends_outside_hours"
        if scene.worktime.minutes_between(scene.worktime.local(at), deadline.moment) < self.least_minutes:
            return "too_little_time"
        return ""

    def _stated(self, reading: Reading, sentence: Sentence, deadline: Deadline) -> bool:
        """Whether an end point is really set: not refused, not vague, not merely the time of an event."""
        if deadline.kind is DeadlineKind.BARE and not self._orders(reading, sentence, deadline):
            return False
        if deadline.kind is DeadlineKind.DAY and _VAGUE_ENDS & set(reading.text[slice(*deadline.span)]):
            return False
        return not (sentence.mask & self.refusal and self._refused(sentence, deadline))

    def _orders(self, reading: Reading, sentence: Sentence, deadline: Deadline) -> bool:
        """Whether a bare 今晚 is when something is to be done, and not when something takes place."""
        start, end = deadline.span
        near = [t for t in sentence.tokens if start - 16 <= t.start and t.end <= end + 24]
        if self._told(reading, sentence, end) or reading.text[end : end + 1] in _NOTHING_TO_DO:
            return False
        return any(t.mask & self.act for t in near) and not any(
            t.mask & self.event and -2 <= t.start - end <= 12 and start < t.phrase.end for t in sentence.tokens
        )

    def _told(self, reading: Reading, sentence: Sentence, end: int) -> bool:
        """Whether somebody tells what he did himself: 今晚我把报告写完了."""
        phrase = next((p for p in sentence.phrases if p.start <= end <= p.end), None)
        if phrase is None or not phrase.mask & self.teller:
            return False
        teller = next(t for t in phrase.tokens if t.mask & self.teller)
        return 0 <= teller.start - end <= 1 and _ENDED in reading.text[teller.end : phrase.end]

    def _refused(self, sentence: Sentence, deadline: Deadline) -> bool:
        start = deadline.span[0]
        return any(
            t.mask & self.refusal and t.end <= start < t.phrase.end and start - t.end <= 3 for t in sentence.tokens
        )

    def _finding(self, reading: Reading, scene: Scene, deadline: Deadline, reason: str) -> Finding:
        span = reading.normal.original(deadline.span)
        return Finding(
            category=self.category,
            score=0.8 if deadline.kind is DeadlineKind.BARE else 0.9,
            reason=reason,
            spans=(span,),
            clause=self.clause,
            deadline=Deadline(span, deadline.moment, deadline.kind),
            provisional=not scene.worktime.known(deadline.moment),
        )

"""Visits to a unit, counted for the unit itself (Gansu 2024 no. 24 item 6), and what of them the office looks at.

Nothing of it compares units: each remark is about one place.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.cells import day_of
from bot.core.units import comparable

NOTICE_DAYS = 10
"""Working days ahead in which an inspection is to be announced (Baotou 2019 item 20)."""
IN_A_MONTH = 1
"""Inspections of one place in a month (Baotou 2019 item 20)."""
IN_A_YEAR = 50
"""Visits of one spot in a year (Gansu 2024 no. 24 item 8)."""
LONGEST = 60
"""Characters of a unit that came, and of a place."""
PAST_DAYS = 366
"""How far back a visit may lie that is entered."""

_PARTS = re.compile(r"[，,、;；\n]+")
_NOTICE = re.compile(r"(?:notice|notified|通知于?|接到通知)[:：\s]*(.+)", re.IGNORECASE)


class VisitKind(StrEnum):
    """What somebody came for."""

    INSPECTION = "inspection"
    RESEARCH = "research"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: `who` is the unit that came, never a person; `noticed` the day of its notice, if it is known."""

    unit_id: int
    kind: VisitKind
    who: str
    place: str
    on: date
    noticed: date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed of a visit."""

    who: str
    place: str
    on: date
    noticed: date | None = None


class Trouble(StrEnum):
    """Why what was typed cannot be taken."""

    PARTS = "parts"
    DAY = "day"
    NOTICE = "notice"
    LENGTH = "length"


class Rule(StrEnum):
    """What the office looks at."""

    TWICE = "twice"
    SPOT = "spot"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: `count` of visits, or of working days; `policy` when the document speaks of such visits."""

    rule: Rule
    unit_id: int
    place: str
    on: date
    count: int
    policy: bool


def read_visit(text: str, today: date) -> Told | Trouble:
    """Read `who came, place`, then in any order the day and `通知 3月2日`; without a day it is today."""
    on, notice, plain = today, "", []
    for part in (part.strip() for part in _PARTS.split(unicodedata.normalize("NFKC", text))):
        if announced := _NOTICE.fullmatch(part):
            notice = announced[1].strip()
        elif (day := _nearest(part, today)) is not None:
            on = day
        elif part:
            plain.append(part)
    noticed = _nearest(notice, on)
    if notice and (noticed is None or noticed > on):
        return Trouble.NOTICE
    if len(plain) != 2:
        return Trouble.PARTS
    if any(len(each) > LONGEST for each in plain):
        return Trouble.LENGTH
    if on > today or on < today - timedelta(days=PAST_DAYS):
        return Trouble.DAY
    return Told(plain[0], plain[1], on, noticed)


def _nearest(text: str, to: date) -> date | None:
    """The day that is meant; one without a year is the nearest: tomorrow is no day of last year."""
    days = (day_of(text, to, ahead=ahead) for ahead in (False, True))
    return min((day for day in days if day is not None), key=lambda day: abs(day - to), default=None)


def months_of(visits: Iterable[Visit]) -> Mapping[str, Mapping[VisitKind, int]]:
    """How many visits there were in each month (`2026-03`), the latest first; a joint visit counts once."""
    counted: dict[str, Counter[VisitKind]] = defaultdict(Counter)
    for each in _joined(visits):
        counted[f"{each.on:%Y-%m}"][each.kind] += 1
    return {month: counted[month] for month in sorted(counted, reverse=True)}


def remarks(visits: Sequence[Visit], works: Callable[[date], bool]) -> Sequence[Remark]:
    """What the office looks at, the latest first; `works` tells working days."""
    by_place: dict[tuple[int, str], list[Visit]] = defaultdict(list)
    for each in _joined(visits):
        by_place[each.unit_id, comparable(each.place)].append(each)
    found = [remark for those in by_place.values() for remark in (*_twice(those), *_spot(those))]
    found += _short_notice(visits, works)
    return sorted(found, key=lambda each: (-each.on.toordinal(), each.unit_id, each.place, each.rule))


def notice_of(visit: Visit, works: Callable[[date], bool]) -> int | None:
    """How many working days after its notice a visit came, its own day included; None where no notice is known."""
    if visit.noticed is None:
        return None
    days = (visit.noticed + timedelta(days=step) for step in range(1, (visit.on - visit.noticed).days + 1))
    return sum(works(day) for day in days)


def _twice(those: Sequence[Visit]) -> Iterable[Remark]:
    """The months with a second visit of one place."""
    months: dict[str, list[Visit]] = defaultdict(list)
    for each in those:
        months[f"{each.on:%Y-%m}"].append(each)
    for of_month in months.values():
        if len(of_month) > IN_A_MONTH:
            last = max(of_month, key=lambda visit: visit.on)
            inspections = sum(visit.kind is VisitKind.INSPECTION for visit in of_month)
            yield Remark(Rule.TWICE, last.unit_id, last.place, last.on, len(of_month), inspections > IN_A_MONTH)


def _short_notice(visits: Iterable[Visit], works: Callable[[date], bool]) -> Iterable[Remark]:
    """The visits that were announced too late; of units that came together the one that was announced last."""
    announced = sorted((each for each in visits if each.noticed), key=lambda each: each.noticed or each.on)
    for each in _joined(announced):
        days = notice_of(each, works)
        if days is not None and days < NOTICE_DAYS:
            policy = each.kind is VisitKind.INSPECTION
            yield Remark(Rule.NOTICE, each.unit_id, each.place, each.on, days, policy)


def _spot(those: Sequence[Visit]) -> Iterable[Remark]:
    """The years with too many visits of one spot."""
    for year in {each.on.year for each in those}:
        of_year = [each for each in those if each.on.year == year]
        if len(of_year) > IN_A_YEAR:
            last = max(of_year, key=lambda visit: visit.on)
            research = sum(visit.kind is VisitKind.RESEARCH for visit in of_year)
            yield Remark(Rule.SPOT, last.unit_id, last.place, last.on, len(of_year), research > IN_A_YEAR)


def _joined(visits: Iterable[Visit]) -> Sequence[Visit]:
    """The visits, of several of a kind to one place on one day the last: units that came together are one visit."""
    return [*{(each.unit_id, comparable(each.place), each.on, each.kind): each for each in visits}.values()]

"""What a week or a month was like, in numbers: all that the office's digest says, and nothing of one unit or person.

It is kept as values and becomes words and a picture only when it is sent.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from bot.core.case_counts import CaseCounts
from bot.core.load import Load
from bot.core.model import Category
from bot.core.periods import Per, Period

FEWEST_MEMBERS = 5
"""Where the watched groups together have fewer members, no category is shown, or one could be singled out."""
GOAL = 0.5
"""Forms are to be cut by half against a base period (Wuhan 2020)."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A time in which groups were not seen; `until` is None where it still lasts at the end of the period."""

    since: datetime
    until: datetime | None
    groups: int = 1


@dataclass(frozen=True, slots=True)
class DigestData:
    """The numbers of a period beside those of the one before it.

    `categories` hold suspected findings that were not taken back, `hidden` counts those of groups so small that their
    kind would point to somebody, `answers` how many of those after hours only answer
    (and bear the load). `over` is the trend of units above the cap: day, units above, all units;
    days without a snapshot are left out. `closing` project groups come to their end within `closing_days`. `members`
    are those of the groups of which the number is known.
    """

    first: date
    last: date
    per: Per = Per.WEEK
    groups: int = 0
    members: int = 0
    load: Load = field(default_factory=Load)
    load_before: Load = field(default_factory=Load)
    categories: Mapping[Category, int] = field(default_factory=dict)
    categories_before: Mapping[Category, int] = field(default_factory=dict)
    hidden: int = 0
    hidden_before: int = 0
    answers: int = 0
    provisional: int = 0
    cap: int = 1
    cap_is_local: bool = False
    over: tuple[tuple[date, int, int], ...] = ()
    closing: int = 0
    closing_days: int = 14
    overdue: int = 0
    grace_days: int = 7
    fresh: int = 0
    dissolved: int = 0
    merged: int = 0
    relieved: int = 0
    rebounds: int = 0
    rebound_days: int = 60
    matters: int = 0
    forms: int = 0
    forms_before: int = 0
    forms_year: int = 0
    base_year: int = 0
    base_forms: int = 0
    windows: int = 0
    window_hours: int = 0
    taken_back: int = 0
    unseen: tuple[Unseen, ...] = ()
    unseen_groups: int = 0
    posts: Mapping[str, int] = field(default_factory=dict)
    cases: CaseCounts = field(default_factory=CaseCounts)

    @property
    def period(self) -> Period:
        """The period it tells of."""
        return Period(self.first, self.last, self.per)

    @property
    def findings(self) -> int:
        """All suspected findings of the period."""
        return sum(self.categories.values()) + self.hidden

    @property
    def findings_before(self) -> int:
        """All of the one before."""
        return sum(self.categories_before.values()) + self.hidden_before

    @property
    def folded(self) -> bool:
        """Whether so few people are known to be in all watched groups that a category could point to one of them."""
        return self.members < FEWEST_MEMBERS

    @property
    def shown(self) -> tuple[tuple[Category, int, int], ...]:
        """The categories with a finding in either period, in the order of the rules, never by how many."""
        if self.folded:
            return ()
        pairs = [(each, self.categories.get(each, 0), self.categories_before.get(each, 0)) for each in Category]
        return tuple(pair for pair in pairs if pair[1] or pair[2])

    @property
    def over_now(self) -> tuple[int, int] | None:
        """Units above the cap, and all of them, on the latest day of the period that was counted."""
        return next(
            ((above, units) for day, above, units in reversed(self.over) if self.first <= day <= self.last), None
        )

    def over_on(self, day: date) -> int | None:
        """Units above the cap on an earlier day of the trend."""
        return next((above for each, above, _ in self.over if each == day), None)

    @property
    def posted(self) -> int:
        """What the bot itself said unasked, its silent signs left out."""
        return sum(count for kind, count in self.posts.items() if kind != "sign")

    @property
    def silent(self) -> bool:
        """Whether nothing happened that is worth a picture: no finding in either period, and nothing else to tell."""
        moved = self.fresh or self.dissolved or self.merged or self.closing or self.overdue or self.rebounds
        asked = self.findings or self.findings_before or self.forms or self.forms_before
        cases = self.cases.moved or self.cases.late
        told = self.windows or self.taken_back or self.unseen or self.posted or self.matters
        return not (moved or asked or cases or told)


def dump(data: DigestData) -> str:
    """The numbers as JSON."""
    return json.dumps(asdict(data), default=lambda value: value.isoformat(), separators=(",", ":"), ensure_ascii=False)


def load(text: str) -> DigestData:
    """The numbers again; raises `ValueError` for what is none."""
    try:
        tree: dict[str, Any] = json.loads(text)
        known = {each.name for each in fields(DigestData)}
        values = {name: _READ.get(name, _same)(value) for name, value in tree.items() if name in known}
        return DigestData(**values)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise ValueError("no digest") from error


def _same(value: Any) -> Any:
    return value


def _categories(value: Mapping[str, int]) -> Mapping[Category, int]:
    return {Category(name): count for name, count in value.items()}


def _unseen(value: Mapping[str, Any]) -> Unseen:
    until = value["until"]
    return Unseen(
        datetime.fromisoformat(value["since"]),
        None if until is None else datetime.fromisoformat(until),
        value["groups"],
    )


_READ: Mapping[str, Callable[[Any], Any]] = {
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "per": Per,
    "load": lambda value: Load(**value),
    "load_before": lambda value: Load(**value),
    "cases": lambda value: CaseCounts(**value),
    "categories": _categories,
    "categories_before": _categories,
    "over": lambda value: tuple((date.fromisoformat(day), above, units) for day, above, units in value),
    "unseen": lambda value: tuple(map(_unseen, value)),
}

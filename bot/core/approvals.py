"""The list of approved inspections, collections and forms, and whether what somebody was sent stands on it.

Units may ask whether an inspection is on the list and refuse what is not (Baotou 2019 item 23; Gansu 2024 no. 24 item
6). A list can be old or have gaps, so that nothing is ever called illegal: it is "not on the list of that date".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from bot.core.history import by_count, counted
from bot.core.text import fold
from bot.core.units import comparable

SHORTEST_NUMBER = 4
"""Characters that a number must have to be looked for inside a text; a shorter one must be the whole text."""
LONGEST_TEXT = 1_000
"""Characters of a text that are looked at."""
SAME, ALIKE = 1.0, 0.6
"""Share of a name's character pairs by which it is recognised, and by which it is a candidate; local numbers.

One village for another is but one character, so that anything short of the whole name is a candidate.
"""
LEAST_SHARED = 2
"""Pairs that a text and a name must share at least."""
SHOWN = 5
"""Candidates that are shown."""
_LOOKED_AT = 40
_FILLERS = re.compile(r"20\d\d年?度?|关于|开展|通知|做好|进行|请各|要求|工作|的")
_RUNS = re.compile(r"[0-9a-z\u3400-\u9fff]+")
_PERIODS = {
    "year": re.compile(r"20\d\d"),
    "quarter": re.compile(r"[一二三四1-4]季度"),
    "half": re.compile(r"[上下]半年"),
    "month": re.compile(r"(?<!\d)1?\d月"),
}
_ENDS = ",、;。"
_NO_SEPARATOR = re.compile(r"(?<![0-9a-z])\||\|(?![0-9a-z])")


class ApprovalKind(StrEnum):
    """What is approved."""

    INSPECTION = "inspection"
    COLLECTION = "collection"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Approval:
    """One item of the list; `number` may be empty where the office gives none, the dates include both ends."""

    name: str
    kind: ApprovalKind = ApprovalKind.INSPECTION
    number: str = ""
    issuer: str = ""
    first: date | None = None
    last: date | None = None
    place: str = ""
    id: int = 0

    @property
    def dates(self) -> str:
        """The dates as people read them; empty where it holds on any day."""
        return f"{self.first or ''} – {self.last or ''}" if self.first or self.last else ""

    def holds_on(self, day: date) -> bool:
        """Whether it is approved for a day; an open end has no limit."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What somebody refused: the words (empty once their time is over), the day, the unit if a contact said so."""

    day: date
    words: str
    unit_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to the office that waits: the words, and whom to answer."""

    day: date
    words: str
    asker: int
    language: str
    id: int = 0


class Answer(StrEnum):
    """What the list says of a text."""

    LISTED = "listed"
    OTHER_DATES = "other_dates"
    SEVERAL = "several"  # one or more candidates, among which nobody guesses
    NOT_LISTED = "not_listed"
    MORE_WORDS = "more_words"  # too little was said to look for it
    NO_LIST = "no_list"


@dataclass(frozen=True, slots=True)
class Verified:
    """The answer with the items that it is about; `more` tells that there are further candidates."""

    answer: Answer
    items: Sequence[Approval] = ()
    more: bool = False


def number_key(text: str) -> str:
    """A number as numbers are compared: script, width, case, spaces and the form of brackets aside.

    Separators stay between two digits or letters alone, so that `〔2026〕3号` is not `〔202〕63号`, and those that end
    a number stay what they are.
    """
    plain = fold(unicodedata.normalize("NFKC", text)).lower()
    marked = "".join(each if each.isalnum() or each in _ENDS else "" if each.isspace() else "|" for each in plain)
    return _NO_SEPARATOR.sub("", re.sub(r"\|+", "|", marked)).strip(_ENDS)


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters by which names are compared; words that most names share are left out."""
    plain = _FILLERS.sub(" ", comparable(text[:LONGEST_TEXT]))
    return frozenset(run[at : at + 2] for run in _RUNS.findall(plain) for at in range(len(run) - 1))


@dataclass(slots=True)
class ApprovalIndex:
    """The list in memory; `as_of` is the day on which it stood so, None when there is no list."""

    approvals: Sequence[Approval]
    as_of: date | None = None
    revision: str = ""
    """Changes with each import, so that other processes see that the list is a new one."""
    _keys: list[str] = field(default_factory=list)
    _names: list[frozenset[str]] = field(default_factory=list)
    _by_pair: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, list[Approval]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, each in enumerate(self.approvals):
            self._keys.append(number_key(each.number))
            self._by_name.setdefault(comparable(each.name), []).append(each)
            self._names.append(pairs_of(each.name))
            for pair in self._names[-1]:
                self._by_pair[pair] = self._by_pair.get(pair, 0) | 1 << place

    def is_stale(self, day: date, fresh_days: int) -> bool:
        """Whether the list is older than so many days; a missing one is."""
        return self.as_of is None or day - self.as_of > timedelta(days=fresh_days)

    def verify(self, text: str, day: date) -> Verified:
        """What the list says of a text on a day: by number, else by the likeness of names."""
        if self.as_of is None:
            return Verified(Answer.NO_LIST)
        found = self._recognised(text)
        if not found:
            candidates = self._alike(text, ALIKE, narrow=False)
            if candidates:
                return Verified(Answer.SEVERAL, candidates[:SHOWN], more=len(candidates) > SHOWN)
            return Verified(Answer.NOT_LISTED if len(pairs_of(text)) >= LEAST_SHARED else Answer.MORE_WORDS)
        if len({_same(each) for each in found}) > 1:
            return Verified(Answer.SEVERAL, found[:SHOWN], more=len(found) > SHOWN)
        holding = [each for each in found if each.holds_on(day)]
        return Verified(Answer.LISTED, holding[:SHOWN]) if holding else Verified(Answer.OTHER_DATES, found[:SHOWN])

    def lists(self, text: str, day: date) -> bool:
        """Whether a text is recognised as an item that is approved for the day."""
        return any(each.holds_on(day) for each in self._recognised(text))

    def _recognised(self, text: str) -> Sequence[Approval]:
        """The items whose number stands in the text, else those whose name does."""
        return self._numbered(text) or self._named(text)

    def _numbered(self, text: str) -> Sequence[Approval]:
        plain = number_key(text[:LONGEST_TEXT])
        return [
            each
            for each, key in zip(self.approvals, self._keys, strict=True)
            if key and key in plain and _stands_in(key, plain)
        ]

    def _named(self, text: str) -> Sequence[Approval]:
        """Those whose whole name is in the text; of two the longer, where one says all of the other."""
        whole = comparable(text[:LONGEST_TEXT])
        if whole in self._by_name:
            return self._by_name[whole]
        found = [each for each in self._alike(text, SAME, narrow=True) if not _of_other_period(each.name, whole)]
        return [each for each in found if not any(pairs_of(each.name) < pairs_of(other.name) for other in found)]

    def _alike(self, text: str, share: float, *, narrow: bool) -> Sequence[Approval]:
        """The items of which the text says a share of the name; unless `narrow`, or the name a share of the text."""
        asked = pairs_of(text)
        digits = counted(self._by_pair[pair] for pair in asked if pair in self._by_pair)
        found = []
        for place in islice(by_count(digits), None if narrow else _LOOKED_AT):
            name = self._names[place]
            shared = len(name & asked)
            if shared < LEAST_SHARED:
                break
            if shared / (len(name) if narrow else min(len(name), len(asked))) >= share:
                found.append(self.approvals[place])
        return found


def _of_other_period(name: str, text: str) -> bool:
    """Whether a text speaks of another year, quarter, half or month than a name does."""
    for pattern in _PERIODS.values():
        named, said = {*pattern.findall(comparable(name))}, {*pattern.findall(text)}
        if named and said and not named & said:
            return True
    return False


def _same(each: Approval) -> tuple[str, str]:
    """What makes two rows the same item, approved for different dates or places."""
    return number_key(each.number), comparable(each.name)


def _stands_in(key: str, plain: str) -> bool:
    """Whether a number stands in a text, and not as a part of a longer one."""
    if key == plain:
        return True
    at = plain.find(key) if len(key) >= SHORTEST_NUMBER else -1
    while at >= 0:
        before, after = plain[max(at - 2, 0) : at], plain[at + len(key) : at + len(key) + 2]
        if not (_continued(before[::-1], key[0]) or _continued(after, key[-1])):
            return True
        at = plain.find(key, at + 1)
    return False


def _continued(beyond: str, edge: str) -> bool:
    """Whether a number goes on beyond its edge: `2026-1` in `2026-15`, and in the date `2026-1-15`."""
    if beyond[:1] == "|":
        return edge.isdecimal() and beyond[1:].isdecimal()
    return edge.isascii() and edge.isalnum() and beyond[:1].isascii() and beyond[:1].isalnum()


def newest_first(approvals: Iterable[Approval]) -> Sequence[Approval]:
    """The items by their end, those without one first, then by number."""
    return sorted(approvals, key=lambda each: (-(each.last or date.max).toordinal(), each.number, each.id))

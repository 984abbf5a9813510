"""What the rows of a list of approvals would do to the one that is known.

A row is found again by its number, or by its kind and name where it has none; of several with one number (an inspection
that is approved for two months) by its name and dates too. So the same file changes nothing the second time.
"""

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.core.approvals import Approval, ApprovalKind, number_key
from bot.core.cells import Cell, day_of, words_of
from bot.core.file_plan import FilePlan, TakenRow
from bot.core.ledger_entry import READERS as LEDGER_READERS
from bot.core.ledger_entry import Entry, Problem, Reader, read_entry
from bot.core.units import comparable

Span = tuple[date | None, date | None]
_YEAR = r"(?:(\d{4})\s*[年./-]\s*)?"
_MONTH = re.compile(rf"{_YEAR}(\d{{1,2}})\s*月?(?:份)?", re.ASCII)
_MONTHS = re.compile(rf"{_YEAR}(\d{{1,2}})\s*月?\s*(?:-|—|–|~|至|到)\s*{_YEAR}(\d{{1,2}})\s*月(?:份)?", re.ASCII)
_QUARTER = re.compile(rf"{_YEAR}第?([一二三四1-4])季度", re.ASCII)
_WHOLE = re.compile(r"(?:(\d{4})\s*年?)?\s*(?:全年|常年|年度)?", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:—|–|~|至|到|(?<=[日号號])-|\s-\s)\s*")
_QUARTERS = {**{name: number for number, name in enumerate("一二三四", 1)}, **{str(n): n for n in range(1, 5)}}


@dataclass(slots=True)
class ApprovalPlan(FilePlan[Approval]):
    """The effect of a list; `gone` are the items that a whole list does not name any more."""

    gone: Sequence[Approval] = ()
    as_of: date | None = None
    """The day of the list, where it is a later one than before."""

    @property
    def besides(self) -> int:
        """What changes beside new and changed rows."""
        return len(self.gone) + (self.as_of is not None)


def plan(
    rows: Iterable[tuple[int, Mapping[str, Cell]]],
    known: Sequence[Approval],
    as_of: date,
    before: date | None,
    kind: ApprovalKind = ApprovalKind.INSPECTION,
    *,
    whole: bool = False,
) -> ApprovalPlan:
    """What the rows would do: `kind` is that of rows which state none, `before` the day of the known list.

    With `whole` the file is the whole list: what it does not name goes.
    """
    made = ApprovalPlan(as_of=as_of if before is None or before < as_of else None)
    planner = _Planner(made, known, kind)
    for number, cells in rows:
        entry = read_entry(number, cells, as_of, READERS)
        made.problems += entry.problems or planner.take(entry)
    made.problems.sort(key=lambda each: each.row)
    if whole and not made.problems:
        made.gone = [each for each in known if each.id not in planner.used]
    return made


class _Planner:
    def __init__(self, made: ApprovalPlan, known: Sequence[Approval], kind: ApprovalKind) -> None:
        self.made, self.kind = made, kind
        self.used: set[int] = set()
        self._known: dict[object, list[Approval]] = defaultdict(list)
        self._seen: dict[Approval, int] = {}
        for each in known:
            self._known[_key(each)].append(each)

    def take(self, entry: Entry) -> Sequence[Problem]:
        values = dict(entry.values)
        if not values.get("name"):
            return [Problem(entry.row, "name", "missing")]
        span = values.pop("span", None) or (None, None)
        said = {"kind": values.pop("approval_kind", None), "first": span[0], "last": span[1], **values}
        row = Approval(**{"kind": self.kind, **{name: value for name, value in said.items() if value is not None}})
        if row.first is not None and row.last is not None and row.last < row.first:
            return [Problem(entry.row, "last", "order", f"{row.first} – {row.last}")]
        if row in self._seen:
            return [Problem(entry.row, "name", "twice", str(self._seen[row]))]
        self._seen[row] = entry.row
        before = self._found(row)
        if before is None:
            self.made.taken.append(TakenRow(entry.row, None, row))
            return ()
        self.used.add(before.id)
        emptied = {name: _EMPTY[name] for name, value in values.items() if value is None}
        told = {name: value for name, value in said.items() if value is not None}
        self.made.taken.append(TakenRow(entry.row, before, replace(before, **emptied, **told)))
        return ()

    def _found(self, row: Approval) -> Approval | None:
        """The known item that is meant: of several the one of that name and these dates, or the most alike."""
        left = [each for each in self._known[_key(row)] if each.id not in self.used]
        if not row.number or len(left) > 1:
            left.sort(key=lambda each: (comparable(each.name) != comparable(row.name), _dates(each) != _dates(row)))
            alike = [
                each for each in left if comparable(each.name) == comparable(row.name) or _dates(each) == _dates(row)
            ]
            return next(iter(alike), None)
        return next(iter(left), None)


_EMPTY: Mapping[str, Any] = {"number": "", "issuer": "", "place": "", "first": None, "last": None}


def _dates(each: Approval) -> Span:
    return each.first, each.last


def _key(each: Approval) -> object:
    return number_key(each.number) if each.number else (each.kind, comparable(each.name))


def span_of(text: str, year: int) -> Span | None:
    """The days that a cell means: `2026.3.1-2026.3.31`, `3月1日至20日`, `2026年3月`, `3-5月`, `第二季度`, `全年`.

    A date without a year lies in `year`. None when it is none of these.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if match := _QUARTER.fullmatch(plain):
        month = _QUARTERS[match[2]] * 3
        return _months(int(match[1] or year), month - 2, int(match[1] or year), month)
    if match := _MONTHS.fullmatch(plain):
        first, month, last_month = int(match[1] or year), int(match[2]), int(match[4])
        return _months(first, month, int(match[3] or first + (last_month < month)), last_month)
    if "月" in plain and (match := _MONTH.fullmatch(plain)):
        return _months(int(match[1] or year), int(match[2]), int(match[1] or year), int(match[2]))
    if plain and (match := _WHOLE.fullmatch(plain)):
        return _months(int(match[1] or year), 1, int(match[1] or year), 12)
    return _days(plain, year)


def _days(plain: str, year: int) -> Span | None:
    parts = _BETWEEN.split(plain)
    if len(parts) == 1 and plain.count("-") in {1, 5}:
        at = plain.index("-") if plain.count("-") == 1 else [m.start() for m in re.finditer("-", plain)][2]
        parts = [plain[:at], plain[at + 1 :]]
    beginning = date(year, 1, 1)
    first = day_of(parts[0], beginning, ahead=True)
    if first is None or len(parts) > 2:
        return None
    if len(parts) == 1:
        return first, first
    end = re.sub(r"^(\d{1,2}\s*[日号號])$", rf"{first.month}月\1", parts[1])
    last = day_of(end, first, ahead=True)
    return None if last is None else (first, last)


def _months(year: int, month: int, last_year: int, last_month: int) -> Span | None:
    if not (1 <= month <= 12 and 1 <= last_month <= 12 and 1900 < year < 2200 and 1900 < last_year < 2200):
        return None
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _day(cell: Cell, today: date) -> date:
    found = day_of(cell, date(today.year, 1, 1), ahead=True)
    if found is None:
        raise ValueError("date")
    return found


def _span(cell: Cell, today: date) -> Span:
    day = None if isinstance(cell, str) else day_of(cell, today, ahead=True)
    found = (day, day) if day is not None else span_of(words_of(cell), today.year)
    if found is None:
        raise ValueError("span")
    return found


READERS: Mapping[str, Reader] = {
    "number": LEDGER_READERS["filing_number"],
    "name": LEDGER_READERS["name"],
    "approval_kind": LEDGER_READERS["approval_kind"],
    "issuer": LEDGER_READERS["purpose"],
    "place": LEDGER_READERS["purpose"],
    "first": _day,
    "last": _day,
    "span": _span,
}
"""How each field of the list is read."""

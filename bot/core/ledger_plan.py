"""What the rows of an office's file would do to the ledger: which are new, change something, or cannot be taken.

A row is found again by its ledger number, its filing number, or its name on its platform in its unit; so the same
file changes nothing the second time. What the bot sees itself (name and members of a watched group) stands.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeAlias

from bot.core.cells import is_none
from bot.core.file_plan import FilePlan, TakenRow
from bot.core.group import GroupKind
from bot.core.ledger import Evidence, LedgerObject, ObjectState, ObjectType, Platform, Source
from bot.core.ledger_entry import Entry, Problem
from bot.core.unit_names import UnitNames
from bot.core.units import comparable

REFERENCES = ("twin_of", "merged_into")
SEEN_BY_BOT = frozenset({"name", "members", "platform", "object_type"})
_OWN_WAY = frozenset({"id", "unit", *REFERENCES})
_EMPTY: dict[str, Any] = {each.name: each.default for each in fields(LedgerObject) if each.name != "name"}
_NEEDED = frozenset({"name", "object_type", "platform", "state"})
_STANDS = frozenset({Evidence.PLATFORM, Evidence.OWNER})
Key = tuple[ObjectType, Platform, str, int | None]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What rows are that do not say it."""

    unit: str = ""
    platform: Platform = Platform.WECHAT
    object_type: ObjectType = ObjectType.GROUP


Taken: TypeAlias = TakenRow[LedgerObject]
"""A row of the file that can be taken.

A reference is the number of a row of the ledger; below zero, -1 for the first taken row, one that is new itself.
"""


@dataclass(slots=True)
class Plan(FilePlan[LedgerObject]):
    """The effect of a file."""

    left_out: int = 0
    assumed: int = 0
    """New rows that state no platform."""

    @property
    def endless(self) -> int:
        """How many new or changed rows are running project groups that state no end."""
        rows = [each.after for each in (*self.new, *self.changed)]
        return sum(row.kind is GroupKind.PROJECT and row.end_date is None and not row.state.ended for row in rows)


def plan(
    entries: Iterable[Entry], names: UnitNames, rows: Sequence[LedgerObject], defaults: Defaults, today: date
) -> Plan:
    """What the entries would do to the `rows` of the ledger (all of them, ended ones too)."""
    planner = _Planner(names, rows, defaults, today)
    referring = []
    for entry in entries:
        planner.plan.left_out += entry.left_out
        problems = [*entry.problems] or planner.take(entry)
        planner.plan.problems += problems
        if not problems and any(entry.values.get(name) for name in REFERENCES):
            referring.append((entry, len(planner.plan.taken) - 1))
    planner.refer(referring)
    planner.plan.problems.sort(key=lambda each: each.row)
    return planner.plan


class _Planner:
    """The ledger as it is looked up while the rows of a file come."""

    def __init__(self, names: UnitNames, rows: Sequence[LedgerObject], defaults: Defaults, today: date) -> None:
        self.names, self.rows, self.defaults, self.today = names, rows, defaults, today
        self.plan = Plan()
        self._by_id = {row.id: row for row in rows}
        self._by_key: dict[Key, list[LedgerObject]] = defaultdict(list)
        self._by_number: dict[str, list[LedgerObject]] = defaultdict(list)
        for row in rows:
            self._by_key[_key(row)].append(row)
            if row.filing_number:
                self._by_number[row.filing_number].append(row)
        self._used: dict[int, int] = {}
        """Rows of the ledger by number that a row of the file is already about."""
        self._running: dict[Key, int] = {}
        """New rows that have not ended."""

    def take(self, entry: Entry) -> list[Problem]:
        """Take a row, or say why it cannot be."""
        values = entry.values
        unit_id, problem = self._unit(entry)
        if problem is not None:
            return [problem]
        known = self._by_id.get(values["id"]) if values.get("id") else None
        if known is None:
            missing = [name for name, value in (("name", values.get("name")), ("unit", unit_id)) if not value]
            if missing:
                return [Problem(entry.row, name, "missing") for name in missing]
            made = self._made(entry, unit_id)
            known = self._found(made)
            if known is None:
                return self._enter(entry, made)
        return self._change(entry, known, unit_id)

    def _change(self, entry: Entry, known: LedgerObject, unit_id: int | None) -> list[Problem]:
        if known.id in self._used:
            return [Problem(entry.row, "name", "twice", str(self._used[known.id]))]
        after = self._altered(known, entry, unit_id)
        if known.state.ended and not after.state.ended and known.evidence in _STANDS:
            return [Problem(entry.row, "state", "ended", f"{known.closed_on or ''}")]
        self._used[known.id] = entry.row
        self.plan.taken.append(Taken(entry.row, known, after))
        return []

    def _unit(self, entry: Entry) -> tuple[int | None, Problem | None]:
        words = entry.values.get("unit") or self.defaults.unit
        if not words:
            return None, None
        found = self.names.find(words)
        if len(found) == 1:
            return found[0], None
        return None, Problem(entry.row, "unit", "unit_several" if found else "unit_unknown", words[:40])

    def _made(self, entry: Entry, unit_id: int | None) -> LedgerObject:
        """The row as a new one."""
        values = {name: value for name, value in entry.values.items() if name not in _OWN_WAY and value is not None}
        plain = {"object_type": self.defaults.object_type, "platform": self.defaults.platform, "name": "", **values}
        if "kind" not in values and values.get("end_date") and plain["object_type"] is ObjectType.GROUP:
            plain["kind"] = GroupKind.PROJECT
        return self._settled(LedgerObject(unit_id=unit_id, source=Source.IMPORT, **plain), None, entry)

    def _found(self, made: LedgerObject) -> LedgerObject | None:
        """The row of the ledger that is meant; of several the one that runs, or (ended) closed on that day."""
        found = self._by_key.get(_key(made), [])
        if not found and made.filing_number:
            numbered = self._by_number.get(made.filing_number, [])
            found = [row for row in numbered if row.object_type is made.object_type and row.id not in self._used]
        if not found and made.platform is Platform.TELEGRAM:
            found = self._by_key.get(_key(replace(made, unit_id=None)), [])
        if made.state.ended:
            same = [row for row in found if row.closed_on == made.closed_on and row.state.ended]
            return next(iter([*same, *(row for row in found if not row.state.ended)]), None)
        running = [row for row in found if not row.state.ended]
        later = made.created_on is not None and all(
            row.closed_on is not None and row.closed_on <= made.created_on for row in found
        )
        return running[0] if running else None if later else next(iter(found), None)

    def _enter(self, entry: Entry, made: LedgerObject) -> list[Problem]:
        key = _key(made)
        if not made.state.ended:
            if key in self._running:
                return [Problem(entry.row, "name", "twice", str(self._running[key]))]
            self._running[key] = entry.row
        self.plan.taken.append(Taken(entry.row, None, made))
        self.plan.assumed += "platform" not in entry.values
        return []

    def _altered(self, known: LedgerObject, entry: Entry, unit_id: int | None) -> LedgerObject:
        new: dict[str, Any] = {} if unit_id in {None, known.unit_id} else {"unit_id": unit_id}
        for name, value in entry.values.items():
            if name in _OWN_WAY or (known.group_id is not None and name in SEEN_BY_BOT):
                continue
            if value is None and name in _NEEDED:
                continue
            said = _EMPTY[name] if value is None else value
            if not _alike(getattr(known, name), said):
                new[name] = said
        merges = entry.values.get("merged_into") and known.merged_into is None
        return self._settled(replace(known, **new), known, entry) if new or merges else known

    def _settled(self, row: LedgerObject, before: LedgerObject | None, entry: Entry) -> LedgerObject:
        """The row in itself consistent: how it ended, and what only groups have."""
        if entry.values.get("merged_into") and "state" not in entry.values:
            row = replace(row, state=ObjectState.MERGED)
        if row.object_type is not ObjectType.GROUP and row.kind is not None:
            row = replace(row, kind=None)
        if not row.state.ended:
            was = before is not None and before.state.ended
            return replace(row, closed_on=None, closing_reason=None, evidence=None) if was else row
        if row.evidence is None:
            row = replace(row, evidence=Evidence.OFFICE)
        stated = row.closed_on is None and "closed_on" not in entry.values and "end_date" in entry.values
        if stated and row.end_date is not None and row.end_date <= self.today:
            row = replace(row, closed_on=row.end_date)
        return row

    def refer(self, referring: Sequence[tuple[Entry, int]]) -> None:
        """Let rows refer to others by name, once all are known; one whose reference is not found is not taken."""
        if not referring:
            return
        named: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
        for row in self.rows:
            named[comparable(row.name)].append((row.id, row.unit_id))
        for place, each in enumerate(self.plan.taken):
            if each.before is None:
                named[comparable(each.after.name)].append((-place - 1, each.after.unit_id))
        for entry, place in referring:
            problem = self._refer(entry, place, named)
            if problem is not None:
                self.plan.problems.append(problem)
                self.plan.taken[place].left = True

    def _refer(self, entry: Entry, place: int, named: dict[str, list[tuple[int, int | None]]]) -> Problem | None:
        taken = self.plan.taken[place]
        own = taken.after.id or -place - 1
        for name in REFERENCES:
            words = entry.values.get(name)
            if not words:
                continue
            found = resolve(words, own, taken.after.unit_id, named)
            if len(found) != 1:
                return Problem(entry.row, name, "reference_several" if found else "reference_unknown", words[:40])
            taken.after = replace(taken.after, **{name: found[0]})  # type: ignore[arg-type]
        return None


def resolve(words: str, own: int, unit_id: int | None, named: dict[str, list[tuple[int, int | None]]]) -> Sequence[int]:
    """The rows that a reference may mean: `#12` by number, else by name, first in the same unit, never itself."""
    if words.startswith("#") and words[1:].isdecimal():
        known = any(int(words[1:]) == number for rows in named.values() for number, _ in rows)
        return [int(words[1:])] if known else []
    others = [(number, unit) for number, unit in named.get(comparable(words), []) if number != own]
    return [number for number, unit in others if unit == unit_id] or [number for number, _ in others]


def _key(row: LedgerObject) -> Key:
    return row.object_type, row.platform, comparable(row.name), row.unit_id


def _alike(old: Any, new: Any) -> bool:
    """Whether a file says what is known: a text may have lost blanks and unseen characters on its way."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or _seen(old) == _seen(new) or (not new and is_none(_seen(old)))
    return bool(old == new)


def _seen(text: str) -> str:
    return "".join(each for each in text if not each.isspace() and unicodedata.category(each) not in {"Cf", "Cc", "Co"})

"""The ledger and the office in memory, with the behaviour of the database; part of `tests.fakes.InMemoryStore`."""
# ruff: noqa: A002 - the names are those of the ports.

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core.changes import Change, chained
from bot.core.ledger import LedgerObject, ObjectState, Platform
from bot.core.load import Load, together
from bot.core.office import Binding, Code, Place, PlaceKind
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, comparable
from tests.fakes_cases import CaseTables


@dataclass(slots=True)
class LedgerTables(CaseTables):
    """The rows of the ledger and the office; values are immutable."""

    units: dict[int, Unit] = field(default_factory=dict)
    objects: dict[int, LedgerObject] = field(default_factory=dict)
    days: dict[tuple[date, int], UnitDay] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)
    pointers: dict[int, str | None] = field(default_factory=dict)
    places: dict[PlaceKind, Place] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    bindings: dict[tuple[str, int | None], Binding] = field(default_factory=dict)
    periods: dict[tuple[str, str], datetime] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, table: str) -> int:
        """The next number of a table; never given twice."""
        self.numbers[table] = self.numbers.get(table, 0) + 1
        return self.numbers[table]

    def forget_group(self, group_id: int) -> None:
        """The row of a deleted group stays, without it."""
        for id_, row in self.objects.items():
            if row.group_id == group_id:
                self.objects[id_] = replace(row, group_id=None)
        self.move_cases(group_id, None)

    def regroup(self, gone: int, stays: int) -> None:
        """Of two rows of one group the one of the staying group stands."""
        self.move_cases(gone, stays)
        entries = {row.group_id: id_ for id_, row in self.objects.items() if row.group_id in {gone, stays}}
        if gone not in entries:
            return
        if stays not in entries:
            self.objects[entries[gone]] = replace(self.objects[entries[gone]], group_id=stays)
            return
        old, new = entries[gone], entries[stays]
        del self.objects[old]
        for id_, row in self.objects.items():
            followed = None if id_ == new else new
            twin_of = followed if row.twin_of == old else row.twin_of
            merged_into = followed if row.merged_into == old else row.merged_into
            self.objects[id_] = replace(row, twin_of=twin_of, merged_into=merged_into)


@dataclass(slots=True)
class FakeUnits:
    tables: LedgerTables

    async def all(self, *, ended: bool = False) -> Sequence[Unit]:
        rows = sorted(self.tables.units.values(), key=lambda each: (each.place, each.id))
        return [each for each in rows if ended or each.is_open]

    async def get(self, id: int) -> Unit | None:
        return self.tables.units.get(id)

    async def named(self, name: str) -> Unit | None:
        wanted = comparable(name)
        found = [each for each in await self.all() if wanted in {comparable(n) for n in (each.name, *each.aliases)}]
        return found[0] if wanted and len(found) == 1 else None

    async def part(self, first: int, limit: int) -> Sequence[Unit]:
        return (await self.all())[first : first + limit]

    async def count(self) -> int:
        return len(await self.all())

    async def like(self, words: str, limit: int) -> Sequence[Unit]:
        wanted = comparable(words)
        found = [each for each in await self.all() if any(wanted in comparable(n) for n in (each.name, *each.aliases))]
        return found[:limit] if wanted else []

    async def add(self, units: Sequence[Unit]) -> Sequence[Unit]:
        last = max((each.place for each in self.tables.units.values()), default=0)
        stored = [
            replace(each, id=self.tables.number("units"), place=each.place or last + n)
            for n, each in enumerate(units, 1)
        ]
        self.tables.units.update({each.id: each for each in stored})
        return stored

    async def update(self, units: Sequence[Unit]) -> None:
        self.tables.units.update({each.id: each for each in units if each.id in self.tables.units})


@dataclass(slots=True)
class FakeObjects:
    tables: LedgerTables

    async def get(self, id: int) -> LedgerObject | None:
        return self.tables.objects.get(id)

    async def of_group(self, group_id: int) -> LedgerObject | None:
        return next((each for each in self.tables.objects.values() if each.group_id == group_id), None)

    async def named(self, platform: Platform, name: str) -> Sequence[LedgerObject]:
        return [each for each in await self.all() if (each.platform, each.name) == (platform, name)]

    async def of_unit(self, unit_id: int | None) -> Sequence[LedgerObject]:
        return [each for each in self.tables.objects.values() if each.unit_id == unit_id]

    async def all(self, *, ended: bool = False) -> Sequence[LedgerObject]:
        return [each for each in self.tables.objects.values() if ended or not each.state.ended]

    async def awaiting(self) -> Sequence[LedgerObject]:
        return [row for _, row in sorted(self.tables.objects.items()) if row.state is ObjectState.AWAITING]

    async def ending(self, first: date, last: date) -> Sequence[LedgerObject]:
        return [each for each in await self.all() if each.end_date is not None and first <= each.end_date <= last]

    async def add(self, objects: Sequence[LedgerObject]) -> Sequence[LedgerObject]:
        stored = [replace(each, id=self.tables.number("objects")) for each in objects]
        self.tables.objects.update({each.id: each for each in stored})
        return stored

    async def update(self, objects: Sequence[LedgerObject]) -> None:
        self.tables.objects.update({each.id: each for each in objects if each.id in self.tables.objects})


@dataclass(slots=True)
class FakeSnapshots:
    tables: LedgerTables

    async def put(self, days: Iterable[UnitDay]) -> None:
        self.tables.days.update({(each.day, each.unit_id): each for each in days})

    async def of_day(self, day: date) -> Sequence[UnitDay]:
        return [each for _, each in sorted(self.tables.days.items()) if each.day == day]

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[UnitDay]:
        rows = [each for _, each in sorted(self.tables.days.items()) if each.unit_id == unit_id]
        return [each for each in rows if first <= each.day <= last]

    async def loads(self, first: date, last: date) -> Mapping[int, Load]:
        rows = [each for each in self.tables.days.values() if first <= each.day <= last]
        return {id_: together(each.load for each in rows if each.unit_id == id_) for id_ in {e.unit_id for e in rows}}

    async def over(self, days: Sequence[date]) -> Mapping[date, tuple[int, int]]:
        found = {day: await self.of_day(day) for day in days}
        return {day: (len(rows), sum(each.over > 0 for each in rows)) for day, rows in found.items() if rows}

    async def forget(self, before: date) -> None:
        for key in [key for key in self.tables.days if key[0] < before]:
            del self.tables.days[key]

    async def last_day(self, until: date) -> date | None:
        return max((day for day, _ in self.tables.days if day <= until), default=None)


@dataclass(slots=True)
class FakeChanges:
    tables: LedgerTables

    async def append(self, changes: Sequence[Change]) -> None:
        rows = self.tables.changes
        previous = rows[max(rows)].digest if rows else None
        stored = [replace(each, id=self.tables.number("changes")) for each in chained(changes, previous)]
        rows.update({each.id: each for each in stored})

    async def of(self, noun: str, noun_id: int) -> Sequence[Change]:
        return [each for each in self.tables.changes.values() if (each.noun, each.noun_id) == (noun, noun_id)]

    async def page(self, after_id: int, limit: int) -> Sequence[Change]:
        return [each for each in self.tables.changes.values() if each.id > after_id][:limit]

    async def since(self, at: datetime, noun: str) -> Sequence[Change]:
        return [each for each in self.tables.changes.values() if each.at >= at and each.noun == noun]

    async def latest(self, limit: int) -> Sequence[Change]:
        return [*self.tables.changes.values()][::-1][:limit]


@dataclass(slots=True)
class FakePointers:
    tables: LedgerTables

    async def add(self, words: str, day: date) -> int:
        assert day
        id_ = self.tables.number("pointers")
        self.tables.pointers[id_] = words
        return id_

    async def open(self, limit: int) -> Mapping[int, str]:
        return dict([(id_, words) for id_, words in self.tables.pointers.items() if words is not None][:limit])

    async def settle(self, id: int) -> bool:
        was_open = self.tables.pointers.get(id) is not None
        if was_open:
            self.tables.pointers[id] = None
        return was_open


@dataclass(slots=True)
class FakeOffice:
    tables: LedgerTables

    async def place(self, kind: PlaceKind) -> Place | None:
        return self.tables.places.get(kind)

    async def bind(self, place: Place) -> None:
        self.tables.places[place.kind] = place

    async def unbind(self, kind: PlaceKind) -> bool:
        return self.tables.places.pop(kind, None) is not None

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        for kind, place in self.tables.places.items():
            if place.chat_id == old_chat_id:
                self.tables.places[kind] = replace(place, chat_id=new_chat_id)

    async def keep_code(self, code: Code) -> None:
        for digest, other in [*self.tables.codes.items()]:
            if (other.purpose, other.unit_id) == (code.purpose, code.unit_id):
                del self.tables.codes[digest]
        self.tables.codes[code.digest] = code

    async def use_code(self, digest: str, now: datetime) -> Code | None:
        code = self.tables.codes.pop(digest, None)
        return code if code is not None and code.expires_at > now else None

    async def drop_codes(self) -> None:
        self.tables.codes.clear()

    async def bindings(self, unit_id: int | None = None) -> Sequence[Binding]:
        return [each for each in self.tables.bindings.values() if unit_id in {None, each.unit_id}]

    async def binding(self, person: str) -> Sequence[Binding]:
        return [each for each in self.tables.bindings.values() if each.person == person]

    async def give_role(self, binding: Binding) -> None:
        known = self.tables.bindings.get((binding.person, binding.unit_id))
        if known is None or known.role is not binding.role:
            self.tables.bindings[binding.person, binding.unit_id] = binding

    async def take_role(self, person: str, unit_id: int | None) -> bool:
        return self.tables.bindings.pop((person, unit_id), None) is not None


@dataclass(slots=True)
class FakePeriods:
    tables: LedgerTables

    async def claim(self, job: str, period: str, now: datetime) -> bool:
        new = (job, period) not in self.tables.periods
        self.tables.periods.setdefault((job, period), now)
        return new

    async def last(self, job: str) -> tuple[str, datetime] | None:
        done = [(at, period) for (name, period), at in self.tables.periods.items() if name == job]
        return (max(done)[1], max(done)[0]) if done else None

    async def latest(self, job: str, until: str) -> str | None:
        return max((period for name, period in self.tables.periods if name == job and period <= until), default=None)

    async def done(self, job: str, period: str) -> bool:
        return (job, period) in self.tables.periods

    async def done_of(self, jobs: Sequence[str]) -> Set[tuple[str, str]]:
        return {each for each in self.tables.periods if each[0] in jobs}

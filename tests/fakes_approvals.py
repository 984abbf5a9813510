"""The list of approvals, refusals, questions and visits in memory; part of `tests.fakes.InMemoryStore`."""
# ruff: noqa: A002 - the names are those of the ports.

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from bot.core.approvals import Approval, Inquiry, Refusal
from bot.core.visits import Visit


@dataclass(slots=True)
class ApprovalTables:
    """The rows; values are immutable. An answered question is None."""

    approvals: dict[int, Approval] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    inquiries: dict[int, Inquiry | None] = field(default_factory=dict)
    visits: dict[int, Visit] = field(default_factory=dict)


class Numbered(Protocol):
    """The tables with their running numbers."""

    approvals: dict[int, Approval]
    refusals: dict[int, Refusal]
    inquiries: dict[int, Inquiry | None]
    visits: dict[int, Visit]

    def number(self, table: str) -> int: ...


@dataclass(slots=True)
class FakeApprovals:
    tables: Numbered

    async def all(self) -> Sequence[Approval]:
        return [*self.tables.approvals.values()]

    async def add(self, approvals: Sequence[Approval]) -> Sequence[Approval]:
        stored = [replace(each, id=self.tables.number("approvals")) for each in approvals]
        self.tables.approvals.update({each.id: each for each in stored})
        return stored

    async def update(self, approvals: Sequence[Approval]) -> None:
        self.tables.approvals.update({each.id: each for each in approvals})

    async def remove(self, ids: Sequence[int]) -> None:
        for id_ in ids:
            self.tables.approvals.pop(id_, None)


@dataclass(slots=True)
class FakeRefusals:
    tables: Numbered

    async def add(self, refusal: Refusal) -> int:
        id_ = self.tables.number("refusals")
        self.tables.refusals[id_] = replace(refusal, id=id_)
        return id_

    async def latest(self, limit: int) -> Sequence[Refusal]:
        return [*self.tables.refusals.values()][::-1][:limit]

    async def count(self, first: date, last: date) -> int:
        return sum(first <= each.day <= last for each in self.tables.refusals.values())

    async def purge(self, before: date) -> int:
        old = [each for each in self.tables.refusals.values() if each.day < before and each.words]
        self.tables.refusals.update({each.id: replace(each, words="") for each in old})
        return len(old)


@dataclass(slots=True)
class FakeInquiries:
    tables: Numbered

    async def add(self, inquiry: Inquiry) -> int:
        id_ = self.tables.number("inquiries")
        self.tables.inquiries[id_] = replace(inquiry, id=id_)
        return id_

    async def get(self, id: int) -> Inquiry | None:
        return self.tables.inquiries.get(id)

    async def waiting(self) -> Sequence[Inquiry]:
        return [each for each in self.tables.inquiries.values() if each is not None]

    async def close(self, id: int) -> bool:
        waits = self.tables.inquiries.get(id) is not None
        if waits:
            self.tables.inquiries[id] = None
        return waits

    async def purge(self, before: date) -> int:
        old = [each.id for each in await self.waiting() if each.day < before]
        self.tables.inquiries.update(dict.fromkeys(old))
        return len(old)


@dataclass(slots=True)
class FakeVisits:
    tables: Numbered

    async def add(self, visit: Visit) -> int:
        id_ = self.tables.number("visits")
        self.tables.visits[id_] = replace(visit, id=id_)
        return id_

    async def get(self, id: int) -> Visit | None:
        return self.tables.visits.get(id)

    async def remove(self, id: int) -> None:
        self.tables.visits.pop(id, None)

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[Visit]:
        return [each for each in await self.between(first, last) if each.unit_id == unit_id]

    async def between(self, first: date, last: date) -> Sequence[Visit]:
        found = [each for each in self.tables.visits.values() if first <= each.on <= last]
        return sorted(found, key=lambda each: (each.on, each.id), reverse=True)

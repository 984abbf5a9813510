"""The list of approvals, refusals, questions and visits in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, update

from bot.core.approvals import Approval, ApprovalKind, Inquiry, Refusal
from bot.core.visits import Visit, VisitKind
from storage.numbering import insert_numbered
from storage.session import Session
from storage.sqlite_driver import MANY
from storage.tables.approval import approvals, inquiries, refusals, visits

_STORED = [each.name for each in fields(Approval) if each.name != "id"]
_UPDATE = (
    update(approvals).where(approvals.c.id == bindparam("mine")).values({name: bindparam(name) for name in _STORED})
)


@dataclass(slots=True)
class SqlApprovals:
    """Fulfils `ports.Approvals`."""

    session: Session

    async def all(self) -> Sequence[Approval]:
        """Every item, in the order of their coming."""
        rows = await self.session.run(select(approvals).order_by(approvals.c.id).prefix_with(MANY))
        return [
            Approval(
                *(row.name, ApprovalKind(row.kind), row.number, row.issuer, row.first, row.last, row.place, row.id)
            )
            for row in rows
        ]

    async def add(self, approvals: Sequence[Approval]) -> Sequence[Approval]:
        """Store new items; returns them with their numbers, in the same order."""
        if not approvals:
            return []
        numbers = await insert_numbered(self.session, _approvals, [_values(each) for each in approvals])
        return [replace(each, id=number) for each, number in zip(approvals, numbers, strict=True)]

    async def update(self, approvals: Sequence[Approval]) -> None:
        """Store changed items."""
        if approvals:
            await self.session.run(_UPDATE, [_values(each) | {"mine": each.id} for each in approvals])

    async def remove(self, ids: Sequence[int]) -> None:
        """Take items off the list."""
        if ids:
            chosen = self.session.chosen(approvals.c.id)
            await self.session.run(delete(approvals).where(chosen), {"ids": self.session.ids(ids)})


_approvals = approvals
"""The table; a parameter of a method has its name."""


def _values(each: Approval) -> dict[str, Any]:
    return {name: getattr(each, name) for name in _STORED} | {"kind": each.kind.value}


@dataclass(slots=True)
class SqlRefusals:
    """Fulfils `ports.Refusals`."""

    session: Session

    async def add(self, refusal: Refusal) -> int:
        """Keep a refusal, its words sealed; returns its number."""
        row = {"day": refusal.day, "words": self.session.sealed_text(refusal.words), "unit_id": refusal.unit_id}
        return int((await self.session.run(insert(refusals).values(row).returning(refusals.c.id))).scalar_one())

    async def latest(self, limit: int) -> Sequence[Refusal]:
        """The latest, newest first."""
        rows = await self.session.run(select(refusals).order_by(refusals.c.id.desc()).limit(limit))
        return [Refusal(row.day, self.session.unsealed_text(row.words), row.unit_id, row.id) for row in rows]

    async def count(self, first: date, last: date) -> int:
        """How many there were in a stretch of days, both included."""
        wanted = select(func.count()).where(refusals.c.day.between(first, last))
        return int((await self.session.run(wanted)).scalar() or 0)

    async def purge(self, before: date) -> int:
        """Empty the words of those from before a day, which are counted on; returns of how many."""
        self.session.purged = True
        old = update(refusals).where(refusals.c.day < before, refusals.c.words.is_not(None))
        return (await self.session.run(old.values(words=None))).rowcount


@dataclass(slots=True)
class SqlInquiries:
    """Fulfils `ports.Inquiries`."""

    session: Session

    async def add(self, inquiry: Inquiry) -> int:
        """Keep a question; returns its number."""
        row = {
            "day": inquiry.day,
            "language": inquiry.language,
            "words": self.session.sealed_text(inquiry.words),
            "asker": self.session.sealed_text(str(inquiry.asker)),
        }
        return int((await self.session.run(insert(inquiries).values(row).returning(inquiries.c.id))).scalar_one())

    async def get(self, id: int) -> Inquiry | None:  # noqa: A002
        """A question that waits; None when there is none, or it was answered."""
        found = await self._found(select(inquiries).where(inquiries.c.id == id))
        return next(iter(found), None)

    async def waiting(self) -> Sequence[Inquiry]:
        """All that wait, oldest first."""
        return await self._found(select(inquiries))

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Inquiry]:
        rows = await self.session.run(wanted.where(inquiries.c.asker.is_not(None)).order_by(inquiries.c.id))
        unsealed = self.session.unsealed_text
        return [
            Inquiry(row.day, unsealed(row.words), int(unsealed(row.asker) or 0), row.language, row.id) for row in rows
        ]

    async def close(self, id: int) -> bool:  # noqa: A002
        """It is answered: words and asker are emptied. False when it was already."""
        self.session.purged = True
        mine = update(inquiries).where(inquiries.c.id == id, inquiries.c.asker.is_not(None))
        return (await self.session.run(mine.values(words=None, asker=None))).rowcount > 0

    async def purge(self, before: date) -> int:
        """Empty those from before a day that were never answered; returns how many."""
        self.session.purged = True
        old = update(inquiries).where(inquiries.c.day < before, inquiries.c.asker.is_not(None))
        return (await self.session.run(old.values(words=None, asker=None))).rowcount


@dataclass(slots=True)
class SqlVisits:
    """Fulfils `ports.Visits`."""

    session: Session

    async def add(self, visit: Visit) -> int:
        """Store a visit; returns its number."""
        row = {each.name: getattr(visit, each.name) for each in fields(Visit) if each.name != "id"}
        row["kind"] = visit.kind.value
        return int((await self.session.run(insert(visits).values(row).returning(visits.c.id))).scalar_one())

    async def get(self, id: int) -> Visit | None:  # noqa: A002
        """The visit of a number."""
        return next(iter(await self._found(select(visits).where(visits.c.id == id))), None)

    async def remove(self, id: int) -> None:  # noqa: A002
        """Take back a visit that was recorded by mistake."""
        await self.session.run(delete(visits).where(visits.c.id == id))

    async def of_unit(self, unit_id: int, first: date, last: date) -> Sequence[Visit]:
        """The visits of one unit in a stretch of days, both included, the latest first."""
        return await self._found(_between(first, last).where(visits.c.unit_id == unit_id))

    async def between(self, first: date, last: date) -> Sequence[Visit]:
        """The visits of all units in a stretch of days, both included, the latest first."""
        return await self._found(_between(first, last))

    async def _found(self, wanted: Select[*tuple[Any, ...]]) -> Sequence[Visit]:
        return [_visit(row) for row in await self.session.run(wanted)]


def _between(first: date, last: date) -> Select[*tuple[Any, ...]]:
    order = (visits.c.on.desc(), visits.c.id.desc())
    return select(visits).where(visits.c.on.between(first, last)).order_by(*order)


def _visit(row: Row[*tuple[Any, ...]]) -> Visit:
    return Visit(row.unit_id, VisitKind(row.kind), row.who, row.place, row.on, row.noticed, row.id)

"""The office's places, codes, roles and periods in SQL."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, delete, func, insert, select, update

from bot.core.changes import Role
from bot.core.office import Binding, Code, Place, PlaceKind
from storage.session import Session
from storage.tables.office import bindings, codes, periods, places

AT_ONCE = 500
"""Names that one query asks for."""


@dataclass(slots=True)
class SqlOffice:
    """Fulfils `ports.Office`; the ids of people are sealed."""

    session: Session

    async def place(self, kind: PlaceKind) -> Place | None:
        """The bound place of a kind."""
        row = (await self.session.run(select(places).where(places.c.kind == kind.value))).first()
        return None if row is None else Place(PlaceKind(row.kind), row.chat_id, row.title, row.bound_at)

    async def bind(self, place: Place) -> None:
        """Bind a place; another of its kind is replaced."""
        values = {"chat_id": place.chat_id, "title": place.title, "bound_at": place.bound_at}
        bound = self.session.insert(places).values(kind=place.kind.value, **values)
        await self.session.run(bound.on_conflict_do_update(index_elements=["kind"], set_=values))

    async def unbind(self, kind: PlaceKind) -> bool:
        """Give a place up; False when there was none."""
        return (await self.session.run(delete(places).where(places.c.kind == kind.value))).rowcount > 0

    async def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a place to its new chat."""
        await self.session.run(update(places).where(places.c.chat_id == old_chat_id).values(chat_id=new_chat_id))

    async def keep_code(self, code: Code) -> None:
        """Keep a one-time code; an open one for the same purpose and unit is replaced."""
        await self.session.alone("codes")
        same = and_(codes.c.purpose == code.purpose, _of_unit(codes, code.unit_id))
        await self.session.run(delete(codes).where(same))
        values = {"digest": code.digest, "purpose": code.purpose, "unit_id": code.unit_id}
        await self.session.run(insert(codes).values(**values, expires_at=code.expires_at))

    async def use_code(self, digest: str, now: datetime) -> Code | None:
        """Take a code that is still good: it can be used once. None for any other."""
        mine = delete(codes).where(codes.c.digest == digest)
        row = (await self.session.run(mine.returning(*codes.c))).first()
        if row is None or row.expires_at <= now:
            return None
        return Code(row.digest, row.purpose, row.expires_at, row.unit_id)

    async def drop_codes(self) -> None:
        """Let no code that was made be used any more."""
        await self.session.run(delete(codes))

    async def bindings(self, unit_id: int | None = None) -> Sequence[Binding]:
        """The people with a role, of one unit or of all."""
        wanted = select(bindings).order_by(bindings.c.id)
        rows = await self.session.run(wanted if unit_id is None else wanted.where(bindings.c.unit_id == unit_id))
        return [self._binding(row) for row in rows]

    async def binding(self, person: str) -> Sequence[Binding]:
        """The roles of one person."""
        mine = select(bindings).where(bindings.c.person == person).order_by(bindings.c.id)
        return [self._binding(row) for row in await self.session.run(mine)]

    async def give_role(self, binding: Binding) -> None:
        """Give a person a role at a unit, instead of another one there; the same again changes nothing."""
        await self.session.alone("bindings")
        mine = and_(bindings.c.person == binding.person, _of_unit(bindings, binding.unit_id))
        known = (await self.session.run(select(bindings.c.role).where(mine))).scalar()
        if known == binding.role.value:
            return
        values: dict[str, Any] = {
            "user_id": self._sealed(binding),
            "role": binding.role.value,
            "bound_at": binding.bound_at,
        }
        if known is not None:
            await self.session.run(update(bindings).where(mine).values(values))
        else:
            values |= {"person": binding.person, "unit_id": binding.unit_id}
            await self.session.run(insert(bindings).values(values))

    async def take_role(self, person: str, unit_id: int | None) -> bool:
        """Take a role back; False when there was none."""
        self.session.purged = True
        mine = and_(bindings.c.person == person, _of_unit(bindings, unit_id))
        return (await self.session.run(delete(bindings).where(mine))).rowcount > 0

    def _sealed(self, binding: Binding) -> bytes:
        return self.session.vault.seal(str(binding.user_id).encode())

    def _binding(self, row: Row[*tuple[Any, ...]]) -> Binding:
        # Whose id no known key opens is still recognised, and only cannot be written to.
        user_id = int(self.session.unsealed_text(row.user_id) or 0)
        return Binding(row.person, user_id, Role(row.role), row.unit_id, row.bound_at)


def _of_unit(table: Table, unit_id: int | None) -> ColumnElement[bool]:
    return table.c.unit_id.is_(None) if unit_id is None else table.c.unit_id == unit_id


@dataclass(slots=True)
class SqlPeriods:
    """Fulfils `ports.Periods`."""

    session: Session

    async def claim(self, job: str, period: str, now: datetime) -> bool:
        """Note that a job is done for a period, in the transaction that does it; False when it was already."""
        new = self.session.insert(periods).values(job=job, period=period, done_at=now)
        return (await self.session.run(new.on_conflict_do_nothing(index_elements=["job", "period"]))).rowcount > 0

    async def last(self, job: str) -> tuple[str, datetime] | None:
        """The last period of a job, and when it was done."""
        mine = select(periods.c.period, periods.c.done_at).where(periods.c.job == job)
        latest = mine.order_by(periods.c.done_at.desc(), periods.c.period.desc()).limit(1)
        row = (await self.session.run(latest)).first()
        return None if row is None else (row.period, row.done_at)

    async def latest(self, job: str, until: str) -> str | None:
        """The latest period of a job that is done, by its key, up to that of another one."""
        mine = select(func.max(periods.c.period)).where(periods.c.job == job, periods.c.period <= until)
        found: str | None = (await self.session.run(mine)).scalar()
        return found

    async def done(self, job: str, period: str) -> bool:
        """Whether a job was done for a period."""
        mine = select(periods.c.job).where(periods.c.job == job, periods.c.period == period)
        return (await self.session.run(mine)).first() is not None

    async def done_of(self, jobs: Sequence[str]) -> Set[tuple[str, str]]:
        """Of these jobs, however many, all that was done: job and period."""
        found: set[tuple[str, str]] = set()
        for start in range(0, len(jobs), AT_ONCE):
            wanted = periods.c.job.in_(jobs[start : start + AT_ONCE])
            rows = await self.session.run(select(periods.c.job, periods.c.period).where(wanted))
            found.update((row.job, row.period) for row in rows)
        return found

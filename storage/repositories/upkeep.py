"""Events seen, facts of the bot itself, and leases, in SQL."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select, update

from storage.session import Session
from storage.tables.upkeep import leases, seen, state

_RENEWING = (
    update(leases)
    .where(leases.c.name == bindparam("mine"), leases.c.holder == bindparam("me"))
    .values(until=bindparam("end"))
)


@dataclass(slots=True)
class SqlSeen:
    """Fulfils `ports.Seen`; keys are kept as keyed hashes."""

    session: Session

    async def first(self, key: str, at: datetime) -> bool:
        """Whether an event is new; it is known from now on."""
        new = self.session.insert(seen).values(key=self.session.vault.digest("seen", key), at=at)
        return (await self.session.run(new.on_conflict_do_nothing(index_elements=["key"]))).rowcount > 0

    async def purge(self, before: datetime) -> int:
        """Forget events older than `before`."""
        return (await self.session.run(delete(seen).where(seen.c.at < before))).rowcount


@dataclass(slots=True)
class SqlState:
    """Fulfils `ports.State`."""

    session: Session

    async def get(self, name: str) -> str | None:
        """The stored fact."""
        value: str | None = (await self.session.run(select(state.c.value).where(state.c.name == name))).scalar()
        return value

    async def set(self, name: str, value: str) -> None:
        """Store a fact."""
        fact = self.session.insert(state).values(name=name, value=value)
        await self.session.run(fact.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


@dataclass(slots=True)
class SqlLeases:
    """Fulfils `ports.Leases`."""

    session: Session

    async def take(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Take or renew a lease; False while another holder has it."""
        until = now + timedelta(seconds=seconds)
        wanted = self.session.insert(leases).values(name=name, holder=holder, until=until)
        free = or_(leases.c.holder == holder, leases.c.until <= now)
        taken = wanted.on_conflict_do_update(
            index_elements=["name"], set_={"holder": holder, "until": until}, where=free
        )
        return (await self.session.run(taken)).rowcount > 0

    async def renew(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Renew a lease that nobody else had since it was taken; False otherwise."""
        values = {"mine": name, "me": holder, "end": now + timedelta(seconds=seconds)}
        return (await self.session.ask(_RENEWING, values)).touched > 0

    async def holder(self, name: str) -> str | None:
        """Who holds a lease, or held it last; None when it was given back."""
        found: str | None = (await self.session.run(select(leases.c.holder).where(leases.c.name == name))).scalar()
        return found

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        await self.session.run(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

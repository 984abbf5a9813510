"""The unit of work in SQL, and the store that begins them."""

import asyncio
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import BadKeyFile
from bot.ports import (
    Approvals,
    Cases,
    Changes,
    Counts,
    Exemptions,
    Findings,
    Groups,
    Inbox,
    Inquiries,
    Leases,
    Memory,
    Objects,
    Office,
    Outbox,
    People,
    Periods,
    Pointers,
    Posts,
    Refusals,
    Reports,
    Seen,
    Snapshots,
    State,
    Units,
    Vault,
    Visits,
)
from storage import repositories as sql
from storage.engine import open_engine
from storage.migrations import migrate
from storage.session import Gate, Session


class SqlUnitOfWork:
    """Fulfils `ports.UnitOfWork`. The transaction begins with the first statement, so an idle one holds up nobody."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.inbox: Inbox = sql.SqlInbox(session)
        self.outbox: Outbox = sql.SqlOutbox(session)
        self.groups: Groups = sql.SqlGroups(session)
        self.findings: Findings = sql.SqlFindings(session)
        self.counts: Counts = sql.SqlCounts(session)
        self.people: People = sql.SqlPeople(session)
        self.memory: Memory = sql.SqlMemory(session)
        self.exemptions: Exemptions = sql.SqlExemptions(session)
        self.posts: Posts = sql.SqlPosts(session)
        self.seen: Seen = sql.SqlSeen(session)
        self.state: State = sql.SqlState(session)
        self.leases: Leases = sql.SqlLeases(session)
        self.units: Units = sql.SqlUnits(session)
        self.objects: Objects = sql.SqlObjects(session)
        self.snapshots: Snapshots = sql.SqlSnapshots(session)
        self.changes: Changes = sql.SqlChanges(session)
        self.pointers: Pointers = sql.SqlPointers(session)
        self.office: Office = sql.SqlOffice(session)
        self.periods: Periods = sql.SqlPeriods(session)
        self.approvals: Approvals = sql.SqlApprovals(session)
        self.refusals: Refusals = sql.SqlRefusals(session)
        self.inquiries: Inquiries = sql.SqlInquiries(session)
        self.visits: Visits = sql.SqlVisits(session)
        self.cases: Cases = sql.SqlCases(session)
        self.reports: Reports = sql.SqlReports(session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        # A transaction on a quick disk may never have waited: others get their turn at least here.
        await asyncio.sleep(0)

    def leave_nothing(self) -> None:
        """What this transaction empties is not to live on in SQLite's log."""
        self._session.purged = True

    async def commit(self) -> None:
        """Make it last; further work in the same block is another transaction."""
        await self._session.commit()


VAULT = "vault"
"""The fact that tells whose keys a database belongs to."""


@dataclass(frozen=True, slots=True)
class SqlStore:
    """Fulfils `ports.Store`."""

    engine: AsyncEngine
    vault: Vault
    gate: Gate | None

    @classmethod
    def of(cls, engine: AsyncEngine, vault: Vault) -> Self:
        """A store over a migrated database."""
        return cls(engine, vault, Gate() if engine.dialect.name == "sqlite" else None)

    def begin(self, *, lasting: bool = True) -> SqlUnitOfWork:
        """A new unit of work, to be used as `async with store.begin() as work` (see `ports.Store`)."""
        return SqlUnitOfWork(Session(self.engine, self.vault, self.gate, lasting=lasting))

    async def check_keys(self) -> None:
        """Raise `BadKeyFile` when the database belongs to another key file; a new one is claimed."""
        mark = self.vault.digest("state", VAULT)
        async with self.begin() as work:
            known = await work.state.get(VAULT)
            if known is None:
                await work.state.set(VAULT, mark)
                await work.commit()
            elif known != mark:
                raise BadKeyFile("other")

    async def close(self) -> None:
        """Close all connections."""
        if self.gate is not None and self.gate.connection is not None:
            await self.gate.connection.close()
            self.gate.connection = self.gate.driver = None
        await self.engine.dispose()


async def open_store(address: str, vault: Vault) -> SqlStore:
    """The store of an address: made and migrated where needed, and checked to belong to these keys."""
    engine = open_engine(address)
    try:
        await migrate(engine)
        store = SqlStore.of(engine, vault)
        await store.check_keys()
    except BaseException:
        await engine.dispose()
        raise
    return store

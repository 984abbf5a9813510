"""The transaction that holds all repositories."""

from types import TracebackType
from typing import Protocol, Self

from bot.ports.approvals import Approvals, Inquiries, Refusals, Visits
from bot.ports.cases import Cases, Reports
from bot.ports.findings import Exemptions, Findings
from bot.ports.groups import Counts, Groups, Memory, Posts
from bot.ports.ledger import Changes, Objects, Pointers, Snapshots, Units
from bot.ports.office import Office, Periods
from bot.ports.people import People
from bot.ports.queues import Inbox, Outbox
from bot.ports.upkeep import Leases, Seen, State


class UnitOfWork(Protocol):
    """One transaction with its repositories; what is not committed is undone."""

    inbox: Inbox
    outbox: Outbox
    groups: Groups
    findings: Findings
    counts: Counts
    people: People
    memory: Memory
    exemptions: Exemptions
    posts: Posts
    seen: Seen
    state: State
    leases: Leases
    units: Units
    objects: Objects
    snapshots: Snapshots
    changes: Changes
    pointers: Pointers
    office: Office
    periods: Periods
    approvals: Approvals
    refusals: Refusals
    inquiries: Inquiries
    visits: Visits
    cases: Cases
    reports: Reports

    async def __aenter__(self) -> Self:
        """Begin the transaction."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what was not committed."""
        ...

    def leave_nothing(self) -> None:
        """What this transaction empties is not to live on in the database's own log."""
        ...

    async def commit(self) -> None:
        """Make it last; further work in the same block is another transaction."""
        ...


class Store(Protocol):
    """The database: begins units of work."""

    def begin(self, *, lasting: bool = True) -> UnitOfWork:
        """A new unit of work, to be used as `async with store.begin() as work`.

        Without `lasting` a cut of the power may undo its commit, as long as no lasting one came after it: for what is
        then done anew. The end of the process alone never undoes it.
        """
        ...

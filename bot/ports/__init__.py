"""What the services need of the world, as protocols that adapters and fakes fulfil."""

from bot.ports.approvals import Approvals, Inquiries, Refusals, Visits
from bot.ports.archive import Archive
from bot.ports.cases import Cases, Reports
from bot.ports.findings import Exemptions, Findings
from bot.ports.forgotten import Forgotten, Traces
from bot.ports.groups import Counts, Groups, Memory, Posts
from bot.ports.ledger import Changes, Objects, Pointers, Snapshots, Units
from bot.ports.office import Office, Periods
from bot.ports.people import People
from bot.ports.queues import Inbox, Outbox, OutboxEntry, StoredUpdate
from bot.ports.upkeep import Leases, Seen, State
from bot.ports.work import Store, UnitOfWork
from bot.ports.world import Clock, Vault

__all__ = [
    "Approvals",
    "Archive",
    "Cases",
    "Changes",
    "Clock",
    "Counts",
    "Exemptions",
    "Findings",
    "Forgotten",
    "Groups",
    "Inbox",
    "Inquiries",
    "Leases",
    "Memory",
    "Objects",
    "Office",
    "Outbox",
    "OutboxEntry",
    "People",
    "Periods",
    "Pointers",
    "Posts",
    "Refusals",
    "Reports",
    "Seen",
    "Snapshots",
    "State",
    "Store",
    "StoredUpdate",
    "Traces",
    "UnitOfWork",
    "Units",
    "Vault",
    "Visits",
]

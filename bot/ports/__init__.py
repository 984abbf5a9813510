"""What the services need of the world, as protocols that adapters and fakes fulfil."""

from bot.ports.archive import Archive
from bot.ports.findings import Exemptions, Findings
from bot.ports.forgotten import Forgotten, Traces
from bot.ports.groups import Counts, Groups, Memory, Posts
from bot.ports.people import People
from bot.ports.queues import Inbox, Outbox, OutboxEntry, StoredUpdate
from bot.ports.upkeep import Leases, Seen, State
from bot.ports.work import Store, UnitOfWork
from bot.ports.world import Clock, Vault

__all__ = [
    "Archive",
    "Clock",
    "Counts",
    "Exemptions",
    "Findings",
    "Forgotten",
    "Groups",
    "Inbox",
    "Leases",
    "Memory",
    "Outbox",
    "OutboxEntry",
    "People",
    "Posts",
    "Seen",
    "State",
    "Store",
    "StoredUpdate",
    "Traces",
    "UnitOfWork",
    "Vault",
]

"""What has had its time goes: nothing is kept for longer than was promised (developer terms 4.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.policy import Policy
from bot.ports import UnitOfWork
from bot.services.verify import REFUSAL_KEPT, WAITS

HANDLED_KEPT = timedelta(days=7)
"""How long the bare ids of what was handled or sent are kept, so that a repeat is recognised."""
SEEN_KEPT = timedelta(days=7)
"""How long albums and automatic forwards are recognised."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was emptied or deleted."""

    updates: int = 0
    entries: int = 0
    findings: int = 0
    seen: int = 0


async def purge(work: UnitOfWork, policy: Policy, now: datetime) -> Purged:
    """Empty and delete what is older than it may be; safe to run at any time and twice."""
    aside = now - timedelta(hours=policy.aside_hours)
    updates = await work.inbox.purge(handled_before=now - HANDLED_KEPT, aside_before=aside)
    entries = await work.outbox.purge(now - HANDLED_KEPT)
    findings = await work.findings.expire(now)
    seen = await work.seen.purge(now - SEEN_KEPT)
    await work.inquiries.purge((now - WAITS).date())
    await work.refusals.purge((now - REFUSAL_KEPT).date())
    for group in await work.groups.all():
        await work.memory.forget(group.id, now - timedelta(days=policy.memory_days))
    return Purged(updates, entries, findings, seen)

"""Who acts, of several replicas: whoever holds the lease, and at once who finds that its holder is dead."""

from collections.abc import Callable
from datetime import datetime

from bot.ports import UnitOfWork

Gone = Callable[[str], bool]
"""Whether the process of a name surely runs no more; False where that cannot be known."""


async def take(work: UnitOfWork, name: str, holder: str, now: datetime, seconds: int, gone: Gone) -> bool:
    """Take or renew a lease; False while another holder has it that may be alive."""
    if await work.leases.take(name, holder, now, seconds):
        return True
    other = await work.leases.holder(name)
    if other is None or not gone(other):
        return False
    await work.leases.release(name, other)
    return await work.leases.take(name, holder, now, seconds)

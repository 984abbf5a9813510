"""The list of approvals in memory, read anew whenever it was imported."""

from bot.core.approvals import ApprovalIndex
from bot.ports import UnitOfWork
from bot.services import approval_import
from bot.services.scenes import Scenes


async def current(work: UnitOfWork, scenes: Scenes) -> ApprovalIndex:
    """The list as it is now: from memory, unless it was imported anew since."""
    revision = await work.state.get(approval_import.REVISION) or ""
    if scenes.approvals is None or scenes.approvals.revision != revision:
        scenes.approvals = await approval_import.index(work)
    return scenes.approvals

"""A list of approvals from the office's file: its effect is planned first, and carried out in one transaction."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.core import approval_plan
from bot.core.approval_plan import ApprovalPlan
from bot.core.approvals import ApprovalIndex, ApprovalKind
from bot.core.changes import Change
from bot.core.ledger_log import APPROVAL, Author, change_of, removal_of
from bot.ports import UnitOfWork
from bot.services.ledger_import import BATCH, Rows

AS_OF, REVISION = "approvals.as_of", "approvals.revision"
"""The facts of `State` that tell the day of the list, and how often it was imported."""


async def as_of(work: UnitOfWork) -> date | None:
    """The day on which the list stood as it is known; None when there is no list."""
    known = await work.state.get(AS_OF)
    return None if known is None else date.fromisoformat(known)


async def index(work: UnitOfWork) -> ApprovalIndex:
    """The list, ready to be asked."""
    return ApprovalIndex(await work.approvals.all(), await as_of(work), await work.state.get(REVISION) or "")


async def planned(
    work: UnitOfWork, rows: Rows, day: date, kind: ApprovalKind = ApprovalKind.INSPECTION, *, whole: bool = False
) -> ApprovalPlan:
    """What the rows of a file would do to the list as it is."""
    return approval_plan.plan(rows, await work.approvals.all(), day, await as_of(work), kind, whole=whole)


async def apply(
    work: UnitOfWork,
    effect: ApprovalPlan,
    author: Author,
    now: datetime,
    reason: str = "",
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Carry a plan out, in the transaction in which it was made; each item that is new, changed or gone is logged."""
    new, changed = effect.new, effect.changed
    for start in range(0, len(new), BATCH):
        stored = await work.approvals.add([each.after for each in new[start : start + BATCH]])
        await _log(work, [change_of(None, each, author, now, reason) for each in stored])
        told(start + len(stored))
    for start in range(0, len(changed), BATCH):
        part = changed[start : start + BATCH]
        await work.approvals.update([each.after for each in part])
        await _log(work, [change_of(each.before, each.after, author, now, reason) for each in part])
        told(len(new) + start + len(part))
    await work.approvals.remove([each.id for each in effect.gone])
    await _log(work, [removal_of(each, author, now, reason) for each in effect.gone])
    await _dated(work, effect.as_of, author, now, reason)


async def _dated(work: UnitOfWork, day: date | None, author: Author, now: datetime, reason: str) -> None:
    """Note the day of the list, and that it is another one now."""
    if day is not None:
        before = await work.state.get(AS_OF)
        await work.state.set(AS_OF, day.isoformat())
        change = Change(
            *(now, author.role, APPROVAL, 0, {"as_of": before}, {"as_of": day.isoformat()}, author.actor, reason)
        )
        await work.changes.append([change])
    await work.state.set(REVISION, str(int(await work.state.get(REVISION) or 0) + 1))


async def _log(work: UnitOfWork, changes: Sequence[Change | None]) -> None:
    for start in range(0, len(changes), BATCH):
        await work.changes.append([each for each in changes[start : start + BATCH] if each is not None])

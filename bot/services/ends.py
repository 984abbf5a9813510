"""Whether the end of a group stands: then it changes with a reason only, and the second time by the office."""

from bot.core.group import Group, GroupKind, SetupStep
from bot.core.ledger_log import OBJECT
from bot.core.speech import Part
from bot.ports import UnitOfWork
from bot.services.questions import end_is_settled

_OF_THE_END = frozenset({SetupStep.KIND, SetupStep.END_DATE})


async def is_settled(work: UnitOfWork, group: Group) -> bool:
    """Whether set-up and settings may not change the kind and the end of a group.

    Nor where the end was extended already, or stood in the ledger before the bot came (again): else to pause the bot,
    to make the group standing for a day, or to remove the bot and its data would be the way round the office.
    """
    if end_is_settled(group):
        return True
    row = await work.objects.of_group(group.id)
    if row is None:
        return False
    if row.extensions:
        return True
    if row.kind is not GroupKind.PROJECT or row.end_date is None or group.joined_at is None:
        return False
    changes = await work.changes.of(OBJECT, row.id)
    return bool(changes) and changes[0].at < group.joined_at


async def refusal(work: UnitOfWork, group: Group, what: str) -> Part | None:
    """Where the kind or the end is changed instead; None where it may be changed here, and for all else."""
    if what in _OF_THE_END and await is_settled(work, group):
        return Part("dissolve.not_here")
    return None

"""The working time of a group, and whether the bot may say something there now: its manners hold for answers too."""

from bot.core import manners
from bot.core.group import Group
from bot.core.worktime import WorkTime
from bot.services import places
from handlers.context import Context


async def worktime_of(context: Context, group: Group) -> WorkTime:
    """The working time of a group, with what exempts it."""
    runtime = context.runtime
    return await places.worktime_of(context.work, runtime.scenes, runtime.office, group, context.now)


async def may_post(context: Context, group: Group) -> bool:
    """Whether it is surely working time in the group, and no day that is kept quiet."""
    return manners.may_post(await worktime_of(context, group), context.now)

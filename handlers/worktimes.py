"""Whether the bot may say something in a group now: by its manners, which hold for answers in a group too."""

from bot.core import manners
from bot.core.group import Group
from bot.services.places import OfficeTime, worktime_of
from handlers.context import Context


async def may_post(context: Context, group: Group) -> bool:
    """Whether it is surely working time in the group, and no day that is kept quiet."""
    runtime = context.runtime
    office = OfficeTime(runtime.calendar, runtime.hours, runtime.zone)
    worktime = await worktime_of(context.work, runtime.scenes, office, group, context.now)
    return manners.may_post(worktime, context.now)

"""Whether the bot may say something in a group now: by the group's hours, its zone and the calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.group import Group
from bot.core.worktime import WorkingHours, WorkTime
from bot.runtime import Runtime


def may_post(runtime: Runtime, group: Group, now: datetime) -> bool:
    """Whether it is working time in the group, and surely so: a day that the calendar does not know is rest."""
    hours = WorkingHours.parse(group.hours) if group.hours else runtime.hours
    zone = ZoneInfo(group.zone) if group.zone else runtime.zone
    worktime = WorkTime(runtime.calendar, hours, zone)
    return worktime.inside(now) and worktime.known(now)

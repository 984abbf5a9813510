"""Where a message arrives: its group with the scene to judge it in, from memory or built anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from bot.core.group import Group, GroupState
from bot.core.history import History
from bot.core.scene import EmergencyWindow, Scene
from bot.core.workcal import DutyRoster, QuietDays, Shift, WorkCalendar
from bot.core.worktime import WorkingHours, WorkTime
from bot.ports import UnitOfWork
from bot.services.approval_list import current
from bot.services.scenes import FRESH, STRANGE, Exempting, Place, Scenes
from bot.services.units import hours_of

LATE_BY = timedelta(days=3)
"""How late a message may arrive and still meet the emergency window it was written in."""

LONGEST_QUIET = 400
"""Days of one quiet span that are kept."""


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """The office's own calendar, hours and zone, where a group states none."""

    calendar: WorkCalendar
    hours: WorkingHours
    zone: ZoneInfo

    def zone_of(self, group: Group | None) -> ZoneInfo:
        """The zone of a group, or the office's own."""
        return zone_of(group, self.zone)

    def today(self, now: datetime, group: Group | None = None) -> date:
        """The day it is in the zone of a group, or in the office's own."""
        return now.astimezone(self.zone_of(group)).date()

    def works(self, day: date) -> bool:
        """Whether a day is a working day of the office, by its calendar."""
        return self.calendar.day(day).works

    def worktime(self, group: Group, exempting: Exempting, unit_hours: str = "") -> WorkTime:
        """The working time of a group, with its duty hours and quiet days; its own, its unit's, or the office's."""
        stated = group.hours or unit_hours
        hours = WorkingHours.parse(stated) if stated else self.hours
        duty = tuple(Shift(each.start, each.end) for each in exempting.duty if _concerns(each, group))
        days = frozenset(day for span in exempting.quiet if _concerns(span, group) for day in _days(span))
        zone = self.zone_of(group)
        return WorkTime(self.calendar, hours, zone, duty=DutyRoster(duty), quiet=QuietDays(days))


def zone_of(group: Group | None, office: ZoneInfo) -> ZoneInfo:
    """The zone of a group, which is the office's where it states none (or is gone)."""
    return ZoneInfo(group.zone) if group is not None and group.zone else office


async def place_of(work: UnitOfWork, scenes: Scenes, office: OfficeTime, chat_id: int, now: datetime) -> Place:
    """The place of a chat; without group and scene where the chat is not watched, so that nothing is kept of it."""
    known = scenes.place(chat_id, now)
    if known is not None:
        return known
    group = await work.groups.of_chat(chat_id)
    if group is None or group.state is not GroupState.WATCHING:
        place = Place(None, None, now + STRANGE)
    else:
        await current(work, scenes)  # by which requests are told apart that stand on the list
        place = Place(group, await _scene(work, scenes, office, group, now), now + FRESH)
    scenes.settle(chat_id, place)
    return place


async def exempting_of(work: UnitOfWork, scenes: Scenes, now: datetime) -> Exempting:
    """What exempts by decision, read once and kept until something changes."""
    if scenes.exempting is None:
        scenes.exempting = Exempting(
            await work.exemptions.windows(now - LATE_BY), await work.exemptions.duty(), await work.exemptions.quiet()
        )
    return scenes.exempting


async def worktime_of(work: UnitOfWork, scenes: Scenes, office: OfficeTime, group: Group, now: datetime) -> WorkTime:
    """The working time of a group with what exempts it: the one that messages are judged by and posts wait for."""
    exempting = await exempting_of(work, scenes, now)
    return office.worktime(group, exempting, "" if group.hours else await _unit_hours(work, group))


async def _unit_hours(work: UnitOfWork, group: Group) -> str:
    """The hours of the group's unit: that of its row in the ledger, or the one that was stated."""
    row = await work.objects.of_group(group.id) if group.id else None
    if row is not None and row.unit_id is not None:
        return await hours_of(work, await work.units.get(row.unit_id))
    return await hours_of(work, await work.units.named(group.unit)) if group.unit else ""


async def _scene(work: UnitOfWork, scenes: Scenes, office: OfficeTime, group: Group, now: datetime) -> Scene:
    """The scene of a group: its memory is kept where it is in hand, all else is as the group now says."""
    worktime = await worktime_of(work, scenes, office, group, now)
    exempting = await exempting_of(work, scenes, now)
    windows = _windows(window for window in exempting.windows if window.group_id == group.id)
    old = scenes.get(group.id)
    if old is not None:
        scene = Scene(worktime, old.history, windows, old.urgent_at)
    else:
        scene = Scene(worktime, await _history(work, group.id), windows, await work.memory.urgent_at(group.id))
    scenes.keep(group.id, "", scene)
    return scene


async def _history(work: UnitOfWork, group_id: int) -> History:
    requests, documents = await work.memory.load(group_id)
    history = History()
    for _, request in requests:
        history.remember_request(request)
    for key, sent in documents.items():
        history.remember_document(key, sent.message_id, sent.at)
    return history


def _windows(windows: Iterable[UrgentWindow]) -> tuple[EmergencyWindow, ...]:
    return tuple(EmergencyWindow(window.start, window.end, window.reason) for window in windows)


def _concerns(rule: DutyHours | QuietSpan, group: Group) -> bool:
    """Whether a roster or quiet span is this group's, its unit's, or (naming neither) the whole office's."""
    if rule.group_id is not None:
        return rule.group_id == group.id
    return not rule.unit or rule.unit == group.unit


def _days(span: QuietSpan) -> Iterable[date]:
    length = min((span.last - span.first).days + 1, LONGEST_QUIET)
    return (span.first + timedelta(days=step) for step in range(length))

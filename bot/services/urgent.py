"""Emergency windows: opened by an admin with a reason and an end, counted, told to the office, and reviewed by it.

"Urgent" is the first loophole (Gansu 2024 no. 24, item 3), so no window is without an end, and none goes unseen.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import BadMoment
from bot.core.exemption import UrgentWindow
from bot.core.group import Group
from bot.core.policy import Policy
from bot.core.spans import read_until
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech, Value
from bot.ports import UnitOfWork
from bot.services.office import desk_chat

ACTION = "ug"
QUESTION = "urgent"
COUNT = "windows"
LONGEST_REASON = 120
LEAST_REASON = 2
DAY = timedelta(days=1)
MOST_A_DAY = 10
"""Windows of one group in a day; each is told to the office, which must not drown in them."""
REVIEWS = ("agreed", "doubted")


def ask(group: Group, policy: Policy, language: str) -> Speech:
    """Ask for end and reason."""
    return Speech.of("urgent.ask", language, group=group.title, hours=policy.longest_window_hours)


def choose(groups: list[Group], language: str) -> Speech:
    """The groups for which somebody may declare an emergency."""
    rows = tuple((_button(f"{group.id}", "setup.choose.as_is", text=group.title),) for group in groups)
    return Speech((Part("urgent.choose" if rows else "settings.no_group"),), language, rows)


async def declare(
    work: UnitOfWork, policy: Policy, group: Group, text: str, zone: ZoneInfo, language: str, now: datetime
) -> Speech:
    """Open a window by the words typed, count it, and tell the office.

    Raises `BadMoment` when the words state no end or no reason, an end that is too far, or one too many in a day.
    """
    end, reason = read_until(text, now, zone)
    if not timedelta(0) < end - now <= timedelta(hours=policy.longest_window_hours):
        raise BadMoment("too_long", value=f"{end:%m-%d %H:%M}", hours=policy.longest_window_hours)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if len(reason) < LEAST_REASON:
        raise BadMoment("no_reason", value=text[:40])
    earlier = await work.exemptions.windows(now - DAY, group.id)
    if sum(window.start > now - DAY for window in earlier) >= MOST_A_DAY:
        raise BadMoment("too_many_windows", value=MOST_A_DAY)
    window = await work.exemptions.open_window(UrgentWindow(group.id, now, end, reason))
    await work.counts.add(group.id, now.astimezone(zone).date(), {COUNT: 1})
    desk = await desk_chat(work, policy)
    if desk is not None:
        await work.outbox.add([_for_office(window, group, desk, policy.language, zone)], now)
    row = (_button(f"{group.id}:end:{window.id}", "urgent.button.end"),)
    return Speech((_part("urgent.opened", window, group, zone),), language, (row,))


async def end(work: UnitOfWork, group: Group, window_id: int, zone: ZoneInfo, language: str, now: datetime) -> Speech:
    """End a window before its time."""
    window = await _window(work, window_id, now, group.id)
    if window is None or window.end <= now:
        return Speech.of("urgent.over", language, group=group.title)
    ended = replace(window, end=now)
    await work.exemptions.update_window(ended)
    return Speech((_part("urgent.ended", ended, group, zone),), language)


async def review(
    work: UnitOfWork, window_id: int, verdict: str, zone: ZoneInfo, language: str, now: datetime
) -> Speech | None:
    """Keep what the office thinks of a window; None when it is gone."""
    window = await _window(work, window_id, now, None)
    group = await work.groups.get(window.group_id) if window is not None else None
    if window is None or group is None or verdict not in REVIEWS:
        return None
    reviewed = replace(window, reviewed=verdict)
    await work.exemptions.update_window(reviewed)
    parts = (_part("urgent.office", reviewed, group, zone), Part(f"urgent.reviewed.{verdict}"))
    return Speech(parts, language, (_reviews(window.id),))


def _for_office(window: UrgentWindow, group: Group, desk: int, language: str, zone: ZoneInfo) -> Outgoing:
    speech = Speech((_part("urgent.office", window, group, zone),), language, (_reviews(window.id),))
    return Outgoing(desk, PostKind.TROUBLE, speech=speech, key=f"window:{window.id}")


def _reviews(window_id: int) -> tuple[Button, ...]:
    return tuple(_button(f"office:{window_id}:{verdict}", f"urgent.button.{verdict}") for verdict in REVIEWS)


async def _window(work: UnitOfWork, window_id: int, now: datetime, group_id: int | None) -> UrgentWindow | None:
    windows = await work.exemptions.windows(now - timedelta(days=90), group_id)
    return next((window for window in windows if window.id == window_id), None)


def _part(key: str, window: UrgentWindow, group: Group, zone: ZoneInfo) -> Part:
    start, end_ = (f"{moment.astimezone(zone):%m-%d %H:%M}" for moment in (window.start, window.end))
    return Part(key, {"group": group.title, "start": start, "end": end_, "reason": window.reason})


def _button(what: str, key: str, **fields: Value) -> Button:
    return Button(Part(key, fields), f"{ACTION}:{what}")

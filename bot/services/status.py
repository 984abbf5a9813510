"""What the bot sees, may do and missed; a time in which it saw nothing is said, never counted as zero."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.dates import shown
from bot.core.errors import JianfuError
from bot.core.group import Gap, Group, GroupState
from bot.core.model import Fact
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.ports import UnitOfWork
from bot.services import running
from bot.services.approval_import import as_of
from bot.services.intake import LISTED
from bot.services.links import add_button
from bot.services.places import zone_of
from bot.services.questions import Desk
from bot.services.welcome import next_chance

ACTION = "st"
WEEK = timedelta(days=7)
GAPS_SHOWN = 5
GROUPS_SHOWN = 60
NOT_OFFICE = Part("status.not_office")
FRESH = Part("status.fresh")
REASONS = frozenset({"privacy", "removed", "outage", "paused"})


def outline(group: Group, desk: Desk, language: str) -> Speech:
    """What any member may know: whether the bot watches and sees, and what follows from a finding."""
    zone = zone_of(group, desk.zone)
    response = Part.line("status.response", response=Word(f"settings.response.{group.response}.name"))
    title = Part("status.title", {"group": group.title})
    return Speech((title, _state(group, zone), _sight(group), response, Part("status.for_admins")), language)


async def of_group(work: UnitOfWork, group: Group, desk: Desk, language: str, now: datetime) -> Speech:
    """One group: its sight, rights, gaps, counts of the week, own posts and emergency windows."""
    zone = zone_of(group, desk.zone)
    gaps = await work.groups.gaps(group.id, now - WEEK)
    parts = [Part("status.title", {"group": group.title}), _state(group, zone)]
    if group.state is GroupState.READY:
        moment = await next_chance(work, desk, group, now)
        parts.append(
            Part.line("status.ready_at", at=shown(moment, zone, year=True))
            if moment
            else Part.line("status.ready_unknown")
        )
    parts += [_sight(group), _rights(group)]
    parts += [_gap(gap, zone) for gap in gaps[-GAPS_SHOWN:]]
    parts.append(await _counts(work, group, gaps, zone, now))
    parts += await _listed(work, group, zone, now)
    posts = await work.posts.count(group.id, now - WEEK)
    parts.append(Part.line("status.posts", count=posts, limit=desk.policy.posts_per_week))
    parts.append(Part.line("status.response", response=Word(f"settings.response.{group.response}.name")))
    parts += await _windows(work, group, zone, now)
    return Speech(tuple(parts), language, _buttons(group, desk))


def chooser(groups: Sequence[Group], language: str, *, office: bool) -> Speech:
    """The groups whose status somebody may see, to choose from."""
    rows = [(Button(Part("setup.choose.as_is", {"text": group.title}), f"{ACTION}:{group.id}"),) for group in groups]
    if office:
        rows.append((Button(Part("status.button.health"), f"{ACTION}:health"),))
    return Speech((Part("status.choose" if rows else "settings.no_group"),), language, tuple(rows[:GROUPS_SHOWN]))


async def health(
    work: UnitOfWork, troubles: Sequence[JianfuError], language: str, zone: ZoneInfo, now: datetime
) -> Speech:
    """All groups as the office sees them, in the order of joining, each to be opened; what is stuck; what is wrong."""
    groups = await work.groups.all()
    parts = [Part("status.health")]
    parts += [
        Part(f"status.group.{_kind(group)}", {"group": group.title}, follows=True) for group in groups[:GROUPS_SHOWN]
    ]
    if len(groups) > GROUPS_SHOWN:
        parts.append(Part.line("status.more", count=len(groups) - GROUPS_SHOWN))
    aside = await work.inbox.aside()
    waiting = await work.outbox.waiting()
    others = max(0, await work.inbox.waiting() - 1)  # the question itself waits too, until it is answered
    parts.append(Part("status.queues", {"unhandled": others, "aside": len(aside), "waiting": waiting}))
    if aside:
        parts.append(Part.line("status.aside_last", at=shown(max(at for _, at, _ in aside), zone, year=True)))
    parts += [_job(each, zone) for each in await running.ran(work)]
    unsure = await work.outbox.unsure_since(now - WEEK)
    if unsure:
        parts.append(Part.line("status.unsure", count=unsure))
    parts.append(Part("status.troubles" if troubles else "status.no_troubles"))
    parts += [
        Part.line(f"errors.{error.key}", **{name: str(value) for name, value in error.fields.items()})
        for error in troubles
    ]
    named = [Button(Part("setup.choose.as_is", {"text": group.title}), f"{ACTION}:{group.id}") for group in groups]
    rows = [tuple(named[first : first + 2]) for first in range(0, len(named[:GROUPS_SHOWN]), 2)]
    return Speech(tuple(parts), language, tuple(rows))


def _job(ran: running.Ran, zone: ZoneInfo) -> Part:
    """How a scheduled job last ran, and when its next period is due."""
    fields: dict[str, Value] = {
        "name": Word(f"job.{ran.name}"),
        "at": shown(ran.at, zone, year=True),
        "period": ran.period,
    }
    if ran.failed:
        return Part.line("status.job_failed", **fields)
    if not ran.period and ran.following is None:
        return Part.line("status.job", **fields)
    if ran.following is None:
        return Part.line("status.job_waits", **fields)
    return Part.line("status.job_period", **fields, next=shown(ran.following, zone, year=True))


def _state(group: Group, zone: ZoneInfo) -> Part:
    if group.state is GroupState.WATCHING and group.watching_since is not None:
        if not group.sees:
            return Part.line("status.waiting")
        return Part.line("status.watching", since=shown(group.watching_since, zone, year=True), zone=zone.key)
    if group.state is GroupState.LEFT:
        return Part.line("status.left")
    if group.state is GroupState.READY:
        return Part.line("status.ready")
    return Part.line("status.unfinished" if group.next_step else "status.paused")


def _sight(group: Group) -> Part:
    if group.state is GroupState.LEFT:
        return Part.line("status.sees_nothing")
    if group.is_admin:
        return Part.line("status.sees_admin")
    return Part.line("status.sees_all" if group.reads_all else "status.blind")


def _rights(group: Group) -> Part:
    if not group.is_admin:
        return Part.line("status.rights_none_enough" if group.sees else "status.rights_none")
    return Part.line("status.rights_delete" if "delete_messages" in group.rights else "status.rights_admin")


def _gap(gap: Gap, zone: ZoneInfo) -> Part:
    known = gap.reason if gap.reason in REASONS else "other"
    reason = Word(f"status.reason.{known}")
    if gap.until is None:
        return Part.line("status.gap_open", since=shown(gap.since, zone, year=True), reason=reason)
    return Part.line(
        "status.gap", since=shown(gap.since, zone, year=True), until=shown(gap.until, zone, year=True), reason=reason
    )


async def _counts(work: UnitOfWork, group: Group, gaps: Sequence[Gap], zone: ZoneInfo, now: datetime) -> Part:
    """What was counted in the last seven days, with how far it may be believed."""
    today = now.astimezone(zone).date()
    messages = (await work.counts.sums(group.id, today - WEEK, today)).get("messages", 0)
    findings = sum((await work.findings.totals(group.id, now - WEEK, now)).values())
    since = group.watching_since
    whole = not gaps and since is not None and since <= now - WEEK
    if not messages and not findings and not (whole and group.sees):
        return Part.line("status.not_counted")
    return Part.line("status.counts" if whole else "status.counts_partial", messages=messages, findings=findings)


async def _listed(work: UnitOfWork, group: Group, zone: ZoneInfo, now: datetime) -> list[Part]:
    """How many of the requests for data stand on the list of approvals, where there is one."""
    today = now.astimezone(zone).date()
    sums = await work.counts.sums(group.id, today - WEEK, today)
    asked = sums.get(Fact.DATA_COLLECTION, 0)
    if not asked or await as_of(work) is None:
        return []
    return [Part.line("status.listed", asked=asked, listed=sums.get(LISTED, 0))]


async def _windows(work: UnitOfWork, group: Group, zone: ZoneInfo, now: datetime) -> list[Part]:
    windows = await work.exemptions.windows(now - WEEK, group.id)
    if not windows:
        return []
    lines = [Part.line("status.windows", count=len(windows))]
    lines += [
        Part.line("status.window_open", until=shown(each.end, zone, year=True))
        for each in windows
        if each.start <= now < each.end
    ]
    return lines


def _buttons(group: Group, desk: Desk) -> tuple[tuple[Button, ...], ...]:
    again = Button(Part("setup.button.check_again"), f"{ACTION}:{group.id}")
    settings = Button(Part("setup.button.settings"), f"se:{group.id}")
    if group.state is not GroupState.LEFT and not group.sees:
        return ((add_button(desk.username, "setup.button.make_admin"),), (again, settings))
    if group.state is GroupState.READY:
        return ((Button(Part("setup.button.go_on"), f"su:{group.id}:resume"), again, settings),)
    return ((again, settings),)


def _kind(group: Group) -> str:
    if group.state is GroupState.LEFT:
        return "left"
    if group.state is GroupState.READY:
        return "ready"
    if group.state is GroupState.JOINED:
        return "unfinished" if group.next_step else "paused"
    return "watching" if group.sees else "blind"

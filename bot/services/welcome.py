"""Members are told before they are watched: the one message on being added, and what waits for it.

Findings are kept only once it is posted, which is never outside working time; a group that is set up at night is ready
until then. What was removed and returns later than a week is told again.
"""

from dataclasses import replace
from datetime import datetime

from bot.core import manners
from bot.core.group import Gap, Group, GroupState
from bot.core.policy import Policy
from bot.core.speech import Button, Outgoing, Part, PostKind, Speech, Value, Word
from bot.core.worktime import WorkTime
from bot.ports import UnitOfWork, Vault
from bot.services import ledger
from bot.services.links import group_payload, start_link
from bot.services.persons import language_of
from bot.services.places import OfficeTime, worktime_of
from bot.services.questions import Desk
from bot.services.scenes import Scenes

REMOVED, PRIVACY, PAUSED = "removed", "privacy", "paused"
"""Why nothing was seen for a while."""
KIND = "welcome"
"""The kind under which the welcome is counted among the bot's posts."""


def welcome(group: Group, desk: Desk, not_before: datetime | None = None) -> Outgoing:
    """The one message on being added: who runs it, what it reads and keeps, who sees it, how to object."""
    policy = desk.policy
    fields: dict[str, Value] = {
        "office": policy.office or Word("setup.office_unnamed"),
        "contact": policy.contact or Word("setup.contact_unnamed"),
        "days": policy.retention_days,
    }
    configure = start_link(desk.username, group_payload(group.id, desk.vault))
    row = (
        Button(Part("setup.button.configure"), url=configure),
        Button(Part("setup.button.privacy"), url=start_link(desk.username, "privacy")),
    )
    speech = Speech((Part("setup.welcome", fields),), group.language or policy.language, (row,))
    return Outgoing(group.chat_id, PostKind.WELCOME, speech=speech, key=key(group), not_before=not_before)


def key(group: Group) -> str:
    """The key of a group's welcome: one for each time that the bot was added."""
    return f"welcome:{group.id}:{group.joined_at:%Y%m%d%H%M%S}" if group.joined_at else f"welcome:{group.id}:"


async def plan(work: UnitOfWork, desk: Desk, worktime: WorkTime, group: Group, now: datetime) -> datetime | None:
    """Queue the welcome for the first working moment (anew where it waits); None when none is surely known."""
    moment = manners.next_moment(worktime, now)
    if moment is None:
        return None
    await work.outbox.cancel(key(group))
    await work.outbox.add([welcome(group, desk, moment if moment > now else None)], now)
    if not await work.posts.count(group.id, now - manners.WEEK, KIND):  # one that was never said counts already
        await work.posts.add(group.id, KIND, moment)
    return moment


async def next_chance(work: UnitOfWork, desk: Desk, group: Group, now: datetime) -> datetime | None:
    """The first moment at or after `now` at which the group can be told, in its own zone."""
    return manners.next_moment(await worktime_of(work, Scenes(), desk.office, group, now), now)


async def begin(work: UnitOfWork, desk: Desk, group: Group, contact: int, now: datetime) -> Group:
    """All questions are answered: watching begins, or the group is ready and begins once it is told."""
    group = replace(group, contact=contact)
    told = await work.outbox.message_of(key(group)) is not None
    if told or (await is_paused(work, group, now) and await work.outbox.address_of(key(group)) is None):
        return await _watch(work, group, desk.office, now)
    group = replace(group, state=GroupState.READY)
    await work.groups.update(group)
    await plan(work, desk, await worktime_of(work, Scenes(), desk.office, group, now), group, now)
    return group


async def posted(work: UnitOfWork, chat_id: int, office: OfficeTime, now: datetime) -> None:
    """The welcome is in the group: what was ready for it is watched from now on."""
    group = await work.groups.of_chat(chat_id)
    if group is not None and group.state is GroupState.READY:
        await _watch(work, group, office, now)


async def not_posted(work: UnitOfWork, chat_id: int, vault: Vault, policy: Policy, now: datetime) -> None:
    """The welcome could not be posted, and before it nothing is watched: the contact is told, and may try again."""
    group = await work.groups.of_chat(chat_id)
    if group is None or group.state is not GroupState.READY or group.contact is None:
        return
    language = await language_of(work, vault, group.contact, policy)
    again = Button(Part("setup.button.go_on"), f"su:{group.id}:resume")
    speech = Speech((Part("setup.not_told", {"group": group.title}),), language, ((again,),))
    await work.outbox.add([Outgoing(group.contact, PostKind.TROUBLE, speech=speech)], now)


async def _watch(work: UnitOfWork, group: Group, office: OfficeTime, now: datetime) -> Group:
    watched = replace(group, state=GroupState.WATCHING, watching_since=group.watching_since or now)
    await work.groups.update(watched)
    for reason in (PAUSED, REMOVED):
        await work.groups.close_gaps(group.id, now, reason)
    await ledger.ask_counts(work, [watched], office.today(now), now)
    if not watched.sees:
        await work.groups.open_gap(Gap(group.id, now, PRIVACY))
    return watched


async def is_paused(work: UnitOfWork, group: Group, now: datetime) -> bool:
    """Whether it was watched before, by members who were told, and only paused."""
    return any(gap.reason == PAUSED and gap.until is None for gap in await work.groups.gaps(group.id, now))

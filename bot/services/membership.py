"""The bot comes into a group, gains or loses rights, moves with it, goes, and returns: one row of the ledger."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.core import manners
from bot.core.group import BotRight, Gap, Group, GroupState
from bot.core.ledger import ObjectState
from bot.core.policy import Policy
from bot.core.speech import Act, Outgoing, Part, PostKind, Speech
from bot.core.worktime import WorkTime
from bot.ports import UnitOfWork
from bot.services import dissolve, ledger, setup, welcome
from bot.services.persons import Person, language_of
from bot.services.questions import Desk
from bot.services.welcome import PRIVACY, REMOVED

LOOK = "gone:"
"""Begins the key of the look at a group that just removed the bot: whether it is still there."""
TOLD_A_DAY = 6
"""How often the contact of a group is told of comings, goings and rights in a day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the platform says of the bot in a group."""

    chat_id: int
    title: str
    is_supergroup: bool
    is_forum: bool
    is_admin: bool
    rights: frozenset[BotRight]
    reads_all: bool
    """Whether privacy mode is off now; it holds from the next joining on."""
    since: datetime
    """When the platform says it came about: the same however late, and however often, it is handled."""


class Arrived(Enum):
    """What came of an addition."""

    NEW = "new"
    BACK = "back"
    REFUSED = "refused"


async def came(
    work: UnitOfWork, desk: Desk, worktime: WorkTime, standing: Standing, inviter: Person | None, now: datetime
) -> tuple[Group, Arrived] | None:
    """The bot was added: a new row, or the old one again. None when it leaves politely, not being allowed there."""
    policy = desk.policy
    if not may_bring(policy, inviter):
        await _leave(work, standing, inviter, now)
        return None
    known = await work.groups.of_chat(standing.chat_id)
    welcomed = known is not None and await _welcomed(work, known, now)
    if known is None:
        new = Group(standing.chat_id, standing.title, joined_at=standing.since)
        group = await work.groups.add(_placed(new, standing))
        arrived = Arrived.NEW
        await ledger.follow(work, group, now)
        group = await work.groups.get(group.id) or group  # its row may know its end already
    else:
        joined_at = known.joined_at if welcomed else standing.since
        group, arrived = _placed(replace(known, joined_at=joined_at), standing), Arrived.BACK
        if not welcomed and await _is_to_be_told(work, known, now):
            group = replace(group, state=GroupState.READY)
        await work.groups.update(group)
        if group.state is not GroupState.READY:
            await work.groups.close_gaps(group.id, now, REMOVED)
        await _back_in_ledger(work, group, known, now)
    await _note_sight(work, group, now)
    if not welcomed:
        await welcome.plan(work, desk, worktime, group, now)
    return group, arrived


async def _is_to_be_told(work: UnitOfWork, known: Group, now: datetime) -> bool:
    """Whether a group that is set up is watched again only when it was told; one that is watched already stays so."""
    watched = known.state is GroupState.WATCHING
    return not watched and known.next_step is None and not await welcome.is_paused(work, known, now)


async def _welcomed(work: UnitOfWork, known: Group, now: datetime) -> bool:
    """Whether a group was told of late who reads there; one that was left before it was told was not."""
    if known.left_at is not None and now - known.left_at >= manners.WEEK:
        return False
    if known.joined_at is None or (known.left_at or now) - known.joined_at > 2 * manners.WEEK:
        return True  # it was said long ago, and the outbox no longer knows of it
    await work.outbox.cancel(welcome.key(known))
    return await work.outbox.message_of(welcome.key(known)) is not None


def may_bring(policy: Policy, inviter: Person | None) -> bool:
    """Whether somebody may bring the bot into a group; where a list is kept, nobody unknown may."""
    if not policy.inviters:
        return True
    return inviter is not None and inviter.user_id in policy.inviters | policy.office_members


async def stands(work: UnitOfWork, desk: Desk, standing: Standing, now: datetime) -> None:
    """The bot's rights in a group changed: it may see now, or no longer; the contact is told either way."""
    group = await work.groups.of_chat(standing.chat_id)
    if group is None or group.chat_id != standing.chat_id or group.state is GroupState.LEFT:
        return
    changed = replace(
        group,
        is_admin=standing.is_admin,
        rights=standing.rights,
        title=standing.title,
        is_forum=standing.is_forum,
    )
    await work.groups.update(changed)
    await ledger.follow(work, changed, now, group)
    await _note_sight(work, changed, now)
    if changed.sees == group.sees or group.state is not GroupState.WATCHING:
        return
    language = await _language(work, desk, group)
    seen = Speech.of("membership.sees", language, group=group.title)
    await _tell_contact(work, changed, seen if changed.sees else setup.blind(changed, desk, language), now)


async def went(work: UnitOfWork, desk: Desk, chat_id: int, now: datetime) -> None:
    """The bot was removed or left: the row stays, the gap begins, and the contact is told."""
    group = await work.groups.of_chat(chat_id)
    if group is None or group.chat_id != chat_id or group.state is GroupState.LEFT:
        return
    left = replace(group, state=GroupState.LEFT, left_at=now, is_admin=False, rights=frozenset())
    await work.groups.update(left)
    await ledger.sighted(work, left, now, watched=False)
    await work.groups.close_gaps(group.id, now, PRIVACY)
    await work.groups.open_gap(Gap(group.id, now, REMOVED))
    await work.outbox.cancel(welcome.key(group))
    look = Outgoing(chat_id, PostKind.HOUSEKEEPING, Act.COUNT, key=f"{LOOK}{group.id}:{now:%Y%m%d%H%M%S}")
    await work.outbox.add([look], now)  # the answer tells a deleted group from one that only removed the bot
    row = await work.objects.of_group(group.id)
    closing = row is not None and row.state is ObjectState.AWAITING
    if group.state is GroupState.WATCHING and not closing:
        speech = Speech.of("membership.removed", await _language(work, desk, group), group=group.title)
        await _tell_contact(work, left, speech, now)


async def migrated(work: UnitOfWork, old_chat_id: int, new_chat_id: int, now: datetime) -> None:
    """A basic group became a supergroup: all goes on under the new id, whichever of the two messages comes first."""
    newer = await work.groups.of_chat(new_chat_id)
    older = await work.groups.of_chat(old_chat_id)
    if newer is not None and older is not None and newer.id != older.id:
        await work.outbox.cancel(welcome.key(newer))
    group = await carried_on(work, old_chat_id, new_chat_id, now)
    if group is None or group.state is not GroupState.LEFT:
        return
    back = replace(group, state=_state(group), left_at=None)
    await work.groups.update(back)
    await work.groups.close_gaps(group.id, now, REMOVED)
    await ledger.sighted(work, back, now, watched=True)


async def carried_on(work: UnitOfWork, old_chat_id: int, new_chat_id: int, now: datetime) -> Group | None:
    """Let a group, its row of the ledger and what waits to be said go on in its new chat."""
    records = [await work.groups.of_chat(chat_id) for chat_id in (old_chat_id, new_chat_id)]
    rows = {each.id: await work.objects.of_group(each.id) for each in records if each is not None}
    group = await work.groups.migrate(old_chat_id, new_chat_id)
    await work.outbox.move(old_chat_id, new_chat_id)
    await work.office.move(old_chat_id, new_chat_id)
    if group is not None:
        for row in rows.values():
            await ledger.became_one(work, row, group, now)
        stays = next((each for each in records if each is not None and each.id == group.id), None)
        await ledger.follow(work, group, now, stays)
    return group


async def retitled(work: UnitOfWork, chat_id: int, title: str, now: datetime) -> None:
    """The group has another title."""
    group = await work.groups.of_chat(chat_id)
    if group is not None and group.title != title:
        changed = replace(group, title=title)
        await work.groups.update(changed)
        await ledger.follow(work, changed, now, group)


async def _back_in_ledger(work: UnitOfWork, group: Group, known: Group, now: datetime) -> None:
    """The row of a group that the bot knows already follows it; a return is logged."""
    await ledger.follow(work, group, now, known)
    if known.state is GroupState.LEFT:
        await ledger.sighted(work, group, now, watched=True)
        await dissolve.revived(work, group, now)


def _placed(group: Group, standing: Standing) -> Group:
    """The group as the bot now stands in it; what its admins stated stays."""
    return replace(
        group,
        title=standing.title,
        state=_state(group),
        is_supergroup=standing.is_supergroup,
        is_forum=standing.is_forum,
        is_admin=standing.is_admin,
        rights=standing.rights,
        reads_all=standing.reads_all,
        left_at=None,
    )


def _state(group: Group) -> GroupState:
    return GroupState.WATCHING if group.watching_since is not None else GroupState.JOINED


async def _note_sight(work: UnitOfWork, group: Group, now: datetime) -> None:
    """Begin or end the gap in which the bot is there and sees nothing."""
    if group.sees:
        await work.groups.close_gaps(group.id, now, PRIVACY)
    else:
        await work.groups.open_gap(Gap(group.id, now, PRIVACY))


async def _leave(work: UnitOfWork, standing: Standing, inviter: Person | None, now: datetime) -> None:
    """Leave without a word in the group; whoever added the bot is told why, where that is possible."""
    entries = [Outgoing(standing.chat_id, PostKind.HOUSEKEEPING, Act.LEAVE)]
    if inviter is not None and await work.people.reachable(inviter.key):
        speech = Speech((Part("membership.not_allowed", {"group": standing.title}),), inviter.language)
        entries.append(Outgoing(inviter.user_id, PostKind.TROUBLE, speech=speech))
    await work.outbox.add(entries, now)


async def _tell_contact(work: UnitOfWork, group: Group, speech: Speech, now: datetime) -> None:
    """Tell the admin who set the group up, in private; nobody else, and not for ever when somebody plays about."""
    if group.contact is None:
        return
    for number in range(TOLD_A_DAY):
        if await work.seen.first(f"contact:{group.id}:{now:%Y-%m-%d}:{number}", now):
            await work.outbox.add([Outgoing(group.contact, PostKind.TROUBLE, speech=speech)], now)
            return


async def _language(work: UnitOfWork, desk: Desk, group: Group) -> str:
    if group.contact is None:
        return desk.policy.language
    return await language_of(work, desk.vault, group.contact, desk.policy)

"""What the sending of an entry leads to: somebody blocked the bot, a group is gone or has moved, a notice must wait."""

from dataclasses import replace
from datetime import date, datetime

from bot.core import manners
from bot.core.group import Gap, Group, GroupState
from bot.core.policy import Policy
from bot.core.speech import Outgoing, PostKind
from bot.ports import OutboxEntry, UnitOfWork, Vault
from bot.services import ledger
from bot.services.dissolve import platform_says_gone
from bot.services.membership import carried_on
from bot.services.office import channel_chat
from bot.services.persons import key_of
from bot.services.places import OfficeTime, worktime_of
from bot.services.scenes import Scenes
from bot.services.welcome import REMOVED


async def waits_until(work: UnitOfWork, outgoing: Outgoing, office: OfficeTime, now: datetime) -> datetime | None:
    """The moment at or after `now` from which an entry may be posted; None when none is surely known.

    Baotou 2019 item 21, kept by the bot itself: nothing appears in a group outside working time, neither what waited
    there for an outage to end nor what a day declared quiet since has overtaken. What only tidies up may be done.
    Nor is anybody asked something in private outside the office's working time. What one person alone sees in a group,
    who asked for it, disturbs nobody.
    """
    unasked = outgoing.kind is PostKind.PROMPT
    alone = outgoing.private or outgoing.only_for is not None
    if (alone and not unasked) or outgoing.kind is PostKind.HOUSEKEEPING:
        return now
    group = await work.groups.of_chat(outgoing.chat_id) or Group(outgoing.chat_id, "")
    as_stored = Scenes()  # what is at hand may be a minute old
    return manners.next_moment(await worktime_of(work, as_stored, office, group, now), now)


async def fits(work: UnitOfWork, policy: Policy, outgoing: Outgoing) -> bool:
    """Whether an entry may stand where it goes: in the office's channel nothing to press, and nothing of one unit."""
    if outgoing.private or manners.fits_channel(outgoing):
        return True
    return outgoing.chat_id != await channel_chat(work, policy)


async def refused(work: UnitOfWork, entry: OutboxEntry, vault: Vault, now: datetime) -> None:
    """The platform refuses the chat for good (403): the entry is dropped, and it is remembered why.

    Of somebody to whom only something fleeting was to be said not even that is kept.
    """
    await work.outbox.drop(entry.id, now, "refused")
    chat_id = entry.outgoing.chat_id
    if entry.outgoing.private and entry.outgoing.fleeting:
        return
    if entry.outgoing.private:
        await work.people.blocked(key_of(vault, chat_id))
        return
    group = await work.groups.of_chat(chat_id)
    if group is not None and group.state is not GroupState.LEFT:
        await work.groups.update(replace(group, state=GroupState.LEFT, left_at=now))
        await ledger.sighted(work, group, now, watched=False)
        await work.groups.open_gap(Gap(group.id, now, REMOVED))


async def moved(work: UnitOfWork, entry: OutboxEntry, new_chat_id: int, now: datetime) -> None:
    """The group has a new chat (400 with the id): it goes on there, and so does what waits for it."""
    await work.outbox.postpone(entry.id, now)
    await carried_on(work, entry.outgoing.chat_id, new_chat_id, now)


async def counted(work: UnitOfWork, entry: OutboxEntry, members: int, now: datetime) -> None:
    """The platform said how many members a group has, the bot among them, which is none."""
    group = await work.groups.of_chat(entry.outgoing.chat_id)
    if group is not None:
        await ledger.counted(work, group, max(0, members - 1), now)


async def deleted(work: UnitOfWork, entry: OutboxEntry, today: date, now: datetime) -> None:
    """The platform said that a group is no more: it has left, and its row of the ledger is dissolved."""
    group = await work.groups.of_chat(entry.outgoing.chat_id)
    if group is None:
        return
    if group.state is not GroupState.LEFT:
        await work.groups.update(replace(group, state=GroupState.LEFT, left_at=now))
        await work.groups.open_gap(Gap(group.id, now, REMOVED))
    await platform_says_gone(work, group, today, now)

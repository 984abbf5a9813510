"""The rows of the ledger: entered and altered with a line in the log, and filled by what happens in watched groups.

What a group's admins state changes only what they changed, so that what the office wrote in a row stands. A group that
the bot was removed from is not dissolved: nothing is known of it (see `Evidence`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.changes import Change, Role
from bot.core.group import Group, GroupKind, GroupState
from bot.core.ledger import LedgerObject, ObjectType, Platform, Source
from bot.core.ledger_log import OBJECT, SYSTEM, Author, change_of
from bot.core.speech import Act, Outgoing, PostKind
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.card import UNSTATED

WATCHED = "watched"
"""The field of the log that says whether the bot is in a group."""
SAME_AS = "same_as"
"""The field of the log that leads from a second row of a group to the one that stays."""


async def enter(
    work: UnitOfWork, rows: Sequence[LedgerObject], author: Author, now: datetime, reason: str = ""
) -> Sequence[LedgerObject]:
    """Enter new rows; returns them with their numbers."""
    stored = await work.objects.add(rows)
    await _log(work, (change_of(None, each, author, now, reason) for each in stored))
    return stored


async def alter(
    work: UnitOfWork,
    pairs: Sequence[tuple[LedgerObject, LedgerObject]],
    author: Author,
    now: datetime,
    reason: str = "",
) -> int:
    """Alter rows, given as they were and as they are to be; returns how many differ."""
    changed = [(before, after) for before, after in pairs if before != after]
    await work.objects.update([after for _, after in changed])
    await _log(work, (change_of(before, after, author, now, reason) for before, after in changed))
    return len(changed)


async def follow(
    work: UnitOfWork,
    group: Group,
    now: datetime,
    before: Group | None = None,
    unit: Unit | None = None,
    author: Author = SYSTEM,
) -> LedgerObject:
    """Bring the row of a watched group in line with what changed in the group since `before`; a new group gets one.

    `unit` is the unit that somebody chose for it, where its name alone might be that of several; `author` whoever
    stated what changed.
    """
    row = await work.objects.of_group(group.id)
    if row is None:
        return await _begin(work, group, now)
    after = _stated(row, group, before)
    unit_id = unit.id if unit is not None else await _unit_id(work, group)
    stated = unit is not None or row.unit_id is None or (before is not None and before.unit != group.unit)
    if unit_id is not None and stated and not await _placed_by_office(work, row):
        after = replace(after, unit_id=unit_id)
    await alter(work, [(row, after)], author, now)
    return after


async def sighted(work: UnitOfWork, group: Group, now: datetime, *, watched: bool) -> None:
    """Log that the bot came into a group (again), or is no longer there."""
    row = await work.objects.of_group(group.id)
    if row is not None:
        seen = Change(now, SYSTEM.role, OBJECT, row.id, {WATCHED: not watched}, {WATCHED: watched})
        await work.changes.append([seen])


async def counted(work: UnitOfWork, group: Group, members: int, now: datetime) -> None:
    """Keep how many members a group has; never who."""
    row = await work.objects.of_group(group.id)
    if row is not None:
        await alter(work, [(row, replace(row, members=members))], SYSTEM, now)


async def ask_counts(work: UnitOfWork, groups: Iterable[Group], day: date, now: datetime) -> None:
    """Ask the platform how many members groups have: once a day for each, however often this is called."""
    asks = (
        Outgoing(group.chat_id, PostKind.HOUSEKEEPING, Act.COUNT, key=f"count:{group.id}:{day}")
        for group in groups
        if group.state is GroupState.WATCHING
    )
    await work.outbox.add(asks, now)


async def became_one(work: UnitOfWork, gone: LedgerObject | None, group: Group, now: datetime) -> None:
    """Log that the second row of a group that had two is gone, after the groups became one."""
    stays = await work.objects.of_group(group.id)
    if gone is not None and stays is not None and gone.id != stays.id:
        once = Change(now, SYSTEM.role, OBJECT, gone.id, {"name": gone.name}, {SAME_AS: stays.id})
        await work.changes.append([once])


async def assign_waiting(work: UnitOfWork, now: datetime) -> int:
    """Give the rows of watched groups whose unit was not known yet their unit, after units came or got names."""
    pairs = []
    for row in await work.objects.of_unit(None):
        group = None if row.group_id is None else await work.groups.get(row.group_id)
        unit_id = None if group is None else await _unit_id(work, group)
        if unit_id is not None:
            pairs.append((row, replace(row, unit_id=unit_id)))
    return await alter(work, pairs, SYSTEM, now)


async def _begin(work: UnitOfWork, group: Group, now: datetime) -> LedgerObject:
    """A row of its own, or the one that the office entered under the group's title before the bot came.

    A project group ends when its row says, which its admins are not asked about again.
    """
    entered = await work.objects.named(Platform.TELEGRAM, group.title)
    waiting = [row for row in entered if row.group_id is None]
    if len(waiting) == 1:
        known = _stated(replace(waiting[0], group_id=group.id), group, Group(group.chat_id, group.title))
        await alter(work, [(waiting[0], known)], SYSTEM, now)
        if known.kind is GroupKind.PROJECT and known.end_date is not None and group.kind is None:
            await work.groups.update(replace(group, kind=known.kind, end_date=known.end_date))
        return known
    unit_id = await _unit_id(work, group)
    fresh = LedgerObject(unit_id, ObjectType.GROUP, Platform.TELEGRAM, group.title, source=Source.TELEGRAM)
    row = _stated(replace(fresh, group_id=group.id), group, None)
    return (await enter(work, [row], SYSTEM, now))[0]


async def _placed_by_office(work: UnitOfWork, row: LedgerObject) -> bool:
    """Whether the office said to which unit a row belongs: then no admin moves it to where it does not count."""
    if row.unit_id is None:
        return False
    moves = (each for each in reversed(await work.changes.of(OBJECT, row.id)) if "unit_id" in each.after)
    last = next(moves, None)
    return last is not None and last.role is Role.OFFICE


def _stated(row: LedgerObject, group: Group, before: Group | None) -> LedgerObject:
    """The row with what the group states; where it is known how the group was, only what is new of it."""
    fresh = {"name": group.title, "kind": group.kind, "end_date": group.end_date}
    fresh |= {"purpose": _plain(group.purpose), "owner": _plain(group.owner)}
    if before is not None:
        known = {"name": before.title, "kind": before.kind, "end_date": before.end_date}
        known |= {"purpose": _plain(before.purpose), "owner": _plain(before.owner)}
        fresh = {name: value for name, value in fresh.items() if value != known[name]}
    return replace(row, **fresh)  # type: ignore[arg-type]


def _plain(words: str) -> str:
    return "" if words == UNSTATED else words


async def _unit_id(work: UnitOfWork, group: Group) -> int | None:
    unit = await work.units.named(group.unit) if _plain(group.unit) else None
    return None if unit is None else unit.id


async def _log(work: UnitOfWork, changes: Iterable[Change | None]) -> None:
    await work.changes.append([each for each in changes if each is not None])

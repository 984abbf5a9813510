"""The steps of a case, by the office and by the contact of its unit: each recorded, logged, and told where it is shown.

What a step tells others waits until the office can no longer take it back; whoever else looks meanwhile sees the case
as it was. The log keeps states and a keyed digest of words, never the words.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import cases
from bot.core.case_moves import Step
from bot.core.cases import UNDO_WITHIN, Case, Clearing, Deed, Event, Shown, unsettled
from bot.core.changes import Change, Role, State
from bot.core.errors import CaseRefused
from bot.core.ledger_log import CASE
from bot.ports import UnitOfWork
from bot.services import case_findings, case_telling
from bot.services.case_files import CaseRoom, settled


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a step: the role it is made in, a keyed hash, and of a contact the units."""

    role: Role
    key: str = ""
    units: frozenset[int] = frozenset()


async def case_for(work: UnitOfWork, actor: Actor, case_id: int, now: datetime) -> Case:
    """The case of a number, for whoever may know of it; raises `CaseRefused` as if there were none for all others."""
    case = await work.cases.get(case_id)
    if case is not None and actor.role is Role.OFFICE:
        return case
    if case is not None and actor.role is Role.UNIT_CONTACT and case.unit_id in actor.units:
        known, _ = await settled(work, case, now)
        if Shown.UNIT in known.shown:
            return case
    raise CaseRefused("gone")


async def case_of_office(work: UnitOfWork, actor: Actor, case_id: int, now: datetime) -> Case:
    """The case of a number, for the office alone; raises `CaseRefused`."""
    case = await case_for(work, actor, case_id, now)
    if actor.role is not Role.OFFICE:
        raise CaseRefused("not_yours")
    return case


async def make(
    work: UnitOfWork,
    room: CaseRoom,
    actor: Actor,
    case_id: int,
    step: Step,
    now: datetime,
    words: str = "",
    clearing: Clearing | None = None,
    *,
    sent_out: bool = False,
) -> Case:
    """Make a step; raises `CaseRefused` that says why it cannot be made.

    `sent_out` is the office's word, at a clearing, that a notice with the case in it went out.
    """
    case = await case_for(work, actor, case_id, now)
    if actor.role is not Role.OFFICE and unsettled(await work.cases.events(case_id), now) is not None:
        raise CaseRefused("busy")
    if step is Step.TAKE and case.unit_id is None:
        case = await _with_unit(work, case)
    if step is Step.SEND and case.unit_id is None:
        raise CaseRefused("no_unit")
    deed = Deed(step, actor.role, now, room.today(now), words, clearing)
    after, event = cases.done(case, deed, room.policy.case_terms, room.office.works)
    await work.cases.update(after)
    event = await work.cases.record(case_id, event, case)
    await _log(work, room, actor, case_id, event)
    if step is Step.CLEAR:
        await case_findings.take_back(work, after, room.office.zone, now)
    await case_telling.tell(work, room, after, event, now, objected=case.objected, sent_out=sent_out)
    return after


async def undo(work: UnitOfWork, room: CaseRoom, actor: Actor, case_id: int, event_id: int, now: datetime) -> Case:
    """Take the office's last step back, of which nobody was told yet; raises `CaseRefused`."""
    case = await case_of_office(work, actor, case_id, now)
    last = await work.cases.last(case_id)
    event, former = (None, None) if last is None or last[0].id != event_id else last
    before = cases.undo(case, event, former, now)
    if event is None:
        return before
    await work.cases.update(before)
    await work.cases.mark_undone(event.id)
    await case_telling.cancel(work, case, event)
    if event.step is Step.CLEAR:
        await case_findings.give_back(work, before, room.office.zone, now)
    done: State = {"state": before.state.value, "undone": event.step.value}
    await work.changes.append([Change(now, Role.OFFICE, CASE, case_id, {"state": case.state.value}, done, actor.key)])
    return before


async def last_undoable(work: UnitOfWork, case: Case, now: datetime) -> Event | None:
    """The step that the office could take back now."""
    last = await work.cases.last(case.id)
    if last is None or last[0].by is not Role.OFFICE or now - last[0].at >= UNDO_WITHIN:
        return None
    return last[0]


async def _with_unit(work: UnitOfWork, case: Case) -> Case:
    """The case with the unit of its group, where the ledger knows it."""
    row = None if case.group_id is None else await work.objects.of_group(case.group_id)
    return case if row is None or row.unit_id is None else replace(case, unit_id=row.unit_id)


async def _log(work: UnitOfWork, room: CaseRoom, actor: Actor, case_id: int, event: Event) -> None:
    after: dict[str, str | int | bool | None] = {"state": event.after.value, "step": event.step.value}
    if event.words:
        after["words"] = room.vault.digest("case", event.words)
    if event.clearing is not None:
        after["clearing"] = event.clearing.value
    change = Change(event.at, event.by, CASE, case_id, {"state": event.before.value}, after, actor.key)
    await work.changes.append([change])

"""A case with all that belongs to it, as the office has it and as it is settled for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.arrival import StoredFinding
from bot.core.case_moves import Step
from bot.core.case_views import CaseFile
from bot.core.cases import Case, Event, Shown, unsettled
from bot.core.changes import Role
from bot.core.office import Binding
from bot.core.policy import Policy
from bot.ports import UnitOfWork, Vault
from bot.services import case_findings
from bot.services.places import OfficeTime

FINDINGS = 30
"""Findings that a file holds, the latest ones."""
MOST = 200
"""Cases of one unit that are looked through."""


@dataclass(frozen=True, slots=True)
class CaseRoom:
    """What cases need of the running bot."""

    policy: Policy
    vault: Vault
    office: OfficeTime
    username: str = ""

    def today(self, now: datetime) -> date:
        """The day in the office's zone."""
        return self.office.today(now)


async def settled(work: UnitOfWork, case: Case, now: datetime) -> tuple[Case, Sequence[Event]]:
    """A case with its steps as everybody but the office may know it: without what the office can still take back."""
    events = await work.cases.events(case.id)
    first = unsettled(events, now)
    if first is None:
        return case, events
    former = await work.cases.former(first.id)
    known = case if former is None else replace(former, unit_id=case.unit_id, group_id=case.group_id)
    return known, [each for each in events if each.id < first.id]


async def of_office(work: UnitOfWork, room: CaseRoom, case: Case, now: datetime) -> CaseFile:
    """The whole file."""
    events = await work.cases.events(case.id)
    bare = await _named(work, case)
    reports = [(each, tuple(await work.reports.talk(each.id))) for each in await work.reports.of_case(case.id)]
    findings = await _findings(work, room, case, events, now)
    contacts = await contacts_of(work, case.unit_id)
    known, _ = await settled(work, case, now)
    return replace(
        bare,
        events=tuple(events),
        reports=tuple(reports),
        findings=tuple(findings),
        contacts=len(contacts),
        telling=Shown.UNIT not in known.shown,
    )


async def of_unit(work: UnitOfWork, case: Case, now: datetime) -> CaseFile:
    """What a unit's screens are made from: the case as it is settled, without what began it."""
    known, events = await settled(work, case, now)
    return replace(await _named(work, known), events=tuple(events))


async def as_told(work: UnitOfWork, case: Case) -> CaseFile:
    """What a unit is told of the latest step, which it reads once the step is settled."""
    return replace(await _named(work, case), events=tuple(await work.cases.events(case.id)))


async def to_unit(work: UnitOfWork, unit_ids: Sequence[int], now: datetime) -> Sequence[CaseFile]:
    """The cases that these units were told of, the newest first."""
    mine = [case for unit_id in unit_ids for case in await work.cases.of_unit(unit_id, MOST)]
    told = [case for case in mine if Shown.UNIT in case.shown]  # which a step can only add, so none is missed
    files = [await of_unit(work, case, now) for case in sorted(told, key=lambda case: -case.id)]
    return [each for each in files if Shown.UNIT in each.case.shown]


async def contacts_of(work: UnitOfWork, unit_id: int | None) -> Sequence[Binding]:
    """The contacts of a unit to whom the bot may write."""
    if unit_id is None:
        return []
    bound = [each for each in await work.office.bindings(unit_id) if each.role is Role.UNIT_CONTACT]
    return [each for each in bound if await work.people.reachable(each.person)]


async def _named(work: UnitOfWork, case: Case) -> CaseFile:
    unit = None if case.unit_id is None else await work.units.get(case.unit_id)
    group = None if case.group_id is None else await work.groups.get(case.group_id)
    row = None if case.group_id is None else await work.objects.of_group(case.group_id)
    return CaseFile(
        case,
        unit="" if unit is None else unit.name,
        group="" if group is None else group.title,
        members=None if row is None else row.members,
    )


async def _findings(
    work: UnitOfWork, room: CaseRoom, case: Case, events: Sequence[Event], now: datetime
) -> Sequence[StoredFinding]:
    """What the rules found of the matter: what stands, and what was taken back when the case was cleared."""
    zone = room.office.zone
    cleared = [event.at for event in events if event.step is Step.CLEAR and not event.undone]
    back = await case_findings.charged(work, case, zone, now, cleared[-1]) if cleared else ()
    found = [*await case_findings.charged(work, case, zone, now), *back]
    return sorted(found, key=lambda each: each.at)[-FINDINGS:]

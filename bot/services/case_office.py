"""What the office does with a case beside its steps: names its unit, asks the reporter, joins two of one matter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import reports
from bot.core.case_moves import UNDECIDED, CaseState
from bot.core.cases import Case, Shown
from bot.core.changes import Change, Role, State
from bot.core.errors import CaseRefused
from bot.core.ledger_log import CASE
from bot.core.reports import Note, Report, ReportState
from bot.core.units import Unit
from bot.ports import UnitOfWork
from bot.services.case_files import CaseRoom
from bot.services.cases import Actor, case_of_office
from bot.services.reports import number

_JOINS = frozenset({CaseState.SUSPECTED, CaseState.UNDER_CHECK})
OFFERED = 8
"""Cases that are offered to be joined."""
MOST = 1_000
"""Cases among which they are looked for."""


async def assign(work: UnitOfWork, actor: Actor, case_id: int, unit: Unit, now: datetime) -> Case:
    """Say which unit a case is about; raises `CaseRefused` once a unit was told of it, which then must be cleared."""
    case = await case_of_office(work, actor, case_id, now)
    if not may_assign(case):
        raise CaseRefused("assigned" if Shown.UNIT in case.shown else "state")
    after = replace(case, unit_id=unit.id)
    await work.cases.update(after)
    await _log(work, actor, case_id, {"unit_id": case.unit_id}, {"unit_id": unit.id}, now)
    return after


def may_assign(case: Case) -> bool:
    """Whether the unit of a case may be named or changed: as long as no unit was told of it."""
    return case.is_open and Shown.UNIT not in case.shown


async def ask(work: UnitOfWork, room: CaseRoom, actor: Actor, case_id: int, words: str, now: datetime) -> int:
    """Ask the reporters of a case, by way of their receipts; returns how many. One question at a time is open."""
    await case_of_office(work, actor, case_id, now)
    plain = words.strip()
    if not plain:
        raise CaseRefused("words")
    if len(plain) > reports.LONGEST:
        raise CaseRefused("long", most=reports.LONGEST)
    asked = await askable(work, case_id)
    if not asked:
        raise CaseRefused("nobody_to_ask")
    today = room.today(now)
    for report in asked:
        await work.reports.say(Note(number(), report.id, today, plain, from_office=True))
    await _log(work, actor, case_id, {}, {"asked": room.vault.digest("case", plain)}, now)
    return len(asked)


async def askable(work: UnitOfWork, case_id: int) -> Sequence[Report]:
    """The reports of a case whose reporter can be asked now: not withdrawn, and with no question open."""
    found = [each for each in await work.reports.of_case(case_id) if each.state is ReportState.OPEN]
    return [each for each in found if not _waits(await work.reports.talk(each.id))]


async def candidates(work: UnitOfWork, actor: Actor, case_id: int, now: datetime) -> Sequence[Case]:
    """The cases that may be joined into one, those of its own group first, then the oldest."""
    case = await case_of_office(work, actor, case_id, now)
    if case.state not in UNDECIDED:
        return []
    others = [each for each in await work.cases.in_states(_JOINS, MOST) if _joins(each, case)]
    near = [each for each in others if each.group_id == case.group_id]
    return [*near, *(each for each in others if each not in near)][:OFFERED]


async def join(work: UnitOfWork, actor: Actor, case_id: int, other_id: int, now: datetime) -> Case:
    """Take another case of the same matter in: its reports and findings count here, and it is no more."""
    case = await case_of_office(work, actor, case_id, now)
    other = await case_of_office(work, actor, other_id, now)
    if case.state not in UNDECIDED or not _joins(other, case):
        raise CaseRefused("not_joinable")
    for report in await work.reports.of_case(other_id):
        await work.reports.update(replace(report, case_id=case_id, joined=case.state.value))
    after = replace(
        case,
        opened_on=min(case.opened_on, other.opened_on),  # from which on it is known what was found of it
        reports=case.reports + other.reports,
        findings=case.findings + other.findings,
    )
    await work.cases.update(after)
    await work.cases.remove(other_id)
    await _log(work, actor, other_id, {"state": other.state.value}, {"joined": case_id}, now)
    return after


def _joins(other: Case, case: Case) -> bool:
    """Whether a case may be joined into one of its category: no unit knows of it, and nothing is decided.

    What the rules found stays with its group, for by that it is found again when the case is cleared.
    """
    alike = other.id != case.id and other.category is case.category
    found_here = other.group_id == case.group_id or not other.findings
    return alike and found_here and other.state in _JOINS and not other.shown


def _waits(talk: Sequence[Note]) -> bool:
    """Whether a question of the office is open; of an answer that is held back nobody knows yet."""
    asked = [each.day for each in talk if each.from_office]
    answered = [each.day for each in talk if not each.from_office and not each.held]
    return bool(asked) and (not answered or max(answered) < max(asked))


async def _log(work: UnitOfWork, actor: Actor, case_id: int, before: State, after: State, now: datetime) -> None:
    await work.changes.append([Change(now, Role.OFFICE, CASE, case_id, before, after, actor.key)])

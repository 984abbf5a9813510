"""What has had its time goes: nothing is kept for longer than was promised (developer terms 4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core.cases import Case
from bot.core.changes import Change, Role, State
from bot.core.ledger_log import CASE
from bot.core.policy import Policy
from bot.core.speech import Speech, Value
from bot.ports import UnitOfWork
from bot.services.office import tell_desk
from bot.services.verify import REFUSAL_KEPT, WAITS

HANDLED_KEPT = timedelta(days=7)
"""How long the bare ids of what was handled or sent are kept, so that a repeat is recognised."""
SEEN_KEPT = timedelta(days=7)
"""How long albums and automatic forwards are recognised."""
WARNED_BEFORE = timedelta(days=7)
"""How long before the words of a case are deleted the desk is told, at the least."""
NAMED = 50
"""Cases whose numbers are named when their words come to an end."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was emptied or deleted."""

    updates: int = 0
    entries: int = 0
    findings: int = 0
    seen: int = 0


async def purge(work: UnitOfWork, policy: Policy, now: datetime) -> Purged:
    """Empty and delete what is older than it may be; safe to run at any time and twice."""
    aside = now - timedelta(hours=policy.aside_hours)
    updates = await work.inbox.purge(handled_before=now - HANDLED_KEPT, aside_before=aside)
    entries = await work.outbox.purge(now - HANDLED_KEPT)
    findings = await work.findings.expire(now)
    seen = await work.seen.purge(now - SEEN_KEPT)
    await work.inquiries.purge((now - WAITS).date())
    await work.refusals.purge((now - REFUSAL_KEPT).date())
    for group in await work.groups.all():
        await work.memory.forget(group.id, now - timedelta(days=policy.memory_days))
    return Purged(updates, entries, findings, seen)


@dataclass(frozen=True, slots=True)
class CasesEnded:
    """Cases whose words are no longer shown, will go soon, are gone; reports that never became part of one."""

    sealed_off: int = 0
    announced: int = 0
    emptied: int = 0
    reports: int = 0


async def end_cases(work: UnitOfWork, policy: Policy, today: date, now: datetime) -> CasesEnded:
    """Two clocks run from the last step of a done case: for looking at its words, and for keeping them.

    Nothing is deleted of which the desk was not told a week before, nor what moved since. Safe to run twice.
    """
    sealed = await work.cases.seal_off(today - timedelta(days=policy.case_access_days))
    kept = timedelta(days=policy.case_data_days)
    found = await work.cases.ending(today - kept + WARNED_BEFORE + timedelta(days=1))
    gone = [each for each in found if each.words_until is not None and each.words_until < today]
    for each in gone:
        await work.cases.empty(each.id)
    ending = [each for each in found if each.words_until is None]
    for each in ending:
        await work.cases.announce_end(each.id, max(each.moved_on + kept, today + WARNED_BEFORE))
    await _announce(work, policy, ending, today, now)
    await _log(work, [*sealed], {"sealed_off": True}, now)
    await _log(work, [each.id for each in gone], {"emptied": True}, now)
    reports = await work.reports.empty(today - kept)
    return CasesEnded(len(sealed), len(ending), len(gone), reports)


async def _announce(work: UnitOfWork, policy: Policy, ending: Sequence[Case], today: date, now: datetime) -> None:
    """Tell the desk how many cases' words will go, and how to keep a file."""
    if not ending:
        return
    numbers = ", ".join(str(each.id) for each in ending[:NAMED])
    fields: dict[str, Value] = {"count": len(ending), "numbers": numbers, "days": WARNED_BEFORE.days}
    speech = Speech.of("case_file.ending", policy.language, **fields, first=ending[0].id)
    await tell_desk(work, policy, speech, now, f"cases:ending:{today}")


async def _log(work: UnitOfWork, ids: Sequence[int], after: State, now: datetime) -> None:
    await work.changes.append([Change(now, Role.SYSTEM, CASE, id_, {}, after) for id_ in ids])

"""A message that arrived is judged, counted and remembered; what it was found for is stored, and nothing else of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Protocol

from loguru import logger

from bot.core.arrival import Arrival, StoredFinding
from bot.core.evidence import sentences_at
from bot.core.group import Group
from bot.core.model import Direction, Fact, Message, SenderRole, Verdict
from bot.core.policy import Policy
from bot.core.replies import is_receipt
from bot.core.scene import Scene
from bot.core.secrecy import Secrecy, Withheld
from bot.ports import UnitOfWork, Vault
from bot.services.gathering import Gathered, gathered
from bot.services.scenes import Scenes

FOUND = "finding."
"""Begins the name of the count of a category's findings."""

EXEMPT = "exempt."
"""Begins the name of the count of what was exempt, by reason."""

LISTED = "listed"
"""The name of the count of requests for data that stand on the list of approvals."""

_WORK = Fact.WORK
_DATA_COLLECTION = Fact.DATA_COLLECTION


class Judge(Protocol):
    """What the intake asks of the pipeline."""

    def judge(self, message: Message, scene: Scene) -> Verdict:
        """Return the verdict on one message; the scene remembers what was asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a message: its findings, those that an edit took away, those it had before."""

    stored: Sequence[StoredFinding] = ()
    gone: Sequence[StoredFinding] = ()
    before: Sequence[StoredFinding] = ()
    withheld: Withheld | None = None


NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes in the messages of watched groups, in the transaction it is given."""

    pipeline: Judge
    secrecy: Secrecy
    vault: Vault
    policy: Policy
    scenes: Scenes

    async def take(self, work: UnitOfWork, group: Group, scene: Scene, arrival: Arrival, now: datetime) -> Outcome:
        """Judge and count one message, or judge an edited one again."""
        if group.exempts(arrival.thread_id):
            return NOTHING
        batch = gathered(self.scenes, work)
        if arrival.edited:
            return await self._edited(work, batch, group, scene, arrival, now)
        counted = speaks = True
        if arrival.album:
            counted = await work.seen.first(f"album:{group.id}:{arrival.album}", now)
            if arrival.message.text:
                speaks = await work.seen.first(f"caption:{group.id}:{arrival.album}", now)
        return self._new(batch, group, scene, arrival, counted=counted, speaks=speaks)

    def _new(
        self, batch: Gathered, group: Group, scene: Scene, arrival: Arrival, *, counted: bool, speaks: bool
    ) -> Outcome:
        """Take in a message for the first time; what an album said already is not counted again."""
        message = arrival.message
        at = message.at
        if at is None:
            return NOTHING
        counts = batch.counts(group.id, at)
        if counted:
            counts["messages"] += 1
        withheld = self.secrecy.withheld(message)
        if withheld is not None:
            counts["withheld"] += 1
            return Outcome(withheld=withheld)
        verdict = self._judge(message, scene, batch, group.id)
        if speaks:
            _count_facts(counts, verdict, message, scene)
            self._count_listed(counts, verdict, message)
        if not verdict.findings:
            return NOTHING
        stored = self._stored(group, arrival, verdict, at)
        for each in stored:
            _count_finding(counts, each, 1)
        batch.findings += stored
        return Outcome(stored)

    async def _edited(
        self, work: UnitOfWork, batch: Gathered, group: Group, scene: Scene, arrival: Arrival, now: datetime
    ) -> Outcome:
        """Judge an edited message anew: its findings are replaced, its facts stay counted as they were."""
        message = arrival.message
        at = message.at
        if at is None:
            return NOTHING
        await batch.settle()
        before = await work.findings.of_message(group.id, arrival.message_id)
        counts = batch.counts(group.id, at)
        unseen = not before and await _unseen(work, group, arrival, at, now)
        if unseen:
            counts["messages"] += 1
        if scene.history.retract(message.id):
            await work.memory.retract(group.id, message.id)
        withheld = self.secrecy.withheld(message)
        stored: Sequence[StoredFinding] = ()
        if withheld is None:
            verdict = self._judge(message, scene, batch, group.id)
            if unseen:
                _count_facts(counts, verdict, message, scene)
                self._count_listed(counts, verdict, message)
            stored = self._stored(group, arrival, verdict, at)
        else:
            counts["withheld"] += 1
        if not before and not stored:
            return Outcome(withheld=withheld)
        gone = await work.findings.replace(group.id, arrival.message_id, stored, message.edited_at or now)
        _recount(counts, before, stored, gone)
        return Outcome(_marked(stored, before), gone, before, withheld)

    def _judge(self, message: Message, scene: Scene, batch: Gathered, group_id: int) -> Verdict:
        """The verdict; what the scene newly remembers is gathered, so that it outlives the process."""
        history = scene.history
        requests, documents = history.requests, history.documents
        last_request = requests[-1] if requests else None
        last_document = next(reversed(documents), None)
        urgent_at = scene.urgent_at
        verdict = self.pipeline.judge(message, scene)
        if requests and requests[-1] is not last_request:
            batch.requests[group_id].append(("", requests[-1]))
        if documents and next(reversed(documents)) != last_document:
            brought = list(takewhile(lambda key: key != last_document, reversed(documents)))
            batch.documents[group_id].update((key, documents[key]) for key in reversed(brought))
        if scene.urgent_at is not None and scene.urgent_at is not urgent_at:
            batch.urgent[group_id] = scene.urgent_at
        for name in verdict.failures:
            logger.warning("The detector {} failed on a message of group {}", name, group_id)
        return verdict

    def _count_listed(self, counts: dict[str, int], verdict: Verdict, message: Message) -> None:
        """Count a request for data that stands on the list of approvals; it stays counted as a request."""
        index = self.scenes.approvals
        if index is None or not index.approvals or message.at is None or _DATA_COLLECTION not in verdict.facts:
            return
        if index.lists(message.text, message.at.date()):
            counts[LISTED] += 1

    def _stored(self, group: Group, arrival: Arrival, verdict: Verdict, at: datetime) -> list[StoredFinding]:
        """One finding for each category. Of whoever answers at night no word is kept, for they carry the load."""
        if not verdict.findings:
            return []
        message = arrival.message
        person = arrival.user_id if message.role is not SenderRole.BOT else None
        sender = self.vault.pseudonym("sender", person) if person is not None else ""
        expires_at = at + timedelta(days=self.policy.retention_days)
        edited_at = message.edited_at if arrival.edited else None
        first = {finding.category: finding for finding in reversed(verdict.findings)}
        return [
            StoredFinding(
                *(group.id, arrival.message_id, finding, at, message.role, sender, arrival.thread_id),
                excerpt="" if finding.direction is Direction.ANSWERS else sentences_at(message.text, finding.spans),
                expires_at=expires_at,
                edited_at=edited_at,
            )
            for finding in reversed(first.values())
        ]


def _count_facts(counts: dict[str, int], verdict: Verdict, message: Message, scene: Scene) -> None:
    facts = verdict.facts
    if not facts:
        if is_receipt(message.text):
            counts["receipts"] += 1
        return
    for fact in facts:
        counts[fact.value] += 1
    if _WORK in facts:
        if verdict.outside_hours:
            counts["late_work"] += 1
        if message.at is not None and scene.worktime.is_quiet(message.at):
            counts["quiet_work"] += 1
        for reason in verdict.exempt:
            counts[EXEMPT + reason] += 1


def _count_finding(counts: dict[str, int], stored: StoredFinding, amount: int) -> None:
    for name, each in amounts_of(stored, amount).items():
        counts[name] += each


def amounts_of(stored: StoredFinding, amount: int) -> dict[str, int]:
    """What one finding counts as: its category, its direction, and whether the calendar may yet say otherwise."""
    finding = stored.finding
    amounts = {FOUND + finding.category.value: amount}
    if finding.direction is not None:
        amounts[finding.direction.value] = amount
    if finding.provisional:
        amounts["provisional"] = amount
    return amounts


async def _unseen(work: UnitOfWork, group: Group, arrival: Arrival, at: datetime, now: datetime) -> bool:
    """Whether an edited message was never taken in: written before the watch began, or while the bot was blind."""
    if group.watching_since is None or at >= group.watching_since:
        gaps = await work.groups.gaps(group.id, at)
        if not any(gap.since <= at and (gap.until is None or at < gap.until) for gap in gaps):
            return False
    return await work.seen.first(f"edit:{group.id}:{arrival.message_id}", now)


def _recount(
    counts: dict[str, int],
    before: Sequence[StoredFinding],
    stored: Sequence[StoredFinding],
    gone: Sequence[StoredFinding],
) -> None:
    """Correct the counts of findings after an edit; one that was marked wrong is not counted any more."""
    known = {each.finding.category for each in before}
    for each in gone:
        if each.marked_wrong_at is None:
            _count_finding(counts, each, -1)
    for each in stored:
        if each.finding.category not in known:
            _count_finding(counts, each, 1)


def _marked(stored: Sequence[StoredFinding], before: Sequence[StoredFinding]) -> Sequence[StoredFinding]:
    """The findings with the marks that they had before."""
    marks = {each.finding.category: each.marked_wrong_at for each in before}
    return [replace(each, marked_wrong_at=marks.get(each.finding.category)) for each in stored]

"""What the intake gathers over one transaction and writes in one go: a write for each message would cost the most."""

from collections import defaultdict
from datetime import date, datetime

from bot.core.arrival import StoredFinding
from bot.core.history import AskedBefore, SentBefore
from bot.ports import UnitOfWork
from bot.services.scenes import Scenes


class Gathered:
    """Counts, findings and memory of one transaction, not yet written."""

    __slots__ = ("_counts", "documents", "findings", "requests", "urgent", "work")

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self._empty()

    def _empty(self) -> None:
        self._counts: dict[tuple[int, int], dict[str, int]] = {}
        self.findings: list[StoredFinding] = []
        self.requests: defaultdict[int, list[tuple[str, AskedBefore]]] = defaultdict(list)
        self.documents: defaultdict[int, dict[str, SentBefore]] = defaultdict(dict)
        self.urgent: dict[int, datetime] = {}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self._counts

    def counts(self, group_id: int, at: datetime) -> dict[str, int]:
        """The counts of a group on the local day of `at`, to be added to."""
        key = (group_id, at.toordinal())
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = defaultdict(int)
        return counts

    async def settle(self) -> None:
        """Write it all, in the transaction in which it was gathered."""
        if self.empty:
            return
        work = self.work
        if self.findings:
            await work.findings.add(self.findings)
        for (group_id, day), counts in self._counts.items():
            amounts = {name: amount for name, amount in counts.items() if amount}
            if amounts:
                await work.counts.add(group_id, date.fromordinal(day), amounts)
        for group_id in {*self.requests, *self.documents}:
            await work.memory.remember(group_id, self.requests.get(group_id, ()), self.documents.get(group_id, {}))
        for group_id, at in self.urgent.items():
            await work.memory.note_urgent(group_id, at)
        self._empty()


def gathered(scenes: Scenes, work: UnitOfWork) -> Gathered:
    """What this transaction gathered. What another left unwritten was undone with it, and its scenes with that."""
    found = scenes.gathered
    if isinstance(found, Gathered) and found.work is work:
        return found
    if isinstance(found, Gathered) and not found.empty:
        scenes.forget()
    made = Gathered(work)
    scenes.gathered = made
    return made


async def settle(scenes: Scenes, work: UnitOfWork) -> None:
    """Write what was gathered in this transaction."""
    await gathered(scenes, work).settle()

"""The running counts of findings while an audit reads, and what stands around the first of each category."""

from collections import defaultdict
from collections.abc import Mapping

from bot.core.audit import CategoryCount
from bot.core.masking import Around, Known, around, nobody
from bot.core.model import Category, Clause, Direction, Finding, Message
from bot.core.scene import Scene

EXCERPTS_KEPT = 20
"""The most excerpts of one category, the first that differ."""

_EXCERPTS_TRIED = 10 * EXCERPTS_KEPT
_LONGEST_LEAD = 4_800
_PLACES = {category: place for place, category in enumerate(Category, 1)}


class _Running:
    __slots__ = ("clause", "findings", "messages", "place", "provisional", "quoted", "reasons", "tried")

    def __init__(self, place: int) -> None:
        self.place = place
        self.findings = self.messages = self.provisional = self.tried = 0
        self.clause: Clause | None = None
        self.reasons: defaultdict[str, int] = defaultdict(int)
        self.quoted: dict[str, Around] = {}
        """By the excerpt it gives as far as rules tell names; a later part of the source may still state more."""

    def quote(self, message: Message, finding: Finding) -> None:
        self.tried += 1
        here = around(message.text, finding.spans[0][0] if finding.spans else 0)
        shown = here.excerpt()
        if shown:
            self.quoted.setdefault(shown, here)


class RunningFindings:
    """Counts findings by category and reason, and the time that deadlines leave; keeps no whole message."""

    def __init__(self, excerpts: int) -> None:
        self._excerpts = min(excerpts, EXCERPTS_KEPT)
        self._counts = {category: _Running(place) for category, place in _PLACES.items()}
        self._leads: defaultdict[int, int] = defaultdict(int)
        self.unknown_years: set[int] = set()
        self.asks = self.answers = self.messages = 0

    def take(self, message: Message, findings: tuple[Finding, ...], scene: Scene, week: list[int]) -> None:
        """Count the findings of one message, in its week as well (`week[0]` counts its messages)."""
        self.messages += 1
        seen = timed = 0
        for finding in findings:
            count = self._counts[finding.category]
            count.findings += 1
            count.reasons[finding.reason] += 1
            if not seen >> count.place & 1:
                seen |= 1 << count.place
                week[count.place] += 1
                self._first_of_category(count, message, finding)
            if finding.deadline is not None and message.at is not None and not timed:
                timed = 1
                lead = scene.worktime.minutes_between(message.at, finding.deadline.moment)
                self._leads[min(lead, _LONGEST_LEAD)] += 1
            if finding.provisional:
                count.provisional += 1
                self._note_year(message, finding, scene)

    def _first_of_category(self, count: _Running, message: Message, finding: Finding) -> None:
        count.messages += 1
        count.clause = count.clause or finding.clause
        if finding.direction is not None:
            self.asks += finding.direction is Direction.ASKS
            self.answers += finding.direction is Direction.ANSWERS
        wanted = finding.direction is not Direction.ANSWERS  # who answers suffers the load and is not quoted
        if wanted and len(count.quoted) < self._excerpts and count.tried < _EXCERPTS_TRIED:
            count.quote(message, finding)

    def _note_year(self, message: Message, finding: Finding, scene: Scene) -> None:
        moments = (message.at, finding.deadline.moment if finding.deadline else None)
        known = scene.worktime.known
        self.unknown_years.update(at.year for at in moments if at is not None and not known(at))

    @property
    def deadlines(self) -> int:
        """How many messages with a finding state a deadline."""
        return sum(self._leads.values())

    def median_lead(self) -> int | None:
        """Return the median of the working minutes left until the deadline; None without any."""
        half, passed = self.deadlines / 2, 0
        for minutes in sorted(self._leads):
            passed += self._leads[minutes]
            if passed >= half:
                return minutes
        return None

    def counts(self, known: Known = nobody) -> Mapping[Category, CategoryCount]:
        """Return the counts of every category, also of those of which nothing was found; `known` names are hidden."""
        return {category: _finished(count, known) for category, count in self._counts.items()}


def _finished(count: _Running, known: Known) -> CategoryCount:
    reasons = sorted(count.reasons.items(), key=lambda item: (-item[1], item[0]))
    return CategoryCount(
        findings=count.findings,
        messages=count.messages,
        provisional=count.provisional,
        clause=count.clause,
        reasons=tuple(reasons),
        excerpts=tuple(dict.fromkeys(here.excerpt(known) for here in count.quoted.values())),
    )

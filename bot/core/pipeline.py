"""A message and its scene become a verdict: facts, findings and exemptions, decided here only."""

from collections.abc import Sequence
from typing import TypeAlias

from bot.core.detectors.base import ALWAYS, Detector
from bot.core.facts import FactReader, demanded
from bot.core.model import Category, Fact, Finding, Message, Verdict
from bot.core.reading import Reader, Reading
from bot.core.scene import Scene

PRIVATE_CANVASSING = frozenset({Category.VOTE_LIKE})
"""What may be asked for as a private person: such a demand alone does not make a message work."""

EXEMPT_WHEN_URGENT = frozenset({Category.AFTER_HOURS, Category.LATE_DEADLINE})
"""What a genuine emergency excuses, and being on duty (Baotou 2019 item 21: 除紧急公务外; 安保、应急)."""


BLAMED_ON_FORWARDER = frozenset({Category.AFTER_HOURS, Category.REPEATED_DOCUMENT})
"""Who forwards a message answers for when and how often it was sent, not for what somebody else wrote."""


Woken: TypeAlias = tuple[int | None, Detector]
"""A detector with the triggers that wake it; None for one that looks at every message."""

_URGENT, _WORK = Fact.URGENT, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""


class Pipeline:
    """Judges messages with one set of rules."""

    def __init__(self, reader: Reader, facts: FactReader, detectors: Sequence[Detector]) -> None:
        self._reader = reader
        self._facts = facts
        self._detectors = tuple(detectors)
        self._demands: list[Woken] = [(d.trigger, d) for d in detectors if d.stage == 0]
        self._consequences: list[Woken] = [(d.trigger, d) for d in detectors if d.stage == 1]

    def with_detectors(self, more: Sequence[Detector]) -> "Pipeline":
        """The same pipeline with further detectors, as an office's own extension would add them."""
        return Pipeline(self._reader, self._facts, [*self._detectors, *more])

    def judge(self, message: Message, scene: Scene) -> Verdict:
        """The verdict on one message; the scene remembers what was asked.

        A detector that fails is named in the verdict; the others still judge.
        """
        reading = self._reader.read(message)
        if not reading.mask and not message.file_name and not message.links:
            return Verdict(frozenset())
        verdict = self._judge(reading, scene)
        for sentence in reading.sentences:
            sentence.let_go()
        return verdict

    def _judge(self, reading: Reading, scene: Scene) -> Verdict:
        message = reading.message
        at = message.at
        reading.outside_hours = at is not None and scene.worktime.after_hours(at)
        reading.facts = self._facts.read(reading)
        self._follow_up(reading, scene)
        failures: list[str] = []
        if message.forwarded:
            return self._forwarded(reading, scene, failures)
        findings = self._run(self._demands, reading, scene, failures)
        for found in findings:
            if found.category not in PRIVATE_CANVASSING or _WORK in reading.facts:
                demanded(reading.facts, found.spans)
        findings += self._run(self._consequences, reading, scene, failures)
        return self._verdict(reading, scene, findings, failures)

    def _follow_up(self, reading: Reading, scene: Scene) -> None:
        """Let an emergency last: what speaks of it soon after it was called is urgent too."""
        at = reading.message.at
        if at is None:
            return
        if _URGENT in reading.facts:
            scene.urgent_at = at
        elif scene.urgent_at is not None and self._facts.follows_up(reading, at - scene.urgent_at):
            spans = reading.fact_spans(_WORK)
            reading.facts[_URGENT] = spans
            reading.facts.setdefault(_WORK, spans)

    def _forwarded(self, reading: Reading, scene: Scene, failures: list[str]) -> Verdict:
        for fact in (Fact.TASK, Fact.DATA_COLLECTION):
            reading.facts.pop(fact, None)
        blamed = [(bits, d) for bits, d in self._consequences if d.category in BLAMED_ON_FORWARDER]
        return self._verdict(reading, scene, self._run(blamed, reading, scene, failures), failures)

    def _verdict(self, reading: Reading, scene: Scene, findings: list[Finding], failures: list[str]) -> Verdict:
        exempt = self._exemptions(reading, scene)
        if exempt and findings:
            findings = [found for found in findings if found.category not in EXEMPT_WHEN_URGENT]
        facts = reading.facts
        return Verdict(frozenset(facts), tuple(findings), facts, exempt, tuple(failures), reading.outside_hours)

    def _run(self, detectors: Sequence[Woken], reading: Reading, scene: Scene, failures: list[str]) -> list[Finding]:
        findings: list[Finding] = []
        woken = reading.trigger
        for trigger, detector in detectors:
            if trigger is not ALWAYS and not woken & trigger:
                continue
            try:
                findings.extend(detector.detect(reading, scene))
            except Exception:  # noqa: BLE001 - one broken rule must not silence the others; the caller logs it
                failures.append(detector.category.value)
        return findings

    def _exemptions(self, reading: Reading, scene: Scene) -> tuple[str, ...]:
        urgent = _URGENT in reading.facts
        at = reading.message.at
        reasons: tuple[str, ...] = ("urgent",) if urgent else ()
        if at is None:
            return reasons
        if scene.emergencies and scene.in_emergency(at):
            reasons += ("emergency_window",)
        if scene.on_call and scene.worktime.on_duty(at):
            reasons += ("duty",)
        return reasons

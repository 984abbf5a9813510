"""A message and its scene become a verdict: facts, findings and exemptions, decided here only."""

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import repeat
from operator import add, or_
from typing import Any, NamedTuple, TypeAlias

from bot.core.detectors.base import ALWAYS, Detector, Rememberer, Wake, Worded
from bot.core.exemptions import excused, exemptions
from bot.core.facts import FactReader, demanded
from bot.core.model import Category, Fact, Finding, Message, MessageKind, Verdict
from bot.core.reading import Reader, Reading
from bot.core.scene import Scene
from bot.core.weighed import WORDING, Weighed
from bot.core.wordscores import Weight, WordScores

PRIVATE_CANVASSING = frozenset({Category.VOTE_LIKE})
"""What may be asked for as a private person: such a demand alone does not make a message work."""

NO_ORDER = frozenset({Category.RANKING})
"""What tells and need not order: a league table is work, a task only when its words say so."""

BLAMED_ON_FORWARDER = frozenset({Category.AFTER_HOURS, Category.REPEATED_DOCUMENT})
"""Who forwards a message answers for when and how often it was sent, not for what somebody else wrote."""

NOTHING = Verdict(frozenset())
"""The verdict on a message that holds no known word; most of a chat."""


class Draft(NamedTuple):
    """The verdict on a message as far as it needs no memory of the chat, and what is to be asked of the memory.

    `notes` are the notes of the detectors that remember, by their numbers; `urgent` says that the message calls
    an emergency, `follows` that it belongs to one if there is one. It can go to another process.
    """

    verdict: Verdict
    notes: tuple[tuple[int, Any], ...] = ()
    urgent: bool = False
    follows: bool = False


_NO_DRAFT = Draft(NOTHING)

_EVERY = 1
"""The trigger that every message sets, for detectors that look at all of them."""

Woken: TypeAlias = tuple[int, int, Detector]
"""A detector with the triggers that wake it and the bit of its card, 0 when it has none."""

_URGENT, _DATA_COLLECTION, _TASK, _WORK = Fact.URGENT, Fact.DATA_COLLECTION, Fact.TASK, Fact.WORK
"""Bound once: looking a member up in its enum costs more than any test made with it."""
_POLL = MessageKind.POLL


class Pipeline:
    """Judges messages with one set of rules."""

    def __init__(self, reader: Reader, facts: FactReader, scores: WordScores, detectors: Sequence[Detector]) -> None:
        self._reader = reader
        self._facts = facts
        self._scores = scores
        self._detectors = tuple(detectors)
        self._memories = [d for d in detectors if isinstance(d, Rememberer)]
        self._demands = [self._woken(d) for d in detectors if d.stage == 0]
        self._consequences = [self._woken(d) for d in detectors if d.stage == 1 and not isinstance(d, Rememberer)]
        self._worded = {d.category: d for d in detectors if isinstance(d, Worded)}
        self._wakes_memories = tuple(self._woken(d)[0] for d in self._memories)
        rows = [*self._demands, *self._consequences]
        self._triggers = reduce(or_, [trigger for trigger, _, _ in rows], 0)
        self._cards = reduce(or_, [card for _, card, _ in rows], 0)
        order = sorted(detectors, key=lambda d: d.stage)
        self._order = {d.category: place for place, d in enumerate(order)}

    def _woken(self, detector: Detector) -> Woken:
        trigger = detector.trigger
        return _EVERY if trigger is ALWAYS else trigger, self._scores.bits.get(detector.category, 0), detector

    def with_detectors(self, more: Sequence[Detector]) -> "Pipeline":
        """The same pipeline with further detectors, as an office's own extension would add them."""
        return Pipeline(self._reader, self._facts, self._scores, [*self._detectors, *more])

    def judge(self, message: Message, scene: Scene) -> Verdict:
        """The verdict on one message; the scene remembers what was asked.

        A detector that fails is named in the verdict; the others still judge.
        """
        return self.settle(message, self.draft(message, scene), scene)

    def draft(self, message: Message, scene: Scene, *, emergency: bool = False) -> Draft:
        """All that can be said without the memory of the scene, which is neither asked nor changed.

        Messages may be drafted in any order and in any process. With `emergency` the message is taken to belong
        to an emergency of its chat.
        """
        reading = self._reader.read(message)
        if not reading.mask and not message.file_name and not message.links:
            return _NO_DRAFT
        failures: list[str] = []
        weighed = self._tell(reading, scene, emergency=emergency)
        findings = self._find_demands(reading, weighed, scene, failures)
        findings += self._find_consequences(reading, weighed, scene, failures)
        return self._finish(reading, scene, findings, failures)

    def drafts(self, messages: Sequence[Message], scene: Scene) -> list[Draft]:
        """The drafts of some messages, made stage by stage.

        Each stage is much code; to run it for many messages before the next is a fifth faster, because the
        processor keeps it at hand. Raises what one of the messages raises.
        """
        readings = list(map(self._reader.read, messages))
        judged = [r for r in readings if r.mask or r.message.file_name or r.message.links]
        weighed = [self._tell(reading, scene, emergency=False) for reading in judged]
        failures: list[list[str]] = [[] for _ in judged]
        demands = [self._find_demands(*case) for case in zip(judged, weighed, repeat(scene), failures)]
        others = [self._find_consequences(*case) for case in zip(judged, weighed, repeat(scene), failures)]
        found = map(add, demands, others)
        made = iter([self._finish(*case) for case in zip(judged, repeat(scene), found, failures)])
        return [next(made) if r.mask or r.message.file_name or r.message.links else _NO_DRAFT for r in readings]

    def settle(self, message: Message, draft: Draft, scene: Scene) -> Verdict:
        """The verdict that a draft becomes in its scene; to be called in the order of the messages."""
        verdict, notes, urgent, follows = draft
        at = message.at
        if urgent:
            scene.urgent_at = at
        elif follows and at is not None and scene.urgent_at is not None and self._facts.lasts(at - scene.urgent_at):
            verdict, notes, _, _ = self.draft(message, scene, emergency=True)
        return self._recalled(message, verdict, notes, scene) if notes else verdict

    def _recalled(self, message: Message, verdict: Verdict, notes: Sequence[tuple[int, Any]], scene: Scene) -> Verdict:
        """The verdict with what the memory of the scene adds to it."""
        found: list[Finding] = []
        failures: list[str] = []
        for number, note in notes:
            detector = self._memories[number]
            try:
                found.extend(detector.recall(note, message, scene))
            except Exception:  # noqa: BLE001 - one broken rule must not silence the others; the caller logs it
                failures.append(detector.category.value)
        if not found and not failures:
            return verdict
        findings = sorted([*verdict.findings, *found], key=lambda finding: self._order[finding.category])
        return verdict._replace(findings=tuple(findings), failures=(*verdict.failures, *failures))

    def _tell(self, reading: Reading, scene: Scene, *, emergency: bool) -> Weighed:
        """Weigh the words, read the facts, and wake the detectors that look at all messages."""
        message = reading.message
        if message.at is not None:
            reading.outside_hours = scene.worktime.after_hours(message.at)
        reading.facts = self._facts.read(reading)
        weighed = Weighed(self._scores, reading)
        facts = reading.facts = self._facts.given(reading, weighed)
        reading.urgent = message.at is not None and _URGENT in facts
        if emergency:
            facts[_URGENT] = reading.fact_spans(_WORK)
            facts.setdefault(_WORK, facts[_URGENT])
        reading.trigger |= _EVERY if message.kind is not _POLL else _EVERY | Wake.POLL
        return weighed

    def _find_demands(self, reading: Reading, weighed: Weighed, scene: Scene, failures: list[str]) -> list[Finding]:
        return [] if reading.message.forwarded else self._demanded(reading, weighed, scene, failures)

    def _find_consequences(
        self, reading: Reading, weighed: Weighed, scene: Scene, failures: list[str]
    ) -> list[Finding]:
        if reading.message.forwarded:
            return self._forwarded(reading, weighed, scene, failures)
        if reading.facts:
            reading.trigger |= _woken_by(reading.facts)
        return self._run(self._consequences, reading, weighed, scene, failures)

    def _finish(self, reading: Reading, scene: Scene, findings: list[Finding], failures: list[str]) -> Draft:
        notes = self._notes(reading, failures)
        urgent = reading.urgent
        follows = reading.message.at is not None and not urgent and self._facts.speaks_of_emergency(reading)
        draft = Draft(self._verdict(reading, scene, findings, failures), notes, urgent, follows)
        reading.let_go()
        return draft

    def _demanded(self, reading: Reading, weighed: Weighed, scene: Scene, failures: list[str]) -> list[Finding]:
        """The demands of a message, each of which is a task and work too."""
        findings = self._run(self._demands, reading, weighed, scene, failures)
        facts = reading.facts
        for found in findings:
            if found.category in NO_ORDER:
                facts.setdefault(_WORK, found.spans)
            elif found.category not in PRIVATE_CANVASSING or _WORK in facts:
                demanded(facts, found.spans)
        return findings

    def _forwarded(self, reading: Reading, weighed: Weighed, scene: Scene, failures: list[str]) -> list[Finding]:
        for fact in (_TASK, _DATA_COLLECTION):
            reading.facts.pop(fact, None)
        reading.trigger |= _woken_by(reading.facts)
        blamed = [woken for woken in self._consequences if woken[-1].category in BLAMED_ON_FORWARDER]
        return self._run(blamed, reading, weighed, scene, failures)

    def _notes(self, reading: Reading, failures: list[str]) -> tuple[tuple[int, Any], ...]:
        """What the detectors that remember have to compare with the memory of the scene."""
        notes: list[tuple[int, Any]] = []
        woken = reading.trigger
        for number, trigger in enumerate(self._wakes_memories):
            if not woken & trigger:
                continue
            detector = self._memories[number]
            if reading.message.forwarded and detector.category not in BLAMED_ON_FORWARDER:
                continue
            try:
                note = detector.note(reading)
            except Exception:  # noqa: BLE001 - one broken rule must not silence the others; the caller logs it
                failures.append(detector.category.value)
                continue
            if note is not None:
                notes.append((number, note))
        return tuple(notes)

    def _verdict(self, reading: Reading, scene: Scene, findings: list[Finding], failures: list[str]) -> Verdict:
        facts = reading.facts
        exempt: tuple[str, ...] = ()
        if _URGENT in facts or scene.on_call or scene.emergencies:
            exempt = exemptions(reading, scene)
            findings = [found for found in findings if not excused(found, exempt)]
        return Verdict(frozenset(facts), tuple(findings), facts, exempt, tuple(failures), reading.outside_hours)

    def _run(
        self, detectors: Sequence[Woken], reading: Reading, weighed: Weighed, scene: Scene, failures: list[str]
    ) -> list[Finding]:
        """What templates and words find together; templates are looked for only where they can still decide.

        A poll speaks by what it is.
        """
        findings: list[Finding] = []
        woken = reading.trigger
        plain = reading.message.kind is _POLL
        given, possible = (0, -1) if plain else (weighed.given, weighed.possible)
        if not woken & self._triggers and not given & self._cards:
            return findings
        for trigger, card, detector in detectors:
            if woken & trigger:
                if card and not possible & card:
                    continue
            elif not given & card:
                continue
            try:
                found = detector.detect(reading, scene) if woken & trigger else ()
                if plain:
                    found = [surely for surely in found if surely.score]
                elif found or self._admitted(detector, reading, scene):
                    found = weighed.judged(detector, found, self._worded.get(detector.category))
                findings.extend(found)
            except Exception:  # noqa: BLE001 - one broken rule must not silence the others; the caller logs it
                failures.append(detector.category.value)
        return findings

    def _admitted(self, detector: Detector, reading: Reading, scene: Scene) -> bool:
        """Whether the words alone may make a finding of this detector."""
        worded = self._worded.get(detector.category)
        return worded is not None and worded.admits(reading, scene)

    def why(self, message: Message, finding: Finding) -> list[Weight]:
        """What speaks for a finding and against it, the heaviest first; places refer to the original text.

        Empty for a category that is not judged by words.
        """
        label = finding.category
        if label not in self._scores.cards:
            return []
        reading = self._reader.read(message)
        reading.facts = self._facts.read(reading)
        weights = [w._replace(places=reading.originals(w.places)) for w in self._scores.why(reading, label)]
        card, worded = self._scores.cards[label], self._worded.get(finding.category)
        if not finding.reason.startswith(WORDING):
            weights.append(Weight("sign", "rule", card.rule))
        if card.refused and worded is not None and worded.refuses(reading):
            weights.append(Weight("sign", "refused", card.refused))
        return sorted(weights, key=lambda weight: -abs(weight.points))


def _woken_by(facts: Mapping[Fact, object]) -> int:
    """What the facts of a message wake."""
    if _TASK in facts or _DATA_COLLECTION in facts:
        return Wake.ASKED | Wake.WORK if _WORK in facts else Wake.ASKED
    return Wake.WORK if _WORK in facts else 0

"""Audits any number of messages: counts what the pipeline says of them, in memory that does not grow."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.audit import (
    FEWEST_IN_ROLE,
    HOURS_OF_WEEK,
    AuditReport,
    Source,
    WeekCount,
    fold_chats,
)
from bot.core.masking import Known, nobody
from bot.core.model import Category, Fact, Message, MessageKind, SenderRole, Verdict
from bot.core.pipeline import Draft
from bot.core.replies import is_receipt
from bot.core.scene import Scene
from bot.services.audit_chat import RunningChat
from bot.services.audit_findings import RunningFindings

_DAYS_KEPT = 20_000
_PERSONS = frozenset({SenderRole.ADMIN, SenderRole.MEMBER, SenderRole.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is kept at most, so that memory does not grow with the export.

    Beyond them chats and weeks are in the totals but have no line of their own, and of further
    senders, in all chats together, only that there are more is known. Of chats without a line no more
    than `left_out` are counted. A chat whose scene is not among the last `scenes` that were needed gets
    a new one, that has forgotten what was asked.
    """

    chats: int = 2_000
    left_out: int = 100_000
    scenes: int = 64
    weeks: int = 5_000
    senders: int = 100_000


class Judge(Protocol):
    """What the audit asks of the pipeline."""

    def judge(self, message: Message, scene: Scene) -> Verdict:
        """Return the verdict on one message; the scene remembers what was asked."""

    def settle(self, message: Message, draft: Draft, scene: Scene) -> Verdict:
        """Return the same from a draft of the verdict, which was made elsewhere."""


class Audit:
    """Reads messages, then reports; it may read several exports one after the other.

    `scene_of` makes the scene of a chat from its key. With `excerpts` up to that many masked excerpts
    (20 at most) are kept of each category, otherwise no text at all.
    """

    def __init__(
        self,
        judge: Judge,
        scene_of: Callable[[str], Scene],
        *,
        excerpts: int = 0,
        bounds: Bounds | None = None,
    ) -> None:
        self._bounds = bounds or Bounds()
        self._judge = judge
        self._scene_of = scene_of
        self._chats: dict[str, RunningChat] = {}
        self._scenes: dict[str, Scene] = {}
        self._beyond: tuple[str, RunningChat] | None = None
        self._left_out: set[int] = set()
        self._findings = RunningFindings(excerpts)
        self._days: dict[int, tuple[list[int], int]] = {}
        self._weeks: dict[int, list[int]] = {}
        self._no_week = [0] * (1 + len(Category))
        self._hours = [0] * (HOURS_OF_WEEK + 1)
        self._late_hours = [0] * (HOURS_OF_WEEK + 1)
        self._facts: defaultdict[frozenset[Fact], int] = defaultdict(int)
        self._kinds: defaultdict[MessageKind, int] = defaultdict(int)
        self._roles: defaultdict[SenderRole, int] = defaultdict(int)
        self._persons: defaultdict[SenderRole, set[int]] = defaultdict(set)
        self._exempt: defaultdict[str, int] = defaultdict(int)
        self._failures: defaultdict[str, int] = defaultdict(int)
        self._senders = self._receipts = self._failed = self._first = self._last = 0

    def read(self, messages: Iterable[Message]) -> None:
        """Judge and count all messages; one that cannot be judged is counted and passed over."""
        self.read_drafted((message, None) for message in messages)

    def read_drafted(self, drafted: Iterable[tuple[Message, Draft | None]]) -> None:
        """Do the same with messages whose drafts are made already, None where that is still to do."""
        judge, current = self._judge.judge, None
        for message, draft in drafted:
            if message.chat != current:
                current = message.chat
                chat, scene = self._turn_to(current)
            week, hour = self._place(message, chat, scene)
            try:
                verdict = judge(message, scene) if draft is None else self._judge.settle(message, draft, scene)
            except Exception:  # noqa: BLE001 - one message must not end the audit; it is counted instead
                self._failed += 1
                continue
            if verdict.facts:
                self._count_facts(verdict, chat, hour)
            elif is_receipt(message.text):
                chat.receipts += 1
                self._receipts += 1
            if verdict.findings:
                chat.suspected += 1
                self._findings.take(message, verdict.findings, scene, week)
            for reason in verdict.exempt:
                self._exempt[reason] += 1
            for name in verdict.failures:
                self._failures[name] += 1

    def report(
        self, sources: Iterable[Source] = (), titles: Mapping[str, str] | None = None, known: Known = nobody
    ) -> AuditReport:
        """Return all that was counted; `titles` by chat key are shown only when given.

        In titles and excerpts are hidden the names that are `known`, and those that rules tell.
        """
        shown = titles or {}
        loads = [chat.load(n, shown.get(key, ""), known) for n, (key, chat) in enumerate(self._chats.items(), 1)]
        findings = self._findings
        return AuditReport(
            first=date.fromordinal(self._first) if self._first else None,
            last=date.fromordinal(self._last) if self._last else None,
            messages=sum(self._hours),
            failed=self._failed,
            undated=self._hours[HOURS_OF_WEEK],
            suspected=findings.messages,
            categories=findings.counts(known),
            weeks=tuple(_week(monday, row) for monday, row in sorted(self._weeks.items())),
            hours=tuple(self._hours[:HOURS_OF_WEEK]),
            late_hours=tuple(self._late_hours[:HOURS_OF_WEEK]),
            facts={fact: sum(n for facts, n in self._facts.items() if fact in facts) for fact in Fact},
            kinds=dict(self._kinds),
            roles=self._shown_roles(),
            asks=findings.asks,
            answers=findings.answers,
            receipts=self._receipts,
            deadlines=findings.deadlines,
            lead_minutes=findings.median_lead(),
            exempt=dict(self._exempt),
            failures=dict(self._failures),
            unknown_years=tuple(sorted(findings.unknown_years)),
            chats=fold_chats(loads, left_out=len(self._left_out)),
            chats_left_out=len(self._left_out),
            sources=tuple(sources),
        )

    def _turn_to(self, key: str) -> tuple[RunningChat, Scene]:
        """Return the counts and the scene of a chat, letting go of the scene unused for longest."""
        chat = self._chats.get(key) or self._meet(key)
        scene = self._scenes.pop(key, None) or self._scene_of(key)
        self._scenes[key] = scene
        if len(self._scenes) > self._bounds.scenes:
            del self._scenes[next(iter(self._scenes))]
        return chat, scene

    def _meet(self, key: str) -> RunningChat:
        if len(self._chats) < self._bounds.chats:
            chat = self._chats[key] = RunningChat()
            return chat
        if self._beyond is None or self._beyond[0] != key:
            self._beyond = key, RunningChat()
            if len(self._left_out) < self._bounds.left_out:
                self._left_out.add(hash(key))
        return self._beyond[1]

    def _place(self, message: Message, chat: RunningChat, scene: Scene) -> tuple[list[int], int]:
        """Count the message itself; return the row of its week and the number of its hour."""
        chat.messages += 1
        self._kinds[message.kind] += 1
        role = message.role
        self._roles[role] += 1
        if message.sender and role in _PERSONS:
            self._count_person(hash(message.sender), role, chat)
        at = message.at
        if at is None:
            self._hours[HOURS_OF_WEEK] += 1
            return self._no_week, HOURS_OF_WEEK
        day = at.toordinal()
        if day != chat.today:
            chat.turn_to(day)
        week, hour = self._days.get(day) or self._meet_day(at, day, scene)
        hour += at.hour
        self._hours[hour] += 1
        week[0] += 1
        return week, hour

    def _count_person(self, sender: int, role: SenderRole, chat: RunningChat) -> None:
        persons = self._persons[role]
        if len(persons) < FEWEST_IN_ROLE:
            persons.add(sender)
        if sender in chat.senders:
            return
        if self._senders < self._bounds.senders:
            self._senders += chat.meet(sender)
        else:
            chat.more_senders = True

    def _meet_day(self, at: datetime, day: int, scene: Scene) -> tuple[list[int], int]:
        """Look up the week of a day once; return its row and the number of the day's first hour."""
        if not scene.worktime.known(at):
            self._findings.unknown_years.add(at.year)
        self._first = min(self._first, day) if self._first else day
        self._last = max(self._last, day)
        weekday = (day - 1) % 7
        week = self._weeks.get(day - weekday)
        if week is None:
            week = [0] * len(self._no_week)
            if len(self._weeks) < self._bounds.weeks:
                self._weeks[day - weekday] = week
        if len(self._days) >= _DAYS_KEPT:
            self._days.clear()
        found = self._days[day] = week, weekday * 24
        return found

    def _count_facts(self, verdict: Verdict, chat: RunningChat, hour: int) -> None:
        facts = verdict.facts
        self._facts[facts] += 1
        chat.tasks += Fact.TASK in facts
        if Fact.WORK in facts:
            chat.work += 1
            if verdict.outside_hours:
                chat.after_hours += 1
                self._late_hours[hour] += 1

    def _shown_roles(self) -> Mapping[SenderRole, int]:
        """Return messages by role, or nothing where one role is too few persons."""
        persons = (role for role in self._roles if role in _PERSONS)
        if any(len(self._persons[role]) < FEWEST_IN_ROLE for role in persons):
            return {}
        return dict(self._roles)


def _week(monday: int, row: Sequence[int]) -> WeekCount:
    suspected = {category: n for category, n in zip(Category, row[1:], strict=True) if n}
    return WeekCount(date.fromordinal(monday), row[0], suspected)

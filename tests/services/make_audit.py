"""Messages, and a judge that says of each what it was given to mean, for the tests of the audit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.audit import AuditReport
from bot.core.model import (
    Category,
    Clause,
    Fact,
    Finding,
    Message,
    SenderRole,
    Verdict,
)
from bot.core.scene import Scene
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkingHours, WorkTime
from bot.services.audit import Audit, Bounds
from config.calendar import load_calendar

ZONE = ZoneInfo("Asia/Shanghai")
CLAUSE = Clause("包头市若干措施(2019)", "第21条", "发布信息的单位")
MONDAY_MORNING = datetime(2026, 3, 9, 9, tzinfo=ZONE)
LATE = datetime(2026, 3, 9, 21, 30, tzinfo=ZONE)
WORK = frozenset({Fact.WORK})
TASK = frozenset({Fact.WORK, Fact.TASK})


class FakeJudge:
    """Says of a message what its text was given to mean."""

    def __init__(self, verdicts: Mapping[str, Verdict] | None = None) -> None:
        self._verdicts = verdicts or {}
        self.scenes: dict[str, list[Scene]] = {}

    def judge(self, message: Message, scene: Scene) -> Verdict:
        met = self.scenes.setdefault(message.chat, [])
        if not any(scene is other for other in met):
            met.append(scene)
        if message.text == "broken":
            raise ValueError(message.text)
        return self._verdicts.get(message.text, Verdict(frozenset()))


def scene(_: str = "", *, calendar: WorkCalendar | None = None) -> Scene:
    return Scene(WorkTime(calendar or load_calendar(None), WorkingHours(), ZONE))


def say(text: str = "", at: datetime | None = MONDAY_MORNING, **more: object) -> Message:
    return Message("1", text, at)._replace(**more)


def found(category: Category, reason: str = "some_reason", **more: object) -> Finding:
    return Finding(category, 0.9, reason, ((0, 2),), CLAUSE)._replace(**more)


def audited(
    messages: Sequence[Message],
    said: Mapping[str, Verdict] | None = None,
    *,
    excerpts: int = 0,
    titles: dict[str, str] | None = None,
    bounds: Bounds | None = None,
) -> AuditReport:
    audit = Audit(FakeJudge(said), scene, excerpts=excerpts, bounds=bounds)
    audit.read(messages)
    return audit.report(titles=titles)


def people(number: int, text: str = "", chat: str = "c", role: SenderRole = SenderRole.MEMBER) -> Iterator[Message]:
    return (say(text, chat=chat, sender=f"{chat}{person}", role=role) for person in range(number))

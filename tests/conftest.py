"""One pipeline with the shipped rules for all detector tests, and a judge of single messages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.core.model import Message, SenderRole, Verdict
from bot.core.pipeline import Pipeline
from bot.core.quotes import quoted_spans
from bot.core.scene import Scene
from bot.core.worktime import WorkingHours, WorkTime
from config.calendar import load_calendar
from config.rules import load_rules
from tests.make import Judge

SHANGHAI = ZoneInfo("Asia/Shanghai")
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")  # a busy machine is no fault of the code

IN_OFFICE_HOURS = "2026-03-11T10:00"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return load_rules().pipeline


@pytest.fixture(scope="session")
def worktime() -> WorkTime:
    return WorkTime(load_calendar(), WorkingHours(), SHANGHAI)


@pytest.fixture
def judge(pipeline: Pipeline, worktime: WorkTime) -> Judge:
    """`judge(text, at="2026-03-11T10:00", scene=None, **message_fields)` gives the verdict on one message."""

    def judged(text: str, at: str = IN_OFFICE_HOURS, scene: Scene | None = None, **fields: object) -> Verdict:
        moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
        fields.setdefault("id", "1")
        fields.setdefault("role", SenderRole.UNKNOWN)
        message = Message(text=text, at=moment, quotes=quoted_spans(text), **fields)  # type: ignore[arg-type]
        return pipeline.judge(message, scene or Scene(worktime))

    return judged


@pytest.fixture
def scene(worktime: WorkTime) -> Scene:
    return Scene(worktime)

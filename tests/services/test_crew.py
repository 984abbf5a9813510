"""The same report with and without processes that help, whatever the memory of the chats has to say."""

import pickle
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.app import Office, build
from bot.core.audit import AuditReport
from bot.core.errors import WorkerLost
from bot.core.model import Message, Verdict
from bot.core.scene import Scene
from bot.judging import drafter
from bot.services.audit import Audit
from bot.services.crew import BATCH_CHARACTERS, Crew, _batches
from config.settings import Settings

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings(_env_file=None)
PLAIN = None, "", SETTINGS.time_zone(), None
TEXTS = (
    "请各村今天18点前把防汛台账报我",
    "收到",
    "请各村今天把防汛台账再报一遍",
    "今天食堂的红烧肉不错哈哈",
    "山洪来了，河边各组马上转移群众，值班干部立即到岗！",
    "再转移一户群众，到安置点报到",
    "转发《关于做好秸秆禁烧工作的通知》，请各组学习",
    "《关于做好秸秆禁烧工作的通知》再发一遍",
    "填一下这个表 https://forms.example.cn/abc，今晚22点前",
    "截图发群里，没发的抓紧",
    "请大家给柳湾村的短视频点赞转发",
    "周六来柳湾检查，请做好准备",
)


@pytest.fixture(scope="module")
def office() -> Office:
    return build(SETTINGS)


def chatter() -> Iterator[Message]:
    """Some hundred messages of two chats, day and night, that repeat themselves in changing order."""
    moment = datetime(2026, 3, 2, 8, tzinfo=ZONE)
    for number in range(400):
        text = TEXTS[number * 7 % len(TEXTS)] + "。" * (number % 3)
        at = None if number % 50 == 49 else moment + timedelta(minutes=17 * number)
        yield Message(
            str(number), text, at, chat="ab"[number % 5 == 0], sender=f"s{number % 9}", forwarded=number % 11 == 10
        )


def audited(office: Office, crew: Crew | None = None) -> AuditReport:
    audit = Audit(office.rules.pipeline, lambda _: Scene(office.worktime), excerpts=5)
    if crew is None:
        audit.read(chatter())
    else:
        audit.read_drafted(crew.drafts(chatter()))
    return audit.report()


def begun(crew: Crew) -> Crew:
    crew._begin()
    crew._look(60)
    return crew


def test_a_draft_that_was_elsewhere_settles_to_the_same_verdict(office: Office) -> None:
    pipeline = office.rules.pipeline
    one, other = Scene(office.worktime), Scene(office.worktime)
    alone: list[Verdict] = []
    helped: list[Verdict] = []
    for message in chatter():
        alone.append(pipeline.judge(message, one))
        draft = pickle.loads(pickle.dumps(pipeline.draft(message, Scene(office.worktime))))  # noqa: S301 - our own
        helped.append(pipeline.settle(message, draft, other))
    assert helped == alone
    assert {"asked_again", "document_again"} <= {found.reason for verdict in alone for found in verdict.findings}


def test_the_report_is_the_same_with_workers(office: Office) -> None:
    with begun(Crew(partial(drafter, *PLAIN), 2, batch=7)) as crew:
        assert len(crew._ready) == 2
        assert audited(office, crew) == audited(office)
        assert [message.id for message, draft in crew.drafts(chatter()) if draft is None] == []


def test_a_short_export_starts_no_process(office: Office) -> None:
    with Crew(partial(drafter, *PLAIN), 2) as crew:
        assert audited(office, crew) == audited(office)
        assert (crew._begun, crew._ready) == ([], [])


def test_a_worker_that_is_lost_ends_the_audit(office: Office) -> None:
    with begun(Crew(partial(drafter, *PLAIN), 1, batch=7)) as crew:
        crew._ready[0].process.kill()
        with pytest.raises(WorkerLost):
            audited(office, crew)


def test_a_worker_that_cannot_begin_is_done_without(office: Office) -> None:
    with begun(Crew(partial(int, "no number"), 1, alone=0)) as crew:  # type: ignore[arg-type]
        assert audited(office, crew) == audited(office)
        assert (crew._begun, crew._ready) == ([], [])


def test_a_message_that_cannot_be_drafted_is_left_to_the_audit() -> None:
    with begun(Crew(partial(partial, int), 1)) as crew:  # type: ignore[arg-type]
        assert [draft for _, draft in crew.drafts(chatter())] == [None] * 400


def test_a_batch_holds_no_more_than_some_characters() -> None:
    half = Message("1", "长" * (BATCH_CHARACTERS // 2), None)
    assert [len(batch) for batch in _batches([half] * 5, 500)] == [2, 2, 1]

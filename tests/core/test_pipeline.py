"""What the whole pipeline decides: exemptions, forwarding, quotes, failures."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.model import Category, Clause, Direction, Fact, Finding, Message, Verdict
from bot.core.pipeline import Pipeline
from bot.core.reading import Reading
from bot.core.scene import EmergencyWindow, Scene
from bot.core.workcal import DutyRoster, Shift
from bot.core.worktime import WorkTime

Judge = Callable[..., Verdict]
NIGHT = "2026-03-11T21:40"


def categories(verdict: Verdict) -> set[Category]:
    return {finding.category for finding in verdict.findings}


def test_a_demand_at_night_asks(judge: Judge) -> None:
    found = [f for f in judge("请各村今晚把报表发我", at=NIGHT).findings if f.category is Category.AFTER_HOURS]
    assert [f.direction for f in found] == [Direction.ASKS]


def test_a_report_of_finished_work_at_night_answers(judge: Judge) -> None:
    found = [
        f for f in judge("整改报告已报区里，三个问题都销号了", at=NIGHT).findings if f.category is Category.AFTER_HOURS
    ]
    assert [f.direction for f in found] == [Direction.ANSWERS]


def test_a_judged_message_leaves_nothing_to_the_garbage_collector(judge: Judge, scene: Scene) -> None:
    def judge_some() -> None:
        for number, text in enumerate(("请各村今晚十点前把报表发我，没交的抓紧", "周六来检查", "收到", "谁没截图？")):
            judge(text, NIGHT, scene, id=str(number))

    judge_some()
    gc.collect()
    gc.disable()
    try:
        judge_some()
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("text", ["你好", "ok", "您好", "好的", "在", "👍"])
def test_a_greeting_is_nothing_at_any_hour(judge: Judge, text: str) -> None:
    verdict = judge(text, at=NIGHT)
    assert (categories(verdict), {*verdict.facts}) == (set(), set())


def test_the_lunch_break_of_a_workday_is_not_after_hours(judge: Judge) -> None:
    assert Category.AFTER_HOURS not in categories(judge("请各村把报表发我", at="2026-03-11T12:30"))


@pytest.mark.parametrize("at", ["2026-03-11T08:30", "2026-03-11T18:00", "2026-02-14T10:00"])
def test_the_edges_and_a_make_up_saturday_are_working_time(judge: Judge, at: str) -> None:
    assert Category.AFTER_HOURS not in categories(judge("请各村把报表发我", at=at))


def test_a_real_emergency_exempts_from_after_hours_and_is_counted(judge: Judge) -> None:
    verdict = judge("山洪来了，河边各组马上转移群众，值班干部立即到岗！", at=NIGHT)
    assert Category.AFTER_HOURS not in categories(verdict)
    assert Fact.URGENT in verdict.facts
    assert verdict.exempt == ("urgent",)


def test_a_declared_emergency_window_exempts_too(judge: Judge, worktime: WorkTime) -> None:
    moment = datetime(2026, 3, 11, 21, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    window = EmergencyWindow(moment - timedelta(hours=1), moment + timedelta(hours=1), "flood")
    verdict = judge("请各村今晚把报表发我", at=NIGHT, scene=Scene(worktime, emergencies=(window,)))
    assert verdict.exempt == ("emergency_window",)
    assert Category.AFTER_HOURS not in categories(verdict)


def test_a_forwarded_demand_is_not_blamed_on_the_forwarder(judge: Judge) -> None:
    assert not judge("请各村今天18点前上传入户截图", forwarded=True).findings


def test_forwarding_work_at_night_is_after_hours(judge: Judge) -> None:
    assert categories(judge("请各村今天18点前上传入户截图", at=NIGHT, forwarded=True)) == {Category.AFTER_HOURS}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "「李主任：请各村今天上传打卡截图」\n- - - - - - - - - -\n知道了", id="a message quoted as WeChat does"
        ),
        pytest.param("> 请各村今天上传打卡截图\n好的", id="a quoted line"),
        pytest.param("县里印发《关于上传打卡截图的通知》", id="the title of a document"),
    ],
)
def test_what_is_quoted_is_not_blamed_on_the_one_who_quotes(judge: Judge, text: str) -> None:
    assert not judge(text).findings


def test_a_message_without_words_is_nothing(judge: Judge) -> None:
    assert judge("……😶").facts == frozenset()


def test_a_message_without_a_time_has_no_finding_about_time(pipeline: Pipeline, worktime: WorkTime) -> None:
    verdict = pipeline.judge(Message(id="1", text="请各村今晚12点前上传打卡截图", at=None), Scene(worktime))
    assert categories(verdict) == {Category.SCREENSHOT_CHECKIN}


def test_evidence_points_into_the_original_text(judge: Judge) -> None:
    text = "請各村  上傳 打 卡 截 圖"
    (found,) = [f for f in judge(text).findings if f.category is Category.SCREENSHOT_CHECKIN]
    assert all(0 <= start < end <= len(text) for start, end in found.spans)


class Broken:
    """A detector that fails on every message."""

    category = Category.AFTER_HOURS
    stage = 0
    trigger = None
    clause = Clause("", "", "")

    def detect(self, reading: Reading, scene: Scene) -> Sequence[Finding]:
        raise ZeroDivisionError(reading.text, scene)


def test_messages_drafted_together_have_the_drafts_that_each_has_alone(pipeline: Pipeline, worktime: WorkTime) -> None:
    at = datetime(2026, 3, 11, 21, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    texts = ["请各村今晚把报表发我", "哈哈", "", "山洪来了，马上转移群众！", "请各村今天上传打卡截图", "我村报表已上报"]
    messages = [Message(str(number), text, at) for number, text in enumerate(texts)]
    messages += [message._replace(forwarded=True) for message in messages]
    scene = Scene(worktime)
    drafts = pipeline.drafts(messages, scene)
    assert drafts == [pipeline.draft(message, scene) for message in messages]
    assert len({draft.verdict.facts for draft in drafts}) > 2


def test_a_failing_detector_is_named_and_the_others_still_judge(pipeline: Pipeline, worktime: WorkTime) -> None:
    with_broken = pipeline.with_detectors([Broken()])
    at = datetime(2026, 3, 11, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    verdict = with_broken.judge(Message(id="1", text="请各村今天上传打卡截图", at=at), Scene(worktime))
    assert verdict.failures == ("after_hours",)
    assert Category.SCREENSHOT_CHECKIN in categories(verdict)


def test_a_year_without_a_calendar_makes_findings_provisional(judge: Judge) -> None:
    found = [f for f in judge("请各村把报表发我", at="2031-03-11T21:40").findings if f.category is Category.AFTER_HOURS]
    assert [f.provisional for f in found] == [True]


SHANGHAI = ZoneInfo("Asia/Shanghai")
DUTY = Shift(datetime(2026, 3, 11, 18, tzinfo=SHANGHAI), datetime(2026, 3, 11, 23, tzinfo=SHANGHAI))


@pytest.mark.parametrize(
    ("at", "exempt"),
    [pytest.param("2026-03-11T21:00", True, id="on duty"), pytest.param("2026-03-12T21:00", False, id="the day after")],
)
def test_duty_hours_exempt_from_the_time_of_day(judge: Judge, worktime: WorkTime, at: str, exempt: bool) -> None:
    on_call = Scene(replace(worktime, duty=DutyRoster((DUTY,))))
    verdict = judge("请各村今晚把排查台账报上来", at, on_call)
    assert (verdict.exempt == ("duty",)) is exempt
    assert (Category.AFTER_HOURS in categories(verdict)) is not exempt


def test_an_edit_is_no_repeat_of_what_came_after_it(judge: Judge, worktime: WorkTime) -> None:
    scene = Scene(worktime)
    judge("请各村报送秸秆禁烧台账", "2026-03-11T09:00", scene, id="1")
    judge("请各村报送秸秆禁烧台账", "2026-03-11T10:00", scene, id="2")
    scene.history.retract("1")
    assert Category.DUPLICATE_COLLECTION not in categories(
        judge("请各村报送秸秆禁烧台账", "2026-03-11T09:00", scene, id="1")
    )

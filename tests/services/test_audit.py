"""What an audit counts of a stream of messages."""

from datetime import date, datetime, timedelta

from bot.core.audit import Source
from bot.core.model import (
    Category,
    Deadline,
    DeadlineKind,
    Direction,
    Fact,
    MessageKind,
    Verdict,
)
from bot.core.workcal import WorkCalendar
from bot.services.audit import Audit, Bounds
from bot.services.audit_findings import RunningFindings
from config.rules import load_rules
from tests.services.make_audit import (
    CLAUSE,
    LATE,
    MONDAY_MORNING,
    TASK,
    WORK,
    ZONE,
    FakeJudge,
    audited,
    found,
    say,
    scene,
)


def test_an_empty_export_gives_an_empty_report() -> None:
    report = audited([])

    assert (report.messages, report.first, report.last, report.chats) == (0, None, None, ())
    assert set(report.categories) == set(Category)


def test_the_period_runs_from_the_first_day_to_the_last_in_any_order() -> None:
    days = [MONDAY_MORNING + timedelta(days=n) for n in (3, 0, 9)]

    report = audited([say(at=at) for at in days])

    assert (report.first, report.last) == (date(2026, 3, 9), date(2026, 3, 18))


def test_a_message_counts_once_in_a_category_and_its_findings_singly() -> None:
    twice = Verdict(TASK, (found(Category.RANKING, "a"), found(Category.RANKING, "b"), found(Category.RECEIPT, "a")))

    report = audited([say("x"), say("x"), say()], {"x": twice})

    count = report.categories[Category.RANKING]
    assert (count.messages, count.findings, count.clause) == (2, 4, CLAUSE)
    assert report.suspected == 2
    assert report.categories[Category.RECEIPT].messages == 2
    assert report.categories[Category.VOTE_LIKE].messages == 0


def test_reasons_stand_most_frequent_first() -> None:
    verdicts = {name: Verdict(TASK, (found(Category.RANKING, name),)) for name in "ab"}

    report = audited([say("a"), say("b"), say("b")], verdicts)

    assert report.categories[Category.RANKING].reasons == (("b", 2), ("a", 1))


def test_weeks_begin_on_monday_and_count_messages_by_category() -> None:
    sunday = MONDAY_MORNING - timedelta(days=1)

    report = audited([say("x", sunday), say("x"), say()], {"x": Verdict(TASK, (found(Category.RANKING),))})

    assert [(week.monday, week.messages, dict(week.suspected)) for week in report.weeks] == [
        (date(2026, 3, 2), 1, {Category.RANKING: 1}),
        (date(2026, 3, 9), 2, {Category.RANKING: 1}),
    ]


def test_the_heat_maps_count_all_messages_and_late_work_by_hour_of_the_week() -> None:
    report = audited(
        [say(), say("late", LATE), say("late", LATE + timedelta(days=6))],
        {"late": Verdict(WORK, outside_hours=True)},
    )

    assert {hour: n for hour, n in enumerate(report.hours) if n} == {9: 1, 21: 1, 6 * 24 + 21: 1}
    assert {hour: n for hour, n in enumerate(report.late_hours) if n} == {21: 1, 6 * 24 + 21: 1}


def test_a_message_without_a_time_is_counted_and_in_no_week() -> None:
    report = audited([say(at=None), say()])

    assert (report.messages, report.undated, sum(report.hours)) == (2, 1, 1)
    assert sum(week.messages for week in report.weeks) == 1


def test_facts_kinds_and_exemptions_are_counted() -> None:
    report = audited(
        [say("task"), say("urgent"), say(kind=MessageKind.PHOTO)],
        {"task": Verdict(TASK), "urgent": Verdict(WORK | {Fact.URGENT}, exempt=("urgent",))},
    )

    assert report.facts == {Fact.DATA_COLLECTION: 0, Fact.TASK: 1, Fact.URGENT: 1, Fact.WORK: 2}
    assert report.kinds == {MessageKind.TEXT: 2, MessageKind.PHOTO: 1}
    assert report.exempt == {"urgent": 1}


def test_after_hours_messages_are_told_apart_by_direction() -> None:
    verdicts = {
        name: Verdict(WORK, (found(Category.AFTER_HOURS, direction=direction),), outside_hours=True)
        for name, direction in (("asks", Direction.ASKS), ("answers", Direction.ANSWERS))
    }

    report = audited([say("asks"), say("answers"), say("answers")], verdicts)

    assert (report.asks, report.answers) == (1, 2)


def test_the_median_lead_counts_working_minutes_once_for_each_message() -> None:
    def due(hours: int) -> Verdict:
        end = Deadline((0, 2), MONDAY_MORNING + timedelta(hours=hours), DeadlineKind.CLOCK)
        late = found(Category.LATE_DEADLINE, deadline=end)
        return Verdict(TASK, (late, late._replace(category=Category.RECEIPT)))

    report = audited([say("a"), say("b"), say("c")], {"a": due(1), "b": due(2), "c": due(9)})

    assert (report.deadlines, report.lead_minutes) == (3, 120)


def test_requests_made_again_are_the_duplicates() -> None:
    again = Verdict(TASK, (found(Category.DUPLICATE_COLLECTION, refers_to="1"),))

    assert audited([say("x"), say("x")], {"x": again}).duplicates == 2


def test_a_judge_that_fails_on_a_message_does_not_end_the_audit() -> None:
    report = audited([say("broken"), say("x")], {"x": Verdict(WORK, failures=("ranking",))})

    assert (report.messages, report.judged, report.failed) == (2, 1, 1)
    assert report.failures == {"ranking": 1}


def test_unknown_years_are_listed_and_provisional_findings_counted() -> None:
    calendar = WorkCalendar(years={2026})
    far = Deadline((0, 2), datetime(2031, 1, 4, 9, tzinfo=ZONE), DeadlineKind.DAY)
    doubtful = Verdict(TASK, (found(Category.LATE_DEADLINE, deadline=far, provisional=True),))
    audit = Audit(FakeJudge({"x": doubtful}), lambda _: scene(calendar=calendar))

    audit.read([say("x"), say(at=datetime(2029, 5, 6, 9, tzinfo=ZONE))])

    report = audit.report()
    assert report.unknown_years == (2029, 2031)
    assert report.provisional == 1


def test_each_chat_has_a_scene_of_its_own_and_keeps_it() -> None:
    judge = FakeJudge()

    Audit(judge, scene).read([say(chat="a"), say(chat="b"), say(chat="a")])

    assert [len(scenes) for scenes in judge.scenes.values()] == [1, 1]
    assert judge.scenes["a"][0] is not judge.scenes["b"][0]


def test_the_scene_unused_for_longest_gives_way() -> None:
    judge = FakeJudge()
    audit = Audit(judge, scene, bounds=Bounds(scenes=2))

    audit.read([say(chat=chat) for chat in "abacab"])

    assert {chat: len(scenes) for chat, scenes in judge.scenes.items()} == {"a": 1, "b": 2, "c": 1}


def test_sources_are_handed_on() -> None:
    source = Source("qq_text", 3, {"no_date": 1}, truncated=True)

    assert Audit(FakeJudge(), scene).report([source]).sources == (source,)


def test_the_real_pipeline_is_audited() -> None:
    audit = Audit(load_rules().pipeline, scene, excerpts=5)

    audit.read(
        [
            say("请各村今晚10点前上传入户走访照片，未上传的通报", LATE, chat="c", sender="1"),
            say("收到", LATE, chat="c", sender="2"),
            say("中午食堂有红烧肉", chat="c", sender="3"),
        ]
    )

    report = audit.report()
    assert (report.messages, report.failed, report.suspected, report.receipts) == (3, 0, 1, 1)
    assert report.failures == {}
    assert {category for category, count in report.categories.items() if count.messages} >= {
        Category.AFTER_HOURS,
        Category.SCREENSHOT_CHECKIN,
        Category.LATE_DEADLINE,
    }


def test_the_median_lead_sums_up_the_deadlines_once() -> None:
    summed: list[int] = []

    class Counting(RunningFindings):
        @property
        def deadlines(self) -> int:
            summed.append(super().deadlines)
            return summed[-1]

    findings = Counting(0)
    findings._leads.update(dict.fromkeys(range(60, 70), 1))

    assert (findings.median_lead(), summed) == (64, [10])

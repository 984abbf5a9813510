from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.audit import AuditReport, ChatLoad, Source, fold_chats, fold_people
from bot.core.model import (
    Category,
    Clause,
    Deadline,
    DeadlineKind,
    Direction,
    Fact,
    Finding,
    Message,
    MessageKind,
    SenderRole,
    Verdict,
)
from bot.core.scene import Scene
from bot.core.workcal import WorkCalendar
from bot.core.worktime import WorkingHours, WorkTime
from bot.services.audit import Audit, Bounds
from config.calendar import load_calendar
from config.rules import load_rules

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


def test_chats_are_numbered_in_the_order_of_the_export_without_their_titles() -> None:
    report = audited([*people(5, chat="b"), *people(6, chat="a")])

    assert [(chat.number, chat.title, chat.messages) for chat in report.chats] == [(1, "", 5), (2, "", 6)]


def test_titles_are_shown_masked_when_they_are_asked_for() -> None:
    report = audited(list(people(5)), titles={"c": "张主任13800138000\x1b工作群"})

    assert report.chats[0].title == "＊＊主任＊＊ 工作群"


def test_the_load_of_a_chat_counts_days_people_tasks_and_receipts() -> None:
    late = Verdict(TASK, (found(Category.AFTER_HOURS),), outside_hours=True)
    messages = [
        *people(6),
        say("收到！", MONDAY_MORNING + timedelta(days=1), chat="c", sender="c1"),
        say("late", LATE, chat="c", sender="c2"),
    ]

    chat = audited(messages, {"late": late}).chats[0]

    assert (chat.messages, chat.days, chat.people) == (8, 2, "6")
    assert (chat.work, chat.tasks, chat.after_hours, chat.receipts, chat.suspected) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("number", "more", "shown"),
    [(0, False, ""), (1, False, "<5"), (4, False, "<5"), (5, False, "5"), (99, True, "99+"), (0, True, "<5")],
)
def test_a_small_number_of_persons_is_folded(number: int, more: bool, shown: str) -> None:
    assert fold_people(number, more=more) == shown


def test_a_chat_of_few_persons_shows_its_size_only_and_so_does_one_more() -> None:
    report = audited([*people(2, chat="small"), *people(30, chat="large"), *people(7, chat="middle")])

    assert [(chat.people, chat.folded) for chat in report.chats] == [("<5", True), ("30", False), ("7", True)]


def test_two_small_chats_need_no_third_to_hide_them() -> None:
    chats = [ChatLoad(n, "", 9, 1, who, 1, 1, 1, 1, 1) for n, who in enumerate(["<5", "<5", "8"], 1)]

    assert [chat.folded for chat in fold_chats(chats)] == [True, True, False]


def test_roles_are_shown_when_three_persons_stand_behind_each() -> None:
    messages = [*people(3, chat="a"), *people(3, chat="b", role=SenderRole.ADMIN), say(role=SenderRole.BOT)]

    assert audited(messages).roles == {SenderRole.MEMBER: 3, SenderRole.ADMIN: 3, SenderRole.BOT: 1}


def test_no_role_is_shown_when_one_of_them_is_two_persons() -> None:
    assert audited([*people(9), *people(2, chat="b", role=SenderRole.ADMIN)]).roles == {}


def test_no_text_is_kept_unless_excerpts_are_asked_for() -> None:
    asked = Verdict(TASK, (found(Category.RANKING),))

    assert audited([say("x")], {"x": asked}).categories[Category.RANKING].excerpts == ()


def test_excerpts_are_masked_and_the_first_that_differ() -> None:
    texts = ["请张主任催一下", "请张主任催一下", "电话13800138000", "第三条"]
    asked = {text: Verdict(TASK, (found(Category.RANKING),)) for text in texts}

    report = audited([say(text) for text in texts], excerpts=2, said=asked)

    assert report.categories[Category.RANKING].excerpts == ("请＊＊主任催一下", "电话＊＊")


def test_nobody_is_quoted_who_answers_at_night() -> None:
    answer = Verdict(WORK, (found(Category.AFTER_HOURS, direction=Direction.ANSWERS),), outside_hours=True)

    report = audited([say("x", LATE)], {"x": answer}, excerpts=5)

    assert report.categories[Category.AFTER_HOURS].excerpts == ()


def test_what_is_kept_does_not_grow_with_the_messages() -> None:
    asked = Verdict(TASK, (found(Category.RANKING),))
    messages = [
        say("x", MONDAY_MORNING + timedelta(weeks=n), chat=f"{n}", sender=f"{n}-{m}")
        for n in range(8)
        for m in range(9)
    ]

    report = audited(messages, {"x": asked}, excerpts=99, bounds=Bounds(chats=3, weeks=4, senders=10))

    assert (report.messages, len(report.weeks), report.suspected) == (72, 4, 72)
    assert (len(report.chats), report.chats_left_out) == (3, 5)
    assert [chat.people for chat in report.chats] == ["9", "<5", "<5"]
    assert len(report.categories[Category.RANKING].excerpts) == 1


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


def test_a_report_names_no_sender() -> None:
    report = audited([say("x", chat="c", sender="user4711")], {"x": Verdict(WORK)})

    assert "4711" not in repr(report)

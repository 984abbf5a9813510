"""The office takes wrong findings back everywhere; people see their own; emergencies and duty are declared."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.errors import BadMoment
from bot.core.exemption import QuietSpan
from bot.core.spans import read_duty, read_quiet, read_until
from bot.core.speech import Act, PostKind
from bot.render.messages import text_of, words_of
from tests.handlers.stage import ADMIN, CHAT, DEMAND, MEMBER, NIGHT, OFFICER, Stage
from tests.handlers.test_response import RECEIPT, sent

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 11, 20, 0, tzinfo=SHANGHAI)
OFFICE_CHAT = -500


def rendered(stage: Stage) -> str:
    """All that waits to be said, as text."""
    speeches = [said.speech for said in stage.said() if said.speech]
    return "\n".join(text_of(speech, words_of(speech, "zh-Hans")) for speech in speeches)


def test_a_finding_marked_wrong_is_taken_back_everywhere_and_can_be_restored() -> None:
    stage = Stage(response="group_hint")
    stage.open_bot(MEMBER, OFFICER)
    stage.play(stage.message(1, RECEIPT))
    sent(stage, "grouphint:1:1")
    counted = stage.counts()
    stage.play(stage.private("/review", by=OFFICER))
    shown = stage.said()[-1]
    assert RECEIPT in rendered(stage)
    stage.press("review.button.wrong", OFFICER, shown)
    assert stage.findings()[0].marked_wrong_at is not None
    assert "finding.receipt" not in stage.counts()
    assert [(said.act, said.of_key) for said in stage.in_group()] == [(Act.DELETE, "grouphint:1:1")]
    stage.press("review.button.wrong", OFFICER, shown)
    assert "finding.receipt" not in stage.counts()  # pressed twice, taken back once
    stage.press("review.button.undo", OFFICER, stage.answers[-1])
    assert stage.findings()[0].marked_wrong_at is None
    assert stage.counts() == counted


def test_a_waiting_hint_of_a_wrong_finding_is_never_sent() -> None:
    stage = Stage(NIGHT, response="private_hint")
    stage.open_bot(MEMBER, OFFICER)
    stage.play(stage.message(1, DEMAND))
    assert [said.chat_id for said in stage.said()] == [MEMBER]
    for _ in stage.findings():
        stage.play(stage.private("/review", by=OFFICER))
        stage.press("review.button.wrong", OFFICER)
    assert [said for said in stage.said() if said.kind is PostKind.HINT] == []


def test_a_hint_that_was_sent_of_a_wrong_finding_becomes_a_line_that_says_so() -> None:
    stage = Stage(response="private_hint")
    stage.open_bot(MEMBER, OFFICER)
    stage.play(stage.message(1, RECEIPT))
    sent(stage, "hint:1:1")
    stage.clock.advance(hours=12)  # at night: an edit in private makes no sound
    stage.play(stage.private("/review", by=OFFICER))
    shown = stage.said()[-1]
    for _ in range(2):
        stage.press("review.button.wrong", OFFICER, shown)
    (edit,) = [said for said in stage.said() if said.chat_id == MEMBER]
    assert (edit.act, edit.of_key, edit.not_before) == (Act.EDIT, "hint:1:1", None)
    assert edit.speech is not None
    assert "工作群" in text_of(edit.speech, words_of(edit.speech, "zh-Hans"))


def test_an_edit_keeps_the_mark_and_says_nothing_more() -> None:
    stage = Stage(response="group_hint")
    stage.open_bot(OFFICER)
    stage.play(stage.message(1, RECEIPT), stage.private("/review", by=OFFICER))
    stage.press("review.button.wrong", OFFICER)
    before = len(stage.in_group())
    stage.play(stage.edit(1, RECEIPT + "！"))
    assert stage.findings()[0].marked_wrong_at is not None
    assert len(stage.in_group()) == before
    stage.play(stage.edit(1, "大家好"))
    assert stage.counts().get("finding.receipt", 0) == 0


@pytest.mark.parametrize("user", [MEMBER, ADMIN])
def test_only_the_office_reviews(user: int) -> None:
    stage = Stage()
    stage.play(stage.message(1, RECEIPT), stage.private("/review", by=user))
    assert stage.texts() == ["status.not_office"]


def test_the_right_is_asked_again_at_each_press() -> None:
    stage = Stage()
    stage.open_bot(OFFICER)
    stage.play(stage.message(1, RECEIPT), stage.private("/review", by=OFFICER))
    stage.press("review.button.wrong", MEMBER)
    assert stage.findings()[0].marked_wrong_at is None
    assert stage.answers[-1].alert


def test_precision_is_shown_of_marks_and_ranks_nobody() -> None:
    stage = Stage()
    stage.open_bot(OFFICER)
    stage.play(*(stage.message(number, RECEIPT) for number in range(1, 6)), stage.private("/review", by=OFFICER))
    shown = stage.said()[-1]
    stage.press("review.button.wrong", OFFICER, shown)
    stage.press("review.button.marks", OFFICER, shown)
    page = stage.answers[-1].speech
    assert page is not None
    assert "80%" in text_of(page, words_of(page, "zh-Hans"))


def test_mine_shows_ones_own_findings_alone_and_what_was_taken_back() -> None:
    stage = Stage()
    stage.open_bot(MEMBER, ADMIN, OFFICER)
    stage.play(stage.message(1, RECEIPT), stage.private("/review", by=OFFICER))
    stage.press("review.button.wrong", OFFICER)
    stage.store.tables.outbox.clear()
    stage.play(stage.private("/mine", by=MEMBER))
    assert stage.texts() == ["mine.intro", "mine.row", "mine.taken_back", "mine.end"]
    stage.store.tables.outbox.clear()
    stage.play(stage.private("/mine", by=ADMIN))
    assert stage.texts() == ["mine.none"]


# Emergencies


def test_urgent_in_the_group_opens_a_window_that_the_office_reviews() -> None:
    stage = Stage(NIGHT, policy={"office_chat": OFFICE_CHAT})
    stage.open_bot(ADMIN)
    stage.play(stage.message(1, "/urgent 23:30 防汛抢险", by=ADMIN), stage.message(2, DEMAND))
    assert stage.findings() == []
    assert stage.counts()["windows"] == 1
    assert stage.counts()["exempt.emergency_window"] == 1
    assert stage.in_group() == []  # at night nothing is said in the group
    (told,) = [said for said in stage.said() if said.chat_id == OFFICE_CHAT]
    stage.press("urgent.button.doubted", OFFICER, told)
    assert stage.store.tables.windows[1].reviewed == "doubted"


def test_a_window_can_be_ended_early() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(ADMIN)
    stage.play(stage.message(1, "/urgent 2小时 山火扑救", by=ADMIN))
    opened = stage.said()[-1]
    stage.clock.advance(minutes=10)
    stage.press("urgent.button.end", ADMIN, opened)
    stage.clock.advance(minutes=1)
    stage.play(stage.message(2, DEMAND))
    assert "after_hours" in stage.categories()


def test_an_anonymous_admin_may_declare_and_a_member_may_not() -> None:
    stage = Stage(NIGHT)
    anonymous = {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
        "sender_chat": {"id": CHAT, "type": "supergroup"},
    }
    stage.play(stage.message(1, "/urgent 23:30 防汛抢险", by=MEMBER))
    assert stage.store.tables.windows == {}
    stage.play(stage.message(2, "/urgent 23:30 防汛抢险", **anonymous))
    assert len(stage.store.tables.windows) == 1
    assert stage.said() == []


def test_urgent_in_private_asks_for_end_and_reason() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(ADMIN)
    stage.play(stage.private("/urgent", by=ADMIN), stage.private("马上", by=ADMIN))
    assert stage.texts() == ["urgent.ask", "errors.moment.until", "urgent.ask"]
    stage.play(stage.private("23:30 防汛抢险", by=ADMIN))
    assert stage.texts()[-1] == "urgent.opened"
    assert rendered(stage)


def test_urgent_in_private_may_say_it_all_at_once() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(ADMIN)
    stage.play(stage.private("/urgent 23:30 防汛抢险", by=ADMIN))
    assert stage.texts() == ["urgent.opened"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        pytest.param("23:30", "errors.moment.no_reason", id="no reason"),
        pytest.param("500小时 防汛", "errors.moment.too_long", id="too long"),
        pytest.param("0小时 防汛", "errors.moment.too_long", id="no time at all"),
    ],
)
def test_no_window_is_without_an_end_and_a_reason(words: str, key: str) -> None:
    stage = Stage(NIGHT)
    stage.open_bot(ADMIN)
    stage.play(stage.private(f"/urgent {words}", by=ADMIN))
    assert stage.texts() == [key, "urgent.ask"]
    assert rendered(stage)
    assert stage.store.tables.windows == {}


# Duty and quiet days


def test_an_admin_types_the_groups_duty_hours() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(ADMIN)
    stage.play(stage.private("/duty", by=ADMIN))
    stage.press("setup.choose.as_is", ADMIN)
    stage.play(stage.private("2026-03-11 20:00-23:00 值班", by=ADMIN), stage.message(1, DEMAND))
    assert stage.texts()[-2:] == ["exempt.duty.done", "exempt.line"]
    assert stage.findings() == []


def test_the_office_types_its_quiet_days_and_a_line_that_cannot_be_read_changes_nothing() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(OFFICER)
    stage.play(stage.private("/quiet", by=OFFICER))
    stage.press("exempt.button.office", OFFICER)
    stage.play(stage.private("3月12日 无会日\n哪天都行", by=OFFICER))
    assert stage.store.tables.quiet == {}
    stage.play(stage.private("3月12日 无会日", by=OFFICER))
    assert list(stage.store.tables.quiet.values()) == [QuietSpan(date(2026, 3, 12), date(2026, 3, 12), "无会日")]
    assert rendered(stage)


def test_a_member_may_set_nothing() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(MEMBER)
    stage.play(stage.private("/duty", by=MEMBER))
    assert stage.texts() == ["settings.no_group"]


@pytest.mark.parametrize(
    ("text", "end", "reason"),
    [
        pytest.param("22:00 防汛抢险", NOW.replace(hour=22), "防汛抢险", id="a clock time today"),
        pytest.param("06:00，山火扑救", NOW.replace(day=12, hour=6), "山火扑救", id="a clock time tomorrow"),
        pytest.param("3小时 抢修", NOW + timedelta(hours=3), "抢修", id="hours"),
        pytest.param("3h repair", NOW + timedelta(hours=3), "repair", id="hours in English"),
        pytest.param("３月１３日 08：00 疫情", NOW.replace(day=13, hour=8), "疫情", id="a day in full width"),
    ],
)
def test_the_end_of_an_emergency_is_read(text: str, end: datetime, reason: str) -> None:
    assert read_until(text, NOW, SHANGHAI) == (end, reason)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        pytest.param("2026-03-11 18:00-23:00 值班", (11, 18), (11, 23), id="one evening"),
        pytest.param("3月11日 20:00至08:00", (11, 20), (12, 8), id="over midnight"),
        pytest.param("3-11 18:00 - 3-13 08:00 防汛", (11, 18), (13, 8), id="over days"),
        pytest.param("3/11 18:00~24:00", (11, 18), (12, 0), id="to midnight"),
    ],
)
def test_a_line_of_duty_is_read(line: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    (duty,) = read_duty(line, NOW.date(), SHANGHAI)
    assert ((duty.start.day, duty.start.hour), (duty.end.day, duty.end.hour)) == (start, end)


@pytest.mark.parametrize("line", ["值班", "3-11", "3-11 18:00", "13-45 18:00-19:00", "3-11 25:00-26:00"])
def test_a_line_that_is_no_duty_names_itself(line: str) -> None:
    with pytest.raises(BadMoment):
        read_duty(f"3-11 18:00-19:00\n{line}", NOW.date(), SHANGHAI)


def test_quiet_days_are_read_as_one_day_or_a_span() -> None:
    spans = read_quiet("3-12\n3月13日至3月15日 培训", NOW.date())
    assert [(span.first.day, span.last.day, span.note) for span in spans] == [(12, 12, ""), (13, 15, "培训")]

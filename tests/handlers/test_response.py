"""What follows from a finding: as the group chose, in working time, seldom, and taken back when it was wrong."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.exemption import QuietSpan
from bot.core.speech import Act, Outgoing, PostKind
from tests.handlers.stage import ADMIN, CHAT, DEMAND, MEMBER, MORNING, NIGHT, SHANGHAI, Stage

RECEIPT = "请各村看到后逐一回复收到"
NEXT_MORNING = datetime(2026, 3, 12, 8, 30, tzinfo=SHANGHAI)


def acts(stage: Stage) -> list[Act]:
    return [outgoing.act for outgoing in stage.said()]


def sent(stage: Stage, key: str, message_id: int = 500) -> None:
    """Let an entry have been sent."""
    rows = stage.store.tables.outbox
    for number, row in rows.items():
        if row.entry.outgoing.key == key:
            rows[number] = type(row)(row.entry, "sent", None, stage.clock.now(), message_id)


# Quiet sign


def test_a_quiet_sign_is_announced_once_and_set_on_an_admins_message() -> None:
    stage = Stage(response="quiet_sign")
    stage.play(stage.message(1, RECEIPT, by=ADMIN), stage.message(2, RECEIPT, by=ADMIN))
    assert acts(stage) == [Act.SEND, Act.REACT, Act.REACT]
    assert stage.texts() == ["hint.sign_means"]
    assert [outgoing.message_id for outgoing in stage.said()] == [None, 1, 2]
    assert {outgoing.kind for outgoing in stage.said()} == {PostKind.NOTICE}
    assert stage.group().announced_sign
    assert len(stage.store.tables.posts) == 1


def test_no_sign_is_set_on_a_members_message() -> None:
    stage = Stage(response="quiet_sign")
    stage.play(stage.message(1, RECEIPT, by=MEMBER))
    assert stage.said() == []


def test_a_sign_at_night_waits_for_working_time() -> None:
    stage = Stage(NIGHT, response="quiet_sign", announced_sign=True)
    stage.play(stage.message(1, DEMAND, by=ADMIN))
    assert [outgoing.not_before for outgoing in stage.said()] == [NEXT_MORNING]
    assert all(outgoing.drop_after and outgoing.drop_after.hour < 19 for outgoing in stage.said())


def test_without_room_for_the_announcement_there_is_no_sign() -> None:
    stage = Stage(response="quiet_sign", policy={"posts_per_week": 0})
    stage.play(stage.message(1, RECEIPT, by=ADMIN))
    assert stage.said() == []


def test_an_edit_that_mends_the_message_removes_the_sign() -> None:
    stage = Stage(response="quiet_sign", announced_sign=True)
    stage.play(stage.message(1, RECEIPT, by=ADMIN))
    sent(stage, "sign:1:1", 1)
    stage.play(stage.edit(1, "请各村阅知，无需回复", by=ADMIN))
    assert [(o.act, o.message_id, o.emoji, o.kind) for o in stage.said()] == [(Act.REACT, 1, "", PostKind.HOUSEKEEPING)]


# Private hint


def test_a_private_hint_says_what_why_and_how_better_to_the_sender_alone() -> None:
    stage = Stage(response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, RECEIPT))
    (hint,) = stage.said()
    assert (hint.chat_id, hint.kind, hint.silent, hint.not_before) == (MEMBER, PostKind.HINT, True, None)
    assert stage.texts() == ["hint.private", "hint.finding", "hint.private_end"]


def test_nobody_is_written_to_who_has_not_opened_the_bot() -> None:
    stage = Stage(response="private_hint")
    stage.play(stage.message(1, RECEIPT))
    assert stage.said() == []


def test_at_night_nobody_is_disturbed_and_the_next_working_moment_is_named() -> None:
    stage = Stage(NIGHT, response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, DEMAND))
    (hint,) = stage.said()
    assert hint.not_before == NEXT_MORNING
    assert "hint.later" in stage.texts()


def test_one_hint_a_day_is_enough() -> None:
    stage = Stage(response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, RECEIPT), stage.message(2, RECEIPT), stage.edit(1, RECEIPT + "！"))
    assert len(stage.said()) == 1
    stage.clock.advance(days=1)
    stage.play(stage.message(3, RECEIPT))
    assert len(stage.said()) == 2


def test_an_answer_at_night_is_never_hinted_at() -> None:
    stage = Stage(NIGHT, response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, "我村台账已报，请查收"))
    assert stage.categories() == {"after_hours"}
    assert stage.said() == []


def test_a_provisional_finding_is_never_hinted_at() -> None:
    stage = Stage(NIGHT.replace(year=2028), response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, DEMAND))
    assert stage.findings()
    assert stage.said() == []


@pytest.mark.parametrize(
    ("was_sent", "expected"),
    [
        pytest.param(False, [], id="a waiting hint is cancelled"),
        pytest.param(True, [(Act.DELETE, MEMBER, "hint:1:1")], id="one that was sent is deleted"),
    ],
)
def test_an_edit_that_mends_the_message_takes_the_hint_back(was_sent: bool, expected: list[Any]) -> None:
    stage = Stage(response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, RECEIPT))
    if was_sent:
        sent(stage, "hint:1:1")
    stage.play(stage.edit(1, "请各村阅知，无需回复"))
    assert [(o.act, o.chat_id, o.of_key) for o in stage.said()] == expected


def test_an_edit_that_brings_a_demand_in_is_hinted_at() -> None:
    stage = Stage(response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, "大家好"), stage.edit(1, RECEIPT))
    assert len(stage.said()) == 1


# Group hint


def in_group(stage: Stage) -> Outgoing:
    (hint,) = stage.said()
    return hint


def test_a_group_hint_names_nobody_answers_nothing_and_removes_itself() -> None:
    stage = Stage(response="group_hint")
    stage.play(stage.message(1, RECEIPT, message_thread_id=9, is_topic_message=True))
    hint = in_group(stage)
    assert (hint.chat_id, hint.kind, hint.reply_to, hint.thread_id) == (CHAT, PostKind.NOTICE, None, 9)
    assert hint.delete_after == 3600
    assert stage.texts() == ["hint.group", "hint.advice", "hint.goes_away"]


def test_a_group_hint_comes_once_a_day_and_thrice_a_week() -> None:
    stage = Stage(response="group_hint")  # 2026-03-11 is a Wednesday
    for _ in range(9):
        number = stage.ids + 10
        stage.play(stage.message(number, RECEIPT), stage.message(number + 1, RECEIPT))
        stage.clock.advance(days=1)
    days = [outgoing.key for outgoing in stage.said()]
    assert len(days) == 4  # Wednesday, Thursday, Friday, and one a week later
    assert len(stage.store.tables.posts) == 4


def test_a_group_hint_at_night_waits_for_working_time() -> None:
    stage = Stage(NIGHT, response="group_hint")
    stage.play(stage.message(1, DEMAND))
    assert in_group(stage).not_before == NEXT_MORNING


def test_a_quiet_day_is_quiet_for_the_bot_too() -> None:
    stage = Stage(MORNING, response="group_hint")
    stage.store.tables.quiet[1] = QuietSpan(MORNING.date(), MORNING.date())
    stage.play(stage.message(1, RECEIPT))
    assert in_group(stage).not_before == NEXT_MORNING


def test_nothing_follows_from_what_is_a_day_old() -> None:
    stage = Stage(MORNING, response="group_hint")
    late = stage.message(1, RECEIPT)
    stage.clock.advance(days=1, hours=1)
    stage.play(late)
    assert stage.findings()
    assert stage.said() == []


def test_nothing_is_planned_where_no_working_time_is_surely_known() -> None:
    stage = Stage(datetime(2026, 12, 31, 20, tzinfo=SHANGHAI), response="group_hint")
    stage.play(stage.message(1, RECEIPT))
    assert stage.findings()
    assert stage.said() == []


def test_every_hint_can_be_rendered_in_every_language() -> None:
    from bot.render.messages import text_of, words_of  # noqa: PLC0415

    for language in ("zh-Hans", "zh-Hant", "en"):
        for response in ("quiet_sign", "private_hint", "group_hint"):
            stage = Stage(NIGHT, response=response, language=language)
            stage.open_bot(ADMIN)
            stage.play(stage.message(1, DEMAND, by=ADMIN))
            speeches = [said.speech for said in stage.said() if said.speech]
            assert speeches
            assert all(text_of(speech, words_of(speech, language)) for speech in speeches)


def test_a_hint_is_dropped_rather_than_sent_much_later() -> None:
    stage = Stage(MORNING, response="private_hint")
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, RECEIPT))
    assert stage.said()[0].drop_after == MORNING + timedelta(hours=10)

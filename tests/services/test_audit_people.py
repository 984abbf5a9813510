"""What an audit tells of chats and people: sizes that are folded, masked words, and never a name."""

from datetime import timedelta

import pytest

from bot.core.audit import ChatLoad, fold_chats, fold_people
from bot.core.model import (
    Category,
    Direction,
    SenderRole,
    Verdict,
)
from bot.services.audit import Bounds
from tests.services.make_audit import LATE, MONDAY_MORNING, TASK, WORK, audited, found, people, say


def test_chats_are_numbered_in_the_order_of_the_export_without_their_titles() -> None:
    report = audited([*people(5, chat="b"), *people(6, chat="a")])

    assert [(chat.number, chat.title, chat.messages) for chat in report.chats] == [(1, "", 5), (2, "", 6)]


def test_titles_are_shown_masked_when_they_are_asked_for() -> None:
    report = audited(list(people(5)), titles={"c": "张主任13800138000\x1b工作群"})

    assert report.chats[0].title == "＊＊主任＊＊工作群"


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


def test_the_only_chat_folds_its_people_and_shows_what_the_totals_show() -> None:
    chat = audited([*people(2), *people(2, "x")], {"x": Verdict(TASK, (found(Category.RANKING),))}).chats[0]

    assert (chat.people, chat.folded, chat.work, chat.suspected) == ("<5", False, 2, 2)


def test_a_small_chat_beside_chats_without_a_line_is_folded() -> None:
    report = audited([*people(2, chat="a"), *people(2, chat="b")], bounds=Bounds(chats=1))

    assert [chat.folded for chat in report.chats] == [True]


@pytest.mark.parametrize(
    ("chats", "bounds", "left_out"),
    [
        pytest.param("abcbc", Bounds(chats=1), 2, id="by turns"),
        pytest.param("abbb", Bounds(chats=1), 1, id="one after another"),
        pytest.param("abcdebcde", Bounds(chats=1, left_out=3), 3, id="more than are counted"),
    ],
)
def test_a_chat_without_a_line_is_left_out_once(chats: str, bounds: Bounds, left_out: int) -> None:
    assert audited([say(chat=chat) for chat in chats], bounds=bounds).chats_left_out == left_out


def test_two_small_chats_need_no_third_to_hide_them() -> None:
    chats = [ChatLoad(n, "", 9, 1, who, 1, 1, 1, 1, 1) for n, who in enumerate(["<5", "<5", "8"], 1)]

    assert [chat.folded for chat in fold_chats(chats)] == [True, True, False]


def test_roles_are_shown_when_three_persons_stand_behind_each() -> None:
    messages = [*people(3, chat="a"), *people(3, chat="b", role=SenderRole.ADMIN), say(role=SenderRole.BOT)]

    assert audited(messages).roles == {SenderRole.MEMBER: 3, SenderRole.ADMIN: 3, SenderRole.BOT: 1}


def test_who_writes_in_two_roles_stands_behind_both() -> None:
    messages = [*people(5, role=SenderRole.UNKNOWN), *people(3, role=SenderRole.ADMIN)]

    assert audited(messages).roles == {SenderRole.UNKNOWN: 5, SenderRole.ADMIN: 3}


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


def test_a_report_names_no_sender() -> None:
    report = audited([say("x", chat="c", sender="user4711")], {"x": Verdict(WORK)})

    assert "4711" not in repr(report)

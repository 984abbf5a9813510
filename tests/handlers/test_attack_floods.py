"""Floods by one and by many: the office, other people and memory are spared, and the honest are still answered."""

from typing import Any

import pytest

from bot.core.group import GroupState
from bot.core.speech import Outgoing
from handlers import admins, feedback, rights
from handlers.limits import KEPT, Allowed, Limits
from tests.fakes import FixedClock
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage

OFFICE = -1009
ANONYMOUS = 1087968824


def _to_office(stage: Stage) -> list[Outgoing]:
    return [said for said in stage.said() if said.chat_id == OFFICE]


def _limited(stage: Stage, per_minute: int) -> None:
    stage.dispatcher.limits = Limits(per_minute)


def test_one_person_does_not_drown_the_office_in_words():
    stage = Stage(policy={"office_chat": OFFICE})
    for _ in range(40):
        stage.play(stage.private("/feedback 意见"))
    assert len(_to_office(stage)) == feedback.OF_ONE
    assert stage.texts()[-1] == "feedback.too_many"
    stage.clock.advance(hours=1)
    stage.play(stage.private("/feedback 意见"))
    assert stage.texts()[-1] == "feedback.sent"


def test_many_people_do_not_either():
    stage = Stage(policy={"office_chat": OFFICE})
    for person in range(1000, 1200):
        stage.play(stage.private("/feedback 意见", by=person))
    assert len(_to_office(stage)) == feedback.OF_ALL


@pytest.mark.parametrize("private", [True, False])
def test_emergencies_without_end_are_refused(private):
    stage = Stage(policy={"office_chat": OFFICE})
    stage.open_bot(ADMIN)
    for number in range(15):
        command = "/urgent 23:00 防汛抢险"
        stage.play(stage.private(command, by=ADMIN) if private else stage.message(number + 1, command, by=ADMIN))
    assert len(_to_office(stage)) == 10
    assert len(stage.store.tables.windows) == 10
    assert "errors.moment.too_many_windows" in stage.texts()


@pytest.mark.parametrize("state", [GroupState.JOINED, GroupState.LEFT])
def test_a_group_that_is_not_watched_declares_no_emergency(state):
    stage = Stage(policy={"office_chat": OFFICE}, state=state)
    stage.open_bot(ADMIN)
    anonymous = {"sender_chat": {"id": CHAT, "type": "supergroup", "title": "x"}}
    stage.play(stage.message(1, "/urgent 23:00 防汛抢险", by=ADMIN))
    stage.play(stage.message(2, "/urgent 23:00 防汛抢险", by=ANONYMOUS, **anonymous))
    assert _to_office(stage) == []
    assert stage.store.tables.windows == {}


def test_a_channel_or_another_group_is_no_admin():
    stage = Stage(policy={"office_chat": OFFICE})
    for other, user in ((-1002, ANONYMOUS), (-1003, 136817688), (-1004, 777000)):
        sender = {"sender_chat": {"id": other, "type": "channel", "title": "x"}}
        stage.play(stage.message(1, "/urgent 23:00 防汛抢险", by=user, **sender))
    stage.play(stage.message(2, "/urgent 23:00 防汛抢险", by=ANONYMOUS))
    assert _to_office(stage) == []


def test_an_anonymous_admin_of_one_group_does_not_use_up_the_limit_of_another():
    stage = Stage(policy={"office_chat": OFFICE})
    _limited(stage, 3)
    elsewhere = {"id": -100777, "type": "supergroup", "title": "x"}
    for number in range(10):
        flood = {"chat": elsewhere, "sender_chat": elsewhere}
        stage.play(stage.message(number + 1, "/urgent 23:00 x", by=ANONYMOUS, **flood))
    own = {"id": CHAT, "type": "supergroup", "title": "x"}
    stage.play(stage.message(99, "/urgent 23:00 防汛抢险", by=ANONYMOUS, sender_chat=own))
    assert len(stage.store.tables.windows) == 1


def test_a_flood_of_secrets_is_warned_of_once():
    stage = Stage()
    stage.open_bot(MEMBER)
    for number in range(30):
        stage.play(stage.message(number + 1, "机密★ 请传达"))
    assert len(stage.said()) == 1
    stage.clock.advance(minutes=11)
    stage.play(stage.message(99, "机密★ 请传达"))
    assert len(stage.said()) == 2


def test_a_flood_of_private_words_is_told_once_and_then_nothing():
    stage = Stage()
    _limited(stage, 5)
    for _ in range(50):
        stage.play(stage.private("x"))
    assert stage.texts().count("live_upkeep.too_many") == 1
    assert len(stage.said()) == 6


def test_a_flood_of_commands_in_a_group_leaves_one_line_in_it():
    stage = Stage()
    for number in range(60):
        stage.play(stage.message(number + 1, "/help", by=1000 + number))
    assert len(stage.in_group()) == 1


def test_what_is_remembered_of_people_has_bounds():
    stage = Stage()
    known = rights._Known()
    limits, clock = Limits(5), FixedClock()
    for person in range(KEPT + 500):
        known.keep(-1, person, admin=False, now=clock.now())
        assert limits.count(str(person), clock.now()) is Allowed.YES
    assert len(known.answers) <= rights.KEPT
    assert len(limits._counts) <= KEPT
    groups = stage.dispatcher.application.bot_data.setdefault("admins", {})
    groups.update({-1_002_000 - n: admins._Known(frozenset(), clock.now()) for n in range(admins.KEPT + 500)})
    stage.play(stage.message(1, "好"))
    assert len(groups) <= admins.KEPT


def test_messages_of_strange_chats_and_topics_leave_nothing_in_memory_for_ever():
    stage = Stage(is_forum=True)
    stage.play(
        *(stage.message(1, "好", chat={"id": -n, "type": "supergroup", "title": "x"}) for n in range(5000, 7500)),
        *(stage.message(n, "请报表", message_thread_id=n, is_topic_message=True) for n in range(2, 3000)),
    )
    scenes = stage.runtime.scenes
    assert len(scenes._places) <= 2000
    assert len(scenes._kept) <= 2


LINES: tuple[tuple[str, str], ...] = (
    ("duty", "0001-01-01 00:00-01:00"),
    ("duty", "9999-12-31 23:00-22:00"),
    ("duty", "9999-12-31 10:00-11:00"),
    ("duty", "11-23 18:00-23:00\n" * 201),
    ("duty", "11-23" + " " * 4000 + "18:00"),
    ("duty", "11-23 18:00" + "-" * 4000),
    ("quiet", "9999-12-31"),
    ("quiet", "0001-01-01 x"),
    ("quiet", "11-24" + "至" * 4000),
    ("quiet", "11-24 " + "ﷺ" * 4000),
    ("quiet", "'; DROP TABLE groups; --"),
)


@pytest.mark.parametrize(("kind", "lines"), LINES)
def test_a_roster_that_no_office_means_is_refused_with_words(kind, lines):
    stage = Stage()
    stage.play(stage.private(f"/{kind}", by=OFFICER))
    stage.press("exempt.button.office", OFFICER)
    stage.play(stage.private(lines, by=OFFICER))
    assert stage.texts()[-2].startswith("errors.moment.")
    assert not stage.store.tables.duty
    assert not stage.store.tables.quiet


@pytest.mark.parametrize("hours", ["Mon " + " ".join(["08:00-08:01"] * 300), "周一" * 200, "Mon" + "-" * 4000])
def test_hours_without_measure_are_refused(hours):
    stage = Stage()
    stage.play(stage.private("/settings", by=ADMIN))
    stage.press("settings.button.hours", ADMIN)
    before: Any = stage.group()
    stage.play(stage.private(hours, by=ADMIN))
    assert stage.group() == before

"""The sender against a scripted platform: said at most once, obeyed limits, remembered refusals."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from bot.core.group import Group, GroupState
from bot.core.speech import Act, Outgoing, PostKind
from handlers.sender import LEASE
from tests.fakes import FixedClock
from tests.handlers.parts import GROUP, Refused, default
from tests.handlers.sender_stage import Stage, answer, caused, failing_with

OTHER = -1002


def test_what_is_due_is_sent_with_words_in_its_language_and_marked():
    stage = Stage()
    stage.run(answer(silent=False))
    (given,) = stage.request.made("sendMessage")
    assert given["text"] == "That was a lot at once. Please wait a minute."
    assert given["parse_mode"] == "HTML"
    assert stage.states == [("sent", "")]


def test_one_chat_is_served_in_order_one_at_a_time():
    stage = Stage()
    stage.run(answer(), answer(43), answer(), steps=1)
    assert sorted(stage.sent) == [42, 43]
    assert [state for state, _ in stage.states] == ["sent", "sent", "waiting"]


def test_a_flood_limit_holds_back_its_own_chat_alone():
    def script(method: str, given: dict[str, Any]) -> Any:
        if int(given["chat_id"]) == 42:
            raise Refused(429, "Too Many Requests: retry after 30", retry_after=30)
        return default(method)

    stage = Stage(script)
    stage.run(answer(), answer(43), answer(43), steps=3)
    assert stage.sent == [42, 43, 43]
    assert [state for state, _ in stage.states] == ["waiting", "sent", "sent"]
    stage.clock.advance(seconds=40)
    stage.request.script = lambda method, _: default(method)
    stage.run()
    assert [state for state, _ in stage.states] == ["sent", "sent", "sent"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        pytest.param(caused(TimedOut(), httpx.ReadTimeout("")), ("dropped", "unsure"), id="no answer came in time"),
        pytest.param(
            caused(NetworkError(""), httpx.RemoteProtocolError("")), ("dropped", "unsure"), id="the line went dead"
        ),
        pytest.param(Refused(502, "Bad Gateway"), ("dropped", "unsure"), id="a gateway does not know"),
        pytest.param(caused(NetworkError(""), httpx.ConnectError("")), ("sent", ""), id="no line at all"),
        pytest.param(caused(TimedOut(), httpx.ConnectTimeout("")), ("sent", ""), id="no line in time"),
        pytest.param(Refused(500, "Internal Server Error"), ("sent", ""), id="the platform says that it failed"),
    ],
)
def test_only_what_was_surely_not_sent_is_sent_again_after(error, state):
    stage = Stage(failing_with(error))
    stage.run(answer(), steps=4)
    assert stage.states == [state]


def test_an_edit_may_be_repeated_when_no_answer_came():
    stage = Stage(failing_with(caused(TimedOut(), httpx.ReadTimeout(""))))
    stage.run(answer(act=Act.EDIT, message_id=7), steps=4)
    assert [given["message_id"] for given in stage.request.made("editMessageText")] == [7, 7]
    assert stage.states == [("sent", "")]


def test_what_was_being_sent_when_the_process_died_is_not_sent_again():
    stage = Stage()

    async def died() -> None:
        async with stage.store.begin() as work:
            await work.outbox.add([answer(), answer(43)], stage.clock.now())
            await work.outbox.claim(1, stage.clock.now())
            await work.leases.take(LEASE, "the dead one", stage.clock.now(), 5)
            await work.commit()

    asyncio.run(died())
    stage.run()
    assert stage.sent == []
    stage.clock.advance(seconds=6)
    stage.run(steps=2)
    assert stage.sent == [43]


def test_who_blocked_the_bot_is_remembered():
    stage = Stage(failing_with(Refused(403, "Forbidden: bot was blocked by the user")))
    person = stage.runtime.vault.pseudonym("person", 42)

    async def opened() -> None:
        async with stage.store.begin() as work:
            await work.people.opened(person, "en", stage.clock.now())
            await work.commit()

    asyncio.run(opened())
    stage.run(answer())
    assert stage.states == [("dropped", "refused")]
    assert not stage.store.tables.people[person].reachable


def test_a_group_that_the_bot_was_thrown_out_of_is_left():
    stage = Stage(failing_with(Refused(403, "Forbidden: bot was kicked from the supergroup chat")))
    stage.run(answer(GROUP), groups=[Group(GROUP, "x", state=GroupState.WATCHING)])
    (group,) = stage.store.tables.groups.values()
    assert (group.state, group.left_at) == (GroupState.LEFT, stage.store.tables.gaps[1].since)


def test_a_migrated_group_is_followed():
    stage = Stage(failing_with(Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=OTHER)))
    stage.run(answer(GROUP), answer(GROUP), steps=3, groups=[Group(GROUP, "x")])
    assert stage.sent == [GROUP, OTHER, OTHER]
    assert stage.store.tables.groups[1].chat_id == OTHER


@pytest.mark.parametrize(
    ("entry", "said", "state"),
    [
        pytest.param(
            answer(act=Act.EDIT, message_id=7),
            "Bad Request: message is not modified: x",
            "sent",
            id="edited to the same",
        ),
        pytest.param(
            Outgoing(42, PostKind.HOUSEKEEPING, Act.DELETE, message_id=7),
            "Bad Request: message to delete not found",
            "sent",
            id="deleted already",
        ),
        pytest.param(answer(), "Bad Request: chat not found", "dropped", id="no such chat"),
        pytest.param(
            Outgoing(GROUP, PostKind.NOTICE, Act.REACT, message_id=7, emoji="👀"),
            "Bad Request: REACTION_INVALID",
            "dropped",
            id="reactions are off",
        ),
    ],
)
def test_a_bad_request_is_not_repeated(entry, said, state):
    stage = Stage(failing_with(Refused(400, said), times=9))
    stage.run(entry, steps=3)
    assert [each for each, _ in stage.states] == [state]
    assert len(stage.request.calls) == 1


def test_what_belongs_into_a_topic_that_is_gone_is_said_nowhere_else():
    stage = Stage(failing_with(Refused(400, "Bad Request: message thread not found")))
    stage.run(answer(GROUP, thread_id=5))
    assert [given.get("message_thread_id") for given in stage.request.made("sendMessage")] == [5]
    assert [state for state, _ in stage.states] == ["dropped"]


def test_what_is_said_in_a_group_waits_for_working_time_and_lets_tidying_pass():
    stage = Stage()
    stage.clock.advance(hours=10)  # 20:00 in Shanghai
    tidying = Outgoing(GROUP, PostKind.HOUSEKEEPING, Act.DELETE, message_id=5)
    stage.run(answer(GROUP, kind=PostKind.NOTICE), answer(GROUP), tidying, steps=4)
    assert stage.states == [("waiting", ""), ("waiting", ""), ("sent", "")]
    stage.clock.advance(hours=12, minutes=31)
    stage.run(steps=2)
    assert [state for state, _ in stage.states] == ["sent"] * 3


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(answer(drop_after=FixedClock().now() - timedelta(seconds=1)), id="its time is over"),
        pytest.param(
            answer(GROUP, kind=PostKind.NOTICE, drop_after=FixedClock().now() + timedelta(hours=11)),
            id="its time ends before work begins",
        ),
    ],
)
def test_what_is_too_late_is_dropped(entry):
    stage = Stage()
    if entry.kind is PostKind.NOTICE:
        stage.clock.advance(hours=10)
    stage.run(entry)
    assert stage.request.calls == []
    assert [state for state, _ in stage.states] == ["dropped"]


def test_a_hint_deletes_itself():
    stage = Stage()
    stage.run(answer(GROUP, delete_after=60))
    stage.clock.advance(seconds=61)
    stage.run()
    assert [given["message_id"] for given in stage.request.made("deleteMessage")] == [900]


def test_what_is_edited_can_be_named_by_the_entry_that_sent_it():
    stage = Stage()
    stage.run(answer(key="menu"), answer(act=Act.EDIT, of_key="menu"), steps=2)
    assert [given["message_id"] for given in stage.request.made("editMessageText")] == [900]

"""What a watched group leaves in the database: findings and counts, once each, and nothing of what must not be kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loguru import logger

from bot.core.group import GENERAL, GroupState
from bot.core.model import Category, SenderRole
from handlers.watch import settle, take_raw
from tests.handlers.stage import ADMIN, CHAT, COUNTED, DEMAND, FOUND, MEMBER, NIGHT, Stage

CHANNEL = -100777
MARKED = "【机密】关于某项工作的通知，请各村今晚报送"


def test_a_demand_at_night_is_found_and_counted() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, DEMAND))
    assert stage.categories() == {"after_hours", "late_deadline"}
    assert stage.counts() == COUNTED | FOUND
    stored = stage.findings()[0]
    assert stored.sender == stage.runtime.vault.pseudonym("sender", MEMBER)
    assert (stored.role, stored.excerpt, stored.at) == (SenderRole.MEMBER, DEMAND, NIGHT)
    assert stored.expires_at == NIGHT + timedelta(days=30)


def test_nothing_is_said_of_it_where_the_group_only_watches() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, DEMAND))
    assert stage.said() == []


@pytest.mark.parametrize("state", [GroupState.JOINED, GroupState.LEFT])
def test_of_a_group_that_is_not_watched_nothing_is_kept(state: GroupState) -> None:
    stage = Stage(NIGHT, state=state)
    stage.play(stage.message(1, DEMAND))
    assert (stage.counts(), stage.findings()) == ({}, [])


def test_of_an_unknown_group_nothing_is_kept() -> None:
    stage = Stage(NIGHT, empty=True)
    stage.play(stage.message(1, DEMAND))
    assert (stage.counts(), stage.findings()) == ({}, [])


def test_whoever_answers_at_night_is_not_quoted() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, "我村台账已报，请查收"))
    assert stage.counts()["answers"] == 1
    assert [stored.excerpt for stored in stage.findings()] == [""]


def test_an_excerpt_is_the_sentence_of_the_evidence_alone() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, f"今天天气不错。{DEMAND}。大家辛苦了！张伟电话13800138000"))
    assert {stored.excerpt for stored in stage.findings()} == {f"{DEMAND}。"}


@pytest.mark.parametrize(
    ("fields", "role", "known"),
    [
        pytest.param({"by": ADMIN}, SenderRole.ADMIN, True, id="an admin"),
        pytest.param({"sender_chat": {"id": CHAT, "type": "supergroup"}}, SenderRole.ADMIN, False, id="anonymous"),
        pytest.param({"sender_chat": {"id": CHANNEL, "type": "channel"}}, SenderRole.CHANNEL, False, id="a channel"),
    ],
)
def test_roles_are_kept_and_stand_ins_have_no_hash(fields: dict[str, Any], role: SenderRole, known: bool) -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, DEMAND, **fields))
    assert {(stored.role, bool(stored.sender)) for stored in stage.findings()} == {(role, known)}


def test_an_album_is_one_event_and_its_caption_is_judged() -> None:
    stage = Stage(NIGHT)
    photo = {"photo": [{"file_size": 1}], "media_group_id": "a"}
    stage.play(stage.message(1, **photo), stage.message(2, caption=DEMAND, **photo), stage.message(3, **photo))
    assert stage.counts() == COUNTED | FOUND
    assert {stored.message_id for stored in stage.findings()} == {2}


def forward(stage: Stage, number: int) -> dict[str, Any]:
    origin = {"type": "channel", "chat": {"id": CHANNEL, "type": "channel"}, "message_id": 55, "date": 1}
    channel = {"id": CHANNEL, "type": "channel", "title": "c"}
    sender = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    return stage.message(
        number, DEMAND, sender_chat=channel, is_automatic_forward=True, forward_origin=origin, **{"from": sender}
    )


def post(stage: Stage) -> dict[str, Any]:
    channel = {"id": CHANNEL, "type": "channel", "title": "c"}
    return stage.message(55, DEMAND, kind="channel_post", chat=channel, sender_chat=channel)


@pytest.mark.parametrize("first", [True, False], ids=["post first", "forward first"])
def test_a_linked_channels_post_counts_once(first: bool) -> None:
    stage = Stage(NIGHT)
    updates = [post(stage), forward(stage, 1)]
    stage.play(*(updates if first else updates[::-1]))
    assert stage.counts()["messages"] == 1
    assert stage.group().linked_chat_id == CHANNEL


@pytest.mark.parametrize(("is_forum", "watched"), [(True, {8}), (False, {None, 8})], ids=["forum", "no forum"])
def test_the_general_topic_of_a_forum_can_be_exempt(is_forum: bool, watched: set[int | None]) -> None:
    stage = Stage(NIGHT, exempt_threads=frozenset({GENERAL}), is_forum=is_forum)
    chat = {"id": CHAT, "type": "supergroup", "title": "工作群", **({"is_forum": True} if is_forum else {})}
    topic = {"message_thread_id": 8, "is_topic_message": True}
    stage.play(stage.message(1, DEMAND, chat=chat), stage.message(2, DEMAND, chat=chat, **topic))
    assert {each.thread_id for each in stage.findings()} == watched


def test_an_exempt_topic_is_neither_judged_nor_counted() -> None:
    stage = Stage(NIGHT, exempt_threads=frozenset({9}), is_forum=True)
    topic = {"message_thread_id": 9, "is_topic_message": True}
    stage.play(stage.message(1, DEMAND, **topic), stage.message(2, DEMAND, **(topic | {"message_thread_id": 8})))
    assert stage.counts()["messages"] == 1
    assert {stored.thread_id for stored in stage.findings()} == {8}


def test_what_only_looks_like_a_command_is_watched() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, f"/x@other_bot {DEMAND}"))
    assert "after_hours" in stage.categories()
    assert stage.said() == []


def test_a_poll_and_a_checklist_are_judged() -> None:
    stage = Stage(NIGHT)
    options = [{"text": "是", "voter_count": 0}]
    stage.play(stage.message(1, poll={"question": DEMAND, "options": options}))
    stage.play(stage.message(2, checklist={"title": "请各村每天拍照打卡上传", "tasks": [{"id": 1, "text": "一村"}]}))
    assert {stored.message_id for stored in stage.findings()} == {1, 2}


def test_of_a_marked_text_only_a_count_is_kept_and_the_sender_is_warned() -> None:
    stage = Stage(NIGHT)
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, MARKED))
    assert stage.counts() == {"messages": 1, "withheld": 1}
    assert not stage.findings()
    assert not stage.store.tables.requests
    assert [(said.chat_id, said.not_before) for said in stage.said()] == [(MEMBER, None)]
    assert stage.texts() == ["secrecy.mark"]


def test_an_edit_that_brings_a_mark_removes_what_was_kept() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, DEMAND))
    stage.play(stage.edit(1, MARKED))
    assert not stage.findings()
    assert not stage.store.tables.requests


def test_a_missed_title_is_noticed() -> None:
    stage = Stage()
    stage.play(stage.message(1, "大家好", chat={"id": CHAT, "type": "supergroup", "title": "新名字"}))
    assert stage.group().title == "新名字"


class Broken:
    category = Category.AFTER_HOURS  # it has no card of word scores, which could keep the detector from being asked
    stage = 0
    trigger = None

    def detect(self, *_: Any) -> Any:
        raise RuntimeError("a name that must not be logged")


def test_a_detector_that_fails_is_logged_by_name_and_the_others_judge() -> None:
    lines: list[str] = []
    handler = logger.add(lines.append, format="{message}")
    stage = Stage(NIGHT)
    stage.dispatcher.runtime = replace(stage.runtime, pipeline=stage.runtime.pipeline.with_detectors([Broken()]))
    stage.play(stage.message(1, DEMAND))
    logger.remove(handler)
    assert "after_hours" in stage.categories()
    assert lines == ["The detector after_hours failed on a message of group 1\n"]


FIELDS = [
    *("text", "caption", "entities", "photo", "document", "poll", "checklist", "chat", "from", "sender_chat", "date"),
    *("message_id", "forward_origin", "is_automatic_forward", "media_group_id", "message_thread_id", "edit_date"),
    *("is_topic_message", "reply_to_message", "quote", "type", "id", "title", "offset", "length", "is_forum"),
]
LEAVES = st.none() | st.booleans() | st.integers(-5, 2**40) | st.text(max_size=6) | st.sampled_from([DEMAND, CHAT])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
)


@pytest.fixture(scope="module")
def fuzzed() -> Stage:
    return Stage(NIGHT)


@settings(max_examples=100, deadline=None)
@given(
    fields=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
    kind=st.sampled_from(["message", "edited_message"]),
)
def test_no_message_makes_the_light_path_raise(fuzzed: Stage, fields: dict[str, Any], kind: str) -> None:
    async def take() -> None:
        async with fuzzed.store.begin() as work:
            shared = fuzzed.dispatcher.context(work, fuzzed.clock.now())
            body = fuzzed.message(1, DEMAND)["message"] | fields
            await take_raw({"update_id": 1, kind: body}, shared)
            await settle(shared)

    asyncio.run(take())

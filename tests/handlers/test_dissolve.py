"""Owners are asked once at each step, in private or by one post that is edited; a group is closed as rights allow."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.group import GroupState
from bot.core.ledger import Evidence, ObjectState
from bot.core.speech import Act
from bot.render.messages import text_of, words_of
from bot.services import dissolve
from bot.services.outbox import deleted
from tests.handlers.dissolve_stage import SHANGHAI, at, close, look, project, removed, row
from tests.handlers.stage import ADMIN, CHAT, MEMBER, Stage
from tests.handlers.test_response import sent
from tests.handlers.test_review import rendered


def test_the_owner_is_asked_in_private_once_at_each_step():
    stage = project()
    stage.open_bot(ADMIN)
    said = [look(stage, at(6, 16)), look(stage, at(6, 17)), look(stage, at(6, 23)), look(stage, at(6, 29))]
    said += [look(stage, at(6, 30)), look(stage, at(7, 3)), look(stage, at(7, 8)), look(stage, at(7, 9))]
    assert [[each.chat_id for each in step] for step in said] == [
        [ADMIN],
        [],
        [ADMIN],
        [ADMIN],
        [ADMIN],
        [],
        [ADMIN],
        [],
    ]
    assert "最后一次问" in rendered(stage)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(at(6, 16, 20), id="at night"),
        pytest.param(at(6, 20), id="on a Saturday"),
        pytest.param(at(6, 16, 13), id="in the lunch break"),
    ],
)
def test_nobody_is_asked_outside_working_time(now):
    stage = project()
    stage.open_bot(ADMIN)
    assert look(stage, now) == []


def test_who_cannot_be_reached_is_asked_by_one_post_that_is_edited():
    stage = project()
    (post,) = look(stage, at(6, 16))
    assert (post.chat_id, post.act) == (CHAT, Act.SEND)
    assert post.speech is not None
    assert post.speech.buttons[0][0].url.startswith("https://t.me/jianfu_bot?start=d_1_")
    sent(stage, post.key)
    (edit,) = look(stage, at(6, 23))
    assert (edit.act, edit.message_id) == (Act.EDIT, 500)
    assert len(stage.store.tables.posts) == 1


def test_the_link_of_the_post_leads_whoever_may_decide_to_the_choice():
    stage = project()
    (post,) = look(stage, at(6, 16))
    assert post.speech is not None
    payload = post.speech.buttons[0][0].url.partition("start=")[2]
    for who, key in ((ADMIN, "dissolve.stage.due"), (MEMBER, "dissolve.not_yours")):
        stage.play(stage.private(f"/start {payload}", by=who))
        assert key in stage.texts()


def test_no_post_is_made_where_the_week_has_no_room_for_one():
    stage = project()
    for number in range(3):
        stage.store.tables.posts[number] = (1, "sign", stage.clock.now())
    assert look(stage) == []
    assert look(stage, at(6, 24))[0].chat_id == CHAT


def test_closing_says_farewell_locks_retitles_and_leaves_as_far_as_the_rights_go():
    stage = project(is_forum=True)
    stage.open_bot(ADMIN)
    close(stage)
    acts = [each.act for each in stage.in_group()]
    assert acts == [Act.SEND, Act.LOCK, Act.RETITLE, Act.CLOSE_TOPICS, Act.LEAVE]
    assert row(stage).state is ObjectState.AWAITING
    assert "只有群主能解散群" in _text(stage)


def _text(stage: Stage) -> str:
    """What the pressed message became."""
    speech = stage.answers[-1].speech
    return "" if speech is None else text_of(speech, words_of(speech, "zh-Hans"))


def test_a_group_without_rights_is_only_told_and_left_and_at_night_nothing_is_done_before_the_morning():
    stage = project(at(6, 16, 22), rights=frozenset())
    stage.open_bot(ADMIN)
    close(stage)
    assert [each.act for each in stage.in_group()] == [Act.SEND, Act.LEAVE]
    assert {each.not_before for each in stage.in_group()} == {at(6, 17, 8) + timedelta(minutes=30)}


def test_only_the_owners_word_or_the_platforms_makes_a_group_dissolved():
    stage = project()
    stage.open_bot(ADMIN)
    close(stage)
    assert row(stage).evidence is None
    stage.press("dissolve.button.gone", ADMIN, stage.answers[-1])
    assert (row(stage).state, row(stage).evidence) == (ObjectState.DISSOLVED, Evidence.OWNER)


def test_a_group_that_the_platform_calls_deleted_is_dissolved_on_that_evidence():
    stage = project()

    async def told() -> None:
        async with stage.store.begin() as work:
            await work.outbox.add([dissolve._act(stage.group(), Act.COUNT)], stage.clock.now())
            (entry,) = await work.outbox.due(stage.clock.now(), 1, frozenset())
            await deleted(work, entry, stage.clock.now().astimezone(SHANGHAI).date(), stage.clock.now())
            await work.commit()

    asyncio.run(told())
    assert (row(stage).state, row(stage).evidence) == (ObjectState.DISSOLVED, Evidence.PLATFORM)
    assert stage.group().state is GroupState.LEFT


def test_a_removed_bot_is_no_evidence_of_an_end():
    stage = project()
    stage.play(removed(stage))
    assert row(stage).state is ObjectState.RUNNING
    assert [each.act for each in stage.in_group()] == [Act.COUNT]  # the platform is asked whether it is still there


def test_whoever_closed_a_group_is_asked_once_after_the_grace_whether_it_is_gone():
    stage = project()
    stage.open_bot(ADMIN)
    close(stage)
    stage.store.tables.outbox.clear()
    assert look(stage, at(6, 22)) == []
    assert [each.chat_id for each in look(stage, at(6, 24))] == [ADMIN]
    assert look(stage, at(7, 24)) == []


def test_a_group_that_was_used_on_and_closed_again_is_asked_about_after_another_grace():
    stage = project()
    stage.open_bot(ADMIN)
    close(stage)
    stage.press("dissolve.button.reopen", ADMIN, stage.answers[-1])
    stage.clock.moment = at(6, 25)
    close(stage)
    stage.store.tables.outbox.clear()
    assert look(stage, at(6, 26)) == []
    assert [each.chat_id for each in look(stage, at(7, 3))] == [ADMIN]
    assert look(stage, at(7, 24)) == []

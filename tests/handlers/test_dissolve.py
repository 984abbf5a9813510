"""Owners are asked once at each step, in private or by one post that is edited; what they decide is done and logged."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.group import BotRight, GroupKind, GroupState
from bot.core.ledger import Evidence, LedgerObject, ObjectState
from bot.core.speech import Act, Outgoing
from bot.jobs import dissolve as job
from bot.jobs import dormant
from bot.render.messages import text_of, words_of
from bot.services import dissolve, ledger
from bot.services.outbox import deleted
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage
from tests.handlers.test_response import sent
from tests.handlers.test_review import rendered

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = -1008
END = date(2026, 6, 30)
RIGHTS = frozenset({BotRight.RESTRICT_MEMBERS, BotRight.CHANGE_INFO, BotRight.MANAGE_TOPICS})


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=SHANGHAI)


JUNE = at(6, 16)


def project(now: datetime = JUNE, **fields: Any) -> Stage:
    """A project group that ends on 30 June 2026, with its row in the ledger."""
    given = {"kind": GroupKind.PROJECT, "end_date": END, "rights": RIGHTS} | fields
    stage = Stage(now, policy={"office_chat": DESK}, **given)

    async def enter() -> None:
        async with stage.store.begin() as work:
            await ledger.follow(work, stage.group(), stage.clock.now())
            await work.commit()

    asyncio.run(enter())
    stage.runtime = replace(stage.runtime, username="jianfu_bot")
    return stage


def look(stage: Stage, now: datetime | None = None) -> list[Outgoing]:
    """The job looks once; what it says anew."""
    if now is not None:
        stage.clock.moment = now
    before = len(stage.said())
    asyncio.run(job.run(stage.runtime, stage.clock.now()))
    asyncio.run(dormant.run(stage.runtime, stage.clock.now()))
    return stage.said()[before:]


def row(stage: Stage) -> LedgerObject:
    return next(iter(stage.store.tables.objects.values()))


def log(stage: Stage) -> list[str]:
    changes = stage.store.tables.changes.values()
    return [f"{each.role} {sorted(each.after)} {each.reason}".strip() for each in changes][1:]


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


def close(stage: Stage, by: int = ADMIN) -> None:
    stage.play(stage.private("/dissolve", by=by))
    stage.press("dissolve.choose", by)
    stage.press("dissolve.button.close", by, stage.answers[-1])
    stage.press("dissolve.button.yes_close", by, stage.answers[-1])


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
    stage.play(_removed(stage))
    assert row(stage).state is ObjectState.RUNNING
    assert [each.act for each in stage.in_group()] == [Act.COUNT]  # the platform is asked whether it is still there


def _removed(stage: Stage) -> dict[str, Any]:
    me = {"id": 123456, "is_bot": True, "first_name": "Jianfu", "username": "jianfu_bot"}
    chat = {"id": CHAT, "type": "supergroup", "title": "工作群"}
    old, new = {"user": me, "status": "member"}, {"user": me, "status": "left"}
    who = {"id": ADMIN, "is_bot": False, "first_name": "x"}
    event = {"chat": chat, "from": who, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return stage.update("my_chat_member", event)


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


def extend(stage: Stage, reason: str = "汛期延长，还要值守") -> None:
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.extend", ADMIN, stage.answers[-1])
    stage.press("dissolve.button.months", ADMIN, stage.answers[-1])
    stage.play(stage.private(reason, by=ADMIN))


def test_an_extension_needs_a_reason_which_the_log_keeps():
    stage = project()
    stage.open_bot(ADMIN)
    extend(stage, "x")
    assert row(stage).end_date == END
    stage.play(stage.private("汛期延长，还要值守", by=ADMIN))
    assert (row(stage).end_date, stage.group().end_date) == (date(2026, 7, 30), date(2026, 7, 30))
    assert "group_admin ['end_date', 'extensions', 'state'] 汛期延长，还要值守" in log(stage)


@pytest.mark.parametrize("words", ["2026-12-31", "2026年13月45日", "3月1号", "2020.1.1", "x"])
def test_a_date_is_no_reason_and_the_reason_is_asked_for_with_an_example(words):
    stage = project()
    stage.open_bot(ADMIN)
    extend(stage, words)
    assert stage.group().end_date == END
    assert stage.texts()[-1] == "dissolve.bad_reason"
    assert "例如：汛期延长，还要值守。" in rendered(stage)


@pytest.mark.parametrize(("answer", "end"), [("yes", date(2026, 8, 30)), ("no", date(2026, 7, 30))])
def test_a_second_extension_is_decided_at_the_desk_and_the_owner_is_told(answer, end):
    stage = project()
    stage.open_bot(ADMIN, OFFICER)
    extend(stage)
    extend(stage)
    request = next(said for said in stage.said() if said.chat_id == DESK)
    assert row(stage).end_date == date(2026, 7, 30)
    at_desk(stage, request, f"dissolve.button.desk_{answer}")
    assert row(stage).end_date == end
    assert stage.said()[-1].chat_id == ADMIN


def at_desk(stage: Stage, said: Outgoing, label: str) -> None:
    """Press a button at the office's desk."""
    assert said.speech is not None
    button = next(each for row in said.speech.buttons for each in row if each.label.key == label)
    chat = {"id": DESK, "type": "supergroup", "title": "整治办"}
    message = {"message_id": 9, "date": 1, "chat": chat, "from": {"id": 1, "is_bot": True, "first_name": "bot"}}
    data = f"{button.data}~{stage.runtime.vault.sign(button.data)}"
    who = {"id": OFFICER, "is_bot": False, "first_name": "x"}
    query = {"id": "1", "chat_instance": "1", "message": message, "data": data, "from": who}
    stage.play(stage.update("callback_query", query))


def test_the_end_date_of_a_project_group_is_not_changed_by_the_settings():
    stage = project()
    stage.open_bot(ADMIN)
    stage.play(stage.private("/settings", by=ADMIN))
    stage.press("settings.button.kind", ADMIN)
    assert "dissolve.stage.due" in str(stage.answers[-1].speech)
    assert stage.group().end_date == END


def test_a_group_that_stays_counts_from_now_on_and_the_desk_is_told_in_one_line():
    stage = project()
    stage.open_bot(ADMIN)
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.standing", ADMIN, stage.answers[-1])
    stage.press("dissolve.button.yes_standing", ADMIN, stage.answers[-1])
    assert (row(stage).kind, stage.group().end_date) == (GroupKind.STANDING, None)
    assert [said.chat_id for said in stage.said()][-1] == DESK


def silent(stage: Stage) -> None:
    async def go() -> None:
        async with stage.store.begin() as work:
            await work.counts.add(1, date(2026, 4, 1), {"messages": 3})
            await work.commit()

    asyncio.run(go())


def standing(now: datetime = JUNE, **fields: Any) -> Stage:
    return project(now, kind=GroupKind.STANDING, end_date=None, **fields)


def test_a_silent_group_is_asked_about_once_with_two_buttons_and_what_stays_is_left_in_peace():
    stage = standing()
    silent(stage)
    stage.open_bot(ADMIN)
    (question,) = look(stage)
    assert question.speech is not None
    assert [len(buttons) for buttons in question.speech.buttons] == [2]
    assert look(stage, at(6, 17)) == []
    stage.press("dissolve.button.keep", ADMIN, question)
    assert look(stage, at(7, 20)) == []
    assert len(look(stage, at(8, 19))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"is_admin": False, "reads_all": False}, id="a group that is not seen"),
        pytest.param({"watching_since": at(6, 1)}, id="a group watched for two weeks"),
    ],
)
def test_silence_that_was_not_seen_is_no_silence(fields):
    stage = standing(**fields)
    stage.open_bot(ADMIN)
    assert look(stage) == []


def test_a_group_of_a_season_sleeps_without_being_asked():
    stage = standing()
    silent(stage)
    stage.open_bot(ADMIN)
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.season_on", ADMIN, stage.answers[-1])
    assert row(stage).seasonal
    assert look(stage) == []

"""The bot comes, gains rights, moves, goes and returns: one row of the ledger, and the gaps are told."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.group import BotRight, GroupState
from bot.core.speech import Act, PostKind
from tests.handlers.parts import BOT
from tests.handlers.stage import ADMIN, CHAT, DEMAND, MEMBER, MORNING, NIGHT, RIGHTS, SHANGHAI, Stage

NEW_CHAT = -1002000
ME = {"id": BOT, "is_bot": True, "first_name": "Jianfu", "username": "jianfu_bot"}


def member(status: str, *rights: str) -> dict[str, Any]:
    body: dict[str, Any] = {"status": status, "user": ME}
    if status == "administrator":
        body |= dict.fromkeys(RIGHTS, False) | dict.fromkeys(rights, True)
    return body | ({"until_date": 0} if status == "kicked" else {})


def event(
    stage: Stage, old: dict[str, Any], new: dict[str, Any], *, by: int = ADMIN, chat: int = CHAT
) -> dict[str, Any]:
    body = {
        "chat": {"id": chat, "type": "supergroup", "title": "工作群"},
        "from": {"id": by, "is_bot": False, "first_name": "x", "language_code": "zh-hans"},
        "date": int(stage.clock.now().timestamp()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    return stage.update("my_chat_member", body)


LEFT, PLAIN = member("left"), member("member")
IN_CHARGE = member("administrator", "can_delete_messages", "can_pin_messages")


def test_coming_in_makes_a_row_says_one_thing_and_leads_the_admin_in_private() -> None:
    stage = Stage(MORNING, empty=True)
    stage.open_bot(ADMIN)
    stage.play(event(stage, LEFT, IN_CHARGE))
    group = stage.group()
    assert (group.state, group.title, group.is_admin) == (GroupState.JOINED, "工作群", True)
    assert group.rights == {BotRight.DELETE_MESSAGES, BotRight.PIN_MESSAGES}
    assert [(said.chat_id, said.kind) for said in stage.said()] == [(CHAT, PostKind.WELCOME), (ADMIN, PostKind.ANSWER)]
    assert stage.store.tables.gaps == {}


def test_at_night_the_welcome_waits_and_the_set_up_does_not() -> None:
    stage = Stage(NIGHT, empty=True)
    stage.open_bot(ADMIN)
    stage.play(event(stage, LEFT, IN_CHARGE))
    welcome, first_question = stage.said()
    assert welcome.not_before == datetime(2026, 3, 12, 8, 30, tzinfo=SHANGHAI)
    assert first_question.not_before is None


def test_a_member_who_is_no_admin_is_not_led() -> None:
    stage = Stage(MORNING, empty=True)
    stage.open_bot(MEMBER)
    stage.play(event(stage, LEFT, PLAIN, by=MEMBER))
    assert [said.kind for said in stage.said()] == [PostKind.WELCOME]


def test_blind_from_the_beginning_is_a_gap() -> None:
    stage = Stage(MORNING, empty=True)
    stage.play(event(stage, LEFT, PLAIN))
    assert [gap.reason for gap in stage.store.tables.gaps.values()] == ["privacy"]
    assert not stage.group().sees


@pytest.mark.parametrize(
    ("by", "comes"),
    [pytest.param(ADMIN, True, id="on the list"), pytest.param(MEMBER, False, id="not on the list")],
)
def test_where_a_list_is_kept_the_bot_leaves_politely(by: int, comes: bool) -> None:
    stage = Stage(MORNING, empty=True, policy={"inviters": frozenset({ADMIN})})
    stage.open_bot(by)
    stage.play(event(stage, LEFT, IN_CHARGE, by=by))
    assert bool(stage.store.tables.groups) is comes
    if not comes:
        assert [(said.act, said.chat_id) for said in stage.said()] == [(Act.LEAVE, CHAT), (Act.SEND, by)]
        assert stage.texts() == ["membership.not_allowed"]


def test_an_anonymous_inviter_is_on_no_list() -> None:
    stage = Stage(MORNING, empty=True, policy={"inviters": frozenset({1087968824})})
    stage.play(event(stage, LEFT, IN_CHARGE, by=1087968824))
    assert not stage.store.tables.groups


def test_promotion_ends_the_blindness_and_demotion_begins_it_again() -> None:
    stage = Stage(MORNING, is_admin=False)
    stage.play(event(stage, PLAIN, IN_CHARGE))
    assert stage.group().sees
    stage.clock.advance(hours=1)
    stage.play(event(stage, IN_CHARGE, PLAIN))
    assert not stage.group().sees
    assert [(gap.reason, gap.until) for gap in stage.store.tables.gaps.values()] == [("privacy", None)]
    assert [said.chat_id for said in stage.said()] == [ADMIN, ADMIN]
    assert "setup.blind" in stage.texts()


def test_removal_and_return_keep_one_row_and_tell_the_gap() -> None:
    stage = Stage(MORNING)
    stage.play(event(stage, IN_CHARGE, LEFT))
    assert (stage.group().state, stage.texts()) == (GroupState.LEFT, ["membership.removed"])
    stage.play(stage.message(1, DEMAND))
    assert stage.findings() == []
    stage.clock.advance(hours=2)
    stage.store.tables.outbox.clear()
    stage.play(event(stage, LEFT, IN_CHARGE))
    assert len(stage.store.tables.groups) == 1
    assert stage.group().state is GroupState.WATCHING
    (gap,) = stage.store.tables.gaps.values()
    assert (gap.reason, gap.since, gap.until) == (
        "removed",
        MORNING.astimezone(UTC),
        stage.clock.now(),
    )
    assert [said.kind for said in stage.said() if said.chat_id == CHAT] == []  # so soon nobody needs another welcome
    stage.play(stage.message(2, "请各村看到后逐一回复收到"))
    assert stage.findings()


def moved(stage: Stage, *, first: bool) -> list[dict[str, Any]]:
    old_chat = {"id": CHAT, "type": "group", "title": "工作群"}
    new_chat = {"id": NEW_CHAT, "type": "supergroup", "title": "工作群"}
    to = stage.message(90, chat=old_chat, migrate_to_chat_id=NEW_CHAT)
    came_from = stage.message(1, chat=new_chat, migrate_from_chat_id=CHAT)
    return [to, came_from] if first else [came_from, to]


@pytest.mark.parametrize("first", [True, False], ids=["old first", "new first"])
@pytest.mark.parametrize("came_before", [False, True], ids=["", "after an event of the new group"])
def test_an_upgrade_loses_nothing_whichever_message_comes_first(first: bool, came_before: bool) -> None:
    stage = Stage(MORNING, is_supergroup=False)
    stage.play(stage.message(1, "请各村报送秸秆禁烧台账"), stage.message(2, "请各村看到后逐一回复收到"))
    before = len(stage.findings())
    if came_before:
        stage.play(event(stage, LEFT, IN_CHARGE, chat=NEW_CHAT))
    for update in moved(stage, first=first):
        stage.play(update)
    assert len(stage.store.tables.groups) == 1
    group = stage.group()
    assert (group.chat_id, group.state, group.is_supergroup) == (NEW_CHAT, GroupState.WATCHING, True)
    assert len(stage.findings()) == before
    assert not [said for said in stage.said() if said.kind is PostKind.WELCOME]
    stage.clock.advance(hours=1)
    stage.play(
        stage.message(2, "请各村报送秸秆禁烧台账", chat={"id": NEW_CHAT, "type": "supergroup", "title": "工作群"})
    )
    assert "duplicate_collection" in stage.categories()


def test_leaving_the_old_chat_after_an_upgrade_is_no_removal() -> None:
    stage = Stage(MORNING)
    stage.play(*moved(stage, first=True))
    stage.play(event(stage, IN_CHARGE, LEFT))
    assert stage.group().state is GroupState.WATCHING


def test_a_new_title_is_kept() -> None:
    stage = Stage(MORNING)
    stage.play(stage.message(9, new_chat_title="新名字"))
    assert stage.group().title == "新名字"


@pytest.mark.parametrize(("status", "reachable"), [("member", True), ("kicked", False)])
def test_blocking_and_unblocking_in_private_is_noted(status: str, reachable: bool) -> None:
    stage = Stage(MORNING)
    stage.open_bot(MEMBER)
    blocked = event(stage, PLAIN, member("kicked"), by=MEMBER)
    blocked["my_chat_member"]["chat"] = {"id": MEMBER, "type": "private", "first_name": "x"}
    stage.play(blocked)
    changed = event(stage, member("kicked"), member(status), by=MEMBER)
    changed["my_chat_member"]["chat"] = {"id": MEMBER, "type": "private", "first_name": "x"}
    stage.play(changed)
    person = stage.runtime.vault.pseudonym("person", MEMBER)
    assert stage.store.tables.people[person].reachable is reachable

"""Presses as an attacker makes them: any data, with any message of the bot, by anybody, also later."""

from typing import Any

import pytest

from handlers import press
from handlers.rights import STAND_INS
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage

STRANGER = 666
OFFICE = -1009
OWN_PAGES = ("go:privacy", "rl:ranking", "fb:plain", "fg:no")
OF_REPORT = (
    *("rp:page", "rp:note", "rp:known:yes", "rp:unknown", "rp:withdraw:yes", "rp:c:ranking", "rp:elsewhere", "rp:x"),
    *("rp", "rp:c:x"),
)
"""What a talk about a report must have come before."""
OF_MESSAGE = ("vf:ask", "vf:refuse", "vf:refuse:1")
"""What concerns the message that the pressed one replies to."""
OF_GROUP = (
    *("se:1", "se:1:unit", "se:1:unit:=office", "se:1:response:group_hint", "se:1:zone:Asia/Urumqi", "se:1:pause"),
    *("se:1:wipe", "se:1:wipe:yes", "se:1:leave:yes", "se:1:gone:yes", "se:1:topic:5", "se:1:go"),
    *("su:1", "su:1:unit:=office", "su:1:kind:standing", "su:1:unit:cancel", "su:1:leave", "su:1:language:en"),
    *("st:1", "ug:1", "ug:1:end:1", "ex:duty:g1", "ex:quiet:g1"),
)
OF_OFFICE = (
    *("st:health", "rv:first", "rv:wrong:1", "rv:marks", "ug:office:1:agreed", "ex:duty:o", "ex:quiet:u0"),
    *("of:home", "of:code:desk", "of:code:contact", "of:drop:channel:yes", "of:log"),
    *("li:a", "li:p", "li:n"),
    *("ld:l:0", "ld:u:1", "ld:a:1:wechat:app", "ld:n:0", "ld:g:1", "ld:p:1:done", "ld:f"),
    *("ld:n:1", "ds:desk:1:20270101:yes"),
    *("ap:home", "ap:refusals", "ap:visits", "vf:desk:1:listed", "vf:desk:1:looking", "vf:desk:x:y"),
    *("vs:u:1", "vs:k:1:inspection", "vs:x:1"),
    *(
        "cs:l:open:0",
        "cs:l:own:0",
        "cs:p:1",
        "cs:f:1:0",
        "cs:d:1",
        "cs:s:1:take",
        "cs:s:1:undo:1",
        "cs:w:1:send",
        "cs:w:1:answer",
    ),
    *("cs:w:1:clear:written", "cs:w:1:ask", "cs:u:1:1", "cs:j:1:2:yes"),
    *("dg:show:2026-W10", "dg:sheet:2026-W10", "dg:notice:2025-Q4"),
)


def _forged(stage: Stage, data: str, by: int, chat: dict[str, Any] | None = None, *, signed: bool = True) -> None:
    """Any data with any message, as a client of one's own sends it."""
    stage.pressed(stage.signed(data) if signed else data, by, **({"chat": chat} if chat else {}))


def _state(stage: Stage) -> tuple[Any, ...]:
    tables = stage.store.tables
    asked = [person.question for person in tables.people.values() if getattr(person, "question", "")]
    return (dict(tables.groups), list(tables.findings), [outgoing.act for outgoing in stage.said()], asked)


@pytest.mark.parametrize("by", [MEMBER, STRANGER, *sorted(STAND_INS)])
@pytest.mark.parametrize("data", [*OF_GROUP, *OF_OFFICE])
def test_nobody_without_the_right_changes_or_sees_anything(data, by):
    stage = Stage(policy={"units": ("某镇",), "office_chat": OFFICE})
    before = _state(stage)
    _forged(stage, data, by)
    (answer,) = stage.answers
    assert answer.speech is None
    assert answer.toast is not None
    assert _state(stage) == before


@pytest.mark.parametrize("data", OF_GROUP)
def test_a_button_is_dead_for_whoever_was_demoted_since(data):
    stage = Stage()
    _forged(stage, "st:1", ADMIN)
    stage.admins.clear()
    member = {"user": {"id": ADMIN, "is_bot": False, "first_name": "x"}, "status": "member"}
    chat = {"id": CHAT, "type": "supergroup", "title": "x"}
    event = {"chat": chat, "from": member["user"], "date": 1, "old_chat_member": member, "new_chat_member": member}
    stage.play(stage.update("chat_member", event))
    before = _state(stage)
    _forged(stage, data, ADMIN)
    assert stage.answers[-1].speech is None
    assert _state(stage) == before


@pytest.mark.parametrize("by", [MEMBER, ADMIN, OFFICER])
@pytest.mark.parametrize("data", OF_MESSAGE)
def test_without_the_message_there_is_nothing_to_ask_or_refuse(data, by):
    stage = Stage(policy={"office_chat": OFFICE})
    _forged(stage, data, by)
    assert [answer.toast.key for answer in stage.answers if answer.toast] == ["approvals.text_gone"]
    assert (stage.store.tables.refusals, stage.store.tables.inquiries, stage.said()) == ({}, {}, [])


@pytest.mark.parametrize("data", OF_REPORT)
def test_without_a_talk_a_button_of_a_report_does_nothing(data):
    stage = Stage()
    before = _state(stage)
    _forged(stage, data, STRANGER)
    (answer,) = stage.answers
    assert answer.speech is None
    assert answer.toast is not None
    assert (_state(stage), stage.store.tables.reports, stage.store.tables.people) == (before, {}, {})


@pytest.mark.parametrize(
    "data",
    [
        *("", "~", "se:1", "se:1~", "se:1~AAAAAAAA", "se:1~" + "A" * 60, "~~~", ":", "\x00", "组~组"),
        *("reference:1:1~AAAAAA", "start:1~AAAAAAAA"),
    ],
)
def test_unsigned_data_is_out_of_date(data):
    stage = Stage()
    _forged(stage, data, ADMIN, signed=False)
    (answer,) = stage.answers
    assert answer.toast is not None
    assert answer.toast.key == "live_upkeep.press.old"


def test_a_signature_of_other_data_does_not_serve():
    stage = Stage()
    vault = stage.runtime.vault
    _forged(stage, f"se:1:gone:yes~{vault.sign('se:1')}", ADMIN, signed=False)
    assert stage.answers[0].toast is not None
    assert stage.answers[0].toast.key == "live_upkeep.press.old"


@pytest.mark.parametrize("by", [MEMBER, ADMIN, OFFICER])
@pytest.mark.parametrize("data", [*OWN_PAGES, *OF_MESSAGE, *OF_GROUP, *OF_OFFICE])
def test_no_press_turns_a_post_in_a_group_into_a_page(data, by):
    stage = Stage()
    before = _state(stage)
    _forged(stage, data, by, {"id": CHAT, "type": "supergroup", "title": "工作群"})
    (answer,) = stage.answers
    assert answer.speech is None
    assert _state(stage) == before


@pytest.mark.parametrize("data", [*OWN_PAGES, *OF_MESSAGE, *OF_GROUP, "st:health", "rv:marks", "ap:home", "vs:u:1"])
def test_in_the_chat_of_the_office_only_its_own_buttons_serve(data):
    stage = Stage(policy={"office_chat": OFFICE})
    _forged(stage, data, OFFICER, {"id": OFFICE, "type": "supergroup", "title": "办公室"})
    assert stage.answers[0].speech is None


def test_a_press_on_a_message_that_is_gone_is_answered_without_a_page():
    stage = Stage()
    _forged(stage, "se:1", ADMIN)
    assert stage.answers[0].speech is not None
    query = {"id": "9", "chat_instance": "1", "data": f"se:1~{stage.runtime.vault.sign('se:1')}"}
    query |= {"from": {"id": ADMIN, "is_bot": False, "first_name": "x"}}  # type: ignore[dict-item]
    gone = {"chat": {"id": CHAT, "type": "supergroup", "title": "x"}, "message_id": 5, "date": 0}
    stage.play(stage.update("callback_query", query | {"message": gone}))
    stage.play(stage.update("callback_query", query | {"inline_message_id": "x"}))
    assert stage.answers[1].speech is None
    assert stage.answers[2].chat_id is None


def test_every_action_is_among_those_tried_here():
    Stage()
    assert set(press.ACTIONS) - {
        data.partition(":")[0] for data in (*OWN_PAGES, *OF_MESSAGE, *OF_GROUP, *OF_OFFICE, *OF_REPORT)
    } <= {"lg"}


@pytest.mark.parametrize(
    "payload", ["s_1_x", "s_1_", "s_1_AAAAAAAA", "s_²_x", "s_٣_x", "s_-1_x", "s_1", "added", "s__"]
)
def test_a_forged_link_leads_nowhere(payload):
    stage = Stage()
    stage.play(stage.private(f"/start {payload}", by=ADMIN))
    assert stage.texts() == ["setup.hello", "setup.hello_rights"]


def test_the_link_of_another_group_helps_nobody_but_its_admins():
    stage = Stage()
    link = f"/start s_1_{stage.runtime.vault.sign('start:1')}"
    stage.play(stage.private(link, by=STRANGER))
    assert stage.texts() == ["setup.not_admin"]


@pytest.mark.parametrize("command", ["/settings", "/status", "/urgent 22:00 防汛", "/duty", "/quiet", "/review"])
def test_a_stranger_learns_nothing_of_groups_by_commands(command):
    stage = Stage(policy={"units": ("某镇",), "office_chat": OFFICE})
    stage.play(stage.private(command, by=STRANGER))
    (said,) = stage.said()
    assert said.speech is not None
    assert said.speech.buttons == ()
    assert "工作群" not in repr(said)

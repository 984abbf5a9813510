"""The set-up question by question, over the store in memory; whole scenes are in tests/scenes/test_setup.py."""

import pytest

from bot.core.group import GroupKind, GroupState, SetupStep
from bot.core.speech import Act
from tests.handlers.stage import ADMIN, MEMBER, Stage
from tests.handlers.test_settings import ask, buttons, press, rendered

OPEN = {
    "state": GroupState.JOINED,
    "unit": "",
    "kind": None,
    "purpose": "",
    "owner": "",
    "hours": None,
    "language": "",
    "watching_since": None,
}


def keys(speech):
    return [part.key for part in speech.parts]


def test_the_questions_follow_one_another_and_each_can_be_read_in_every_language():
    stage = Stage(**OPEN)
    speech, number = ask(stage, "/settings"), 1
    for step, value in (
        *(("unit", "=office"), ("kind", "project.1"), ("purpose", "=duty"), ("owner", "=me")),
        *(("hours", "=office"), ("language", "zh-Hant")),
    ):
        rendered(speech)
        assert speech.parts[0].fields["number"] == number
        assert any(button.data.startswith(f"su:1:{step}:") for button in buttons(speech))
        speech, number = press(stage, f"su:1:{step}:{value}").speech, number + 1
        if step == "unit":  # there is no office in this policy
            speech = ask(stage, "前柏村")
    rendered(speech)
    assert keys(speech)[0] == "setup.done_ready"
    assert stage.group().state is GroupState.READY


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param("kind", SetupStep.UNIT, id="one screen back"),
        pytest.param("purpose", SetupStep.KIND, id="the end stands with the kind"),
        pytest.param("end_date", SetupStep.KIND, id="from the date to the kind"),
        pytest.param("unit", SetupStep.UNIT, id="nothing before the first"),
    ],
)
def test_back_shows_the_question_before_and_changes_nothing(step, expected):
    stage = Stage(**{**OPEN, "unit": "某村", "kind": GroupKind.STANDING})
    before = stage.group()
    speech = press(stage, f"su:1:{step}:back").speech
    assert keys(speech)[-1] == f"setup.ask.{expected}"
    assert stage.group() == before


def test_another_date_is_asked_for_and_may_be_typed():
    stage = Stage(**{**OPEN, "unit": "某村"})
    assert keys(press(stage, "su:1:kind:project").speech)[-1] == "setup.ask.end_date"
    assert keys(ask(stage, "昨天"))[0] == "setup.problem.date"
    assert keys(ask(stage, "2026年12月31日"))[-1] == "setup.ask.purpose"
    assert f"{stage.group().end_date}" == "2026-12-31"


def test_cancelling_keeps_what_was_answered_and_awaits_nothing():
    stage = Stage(**{**OPEN, "unit": "某村"})
    assert keys(press(stage, "su:1:purpose:cancel").speech) == ["setup.cancelled"]
    assert keys(ask(stage, "抗旱")) == ["command.not_understood"]
    assert (stage.group().unit, stage.group().state) == ("某村", GroupState.JOINED)
    assert keys(press(stage, "su:1:resume").speech)[-1] == "setup.ask.kind"


def test_a_group_of_no_listed_unit_is_left_politely():
    stage = Stage(policy={"units": ("甲镇", "乙镇")}, **OPEN)
    speech = ask(stage, "/settings")
    assert [button.data for button in buttons(speech)][-2:] == ["su:1:leave", "su:1:unit:cancel"]
    assert keys(press(stage, "su:1:leave").speech) == ["setup.not_served"]
    assert [said.act for said in stage.in_group()] == [Act.LEAVE]


def test_a_unit_on_a_list_cannot_be_passed_over():
    stage = Stage(policy={"units": ("甲镇", "乙镇")}, **OPEN)
    assert keys(press(stage, "su:1:unit:-").speech)[0] == "setup.problem.choose"
    assert stage.group().unit == ""


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("su:999:resume", id="a group there is not"),
        pytest.param("su:x:resume", id="no number"),
        pytest.param("su", id="nothing"),
    ],
)
def test_a_button_of_old_is_answered_politely(data):
    stage = Stage(**OPEN)
    answer = press(stage, data)
    assert (answer.toast.key, answer.alert) == ("setup.gone", True)


def test_two_admins_may_share_the_set_up():
    stage = Stage(**OPEN)
    stage.admins.add(MEMBER)
    ask(stage, "/settings")
    ask(stage, "前柏村")
    assert keys(ask(stage, "/settings", by=MEMBER))[-1] == "setup.ask.kind"


def test_what_is_typed_to_an_old_question_does_not_answer_another():
    stage = Stage(**OPEN)
    ask(stage, "/settings")
    stage.clock.advance(days=8)
    assert keys(ask(stage, "前柏村")) == ["command.not_understood"]
    assert stage.group().unit == ""


def test_an_admin_is_told_of_a_group_that_the_bot_left():
    stage = Stage(state=GroupState.LEFT)
    assert keys(press(stage, "su:1:resume").speech) == ["setup.left"]


def test_nobody_but_admins_is_led_by_a_start_link():
    stage = Stage(**OPEN)
    signature = stage.runtime.vault.sign("start:1")
    assert keys(ask(stage, f"/start s_1_{signature}", by=MEMBER)) == ["setup.not_admin"]
    assert keys(ask(stage, f"/start s_1_{signature}", by=ADMIN))[-1] == "setup.ask.unit"
    assert keys(ask(stage, "/start s_1_00000000", by=ADMIN))[0] == "setup.hello"
    assert keys(ask(stage, f"/start s_2_{signature}", by=ADMIN))[0] == "setup.hello"

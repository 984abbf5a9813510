"""What is kept is said, and forgotten on request; a word to the office carries no name unless wanted."""

from dataclasses import replace

import pytest

from bot.core.speech import PostKind
from bot.render.messages import text_of, words_of
from tests.handlers.stage import ADMIN, DEMAND, MEMBER, NIGHT, Stage
from tests.handlers.test_settings import ask, press, rendered

OFFICE_CHAT = -500


def words(speech):
    return text_of(speech, words_of(speech, "zh-Hans"))


def test_privacy_names_the_values_in_force():
    stage = Stage(
        policy={"retention_days": 17, "memory_days": 41, "aside_hours": 13, "office": "某办", "host": "某机房"}
    )
    shown = words(ask(stage, "/privacy"))
    assert all(value in shown for value in ("17 天", "41 天", "13 小时", "某办", "某机房"))


def test_a_page_of_its_own_says_how_long_reports_and_cases_are_kept_and_that_forgetting_finds_none():
    stage = Stage(policy={"case_access_days": 91, "case_data_days": 366})
    assert "fg:cases" in [button.data for row in ask(stage, "/privacy").buttons for button in row]
    speech = press(stage, "fg:cases", by=MEMBER).speech
    rendered(speech)
    assert all(value in words(speech) for value in ("91 天", "366 天", "/forget 找不到", "回执"))
    for said in (ask(stage, "/forget"), press(stage, "fg:yes", by=MEMBER).speech):
        assert "16 位数字" in words(said)


def test_forgetting_asks_once_and_leaves_only_counts():
    stage = Stage()
    stage.play(stage.message(1, DEMAND), stage.message(2, DEMAND, by=ADMIN))
    counted, others = stage.counts(), [each for each in stage.findings() if each.message_id == 2]
    rendered(ask(stage, "/forget"))
    assert all(each.sender for each in stage.findings())
    rendered(press(stage, "fg:yes", by=MEMBER).speech)
    assert {each.sender + each.excerpt for each in stage.findings() if each.message_id == 1} == {""}
    assert [each for each in stage.findings() if each.message_id == 2] == others
    assert stage.counts() == counted
    assert stage.runtime.vault.pseudonym("person", MEMBER) not in stage.store.tables.people


def test_whoever_is_forgotten_gets_no_hint_any_more_and_what_was_sent_is_forgotten():
    stage = Stage(NIGHT, response="private_hint")
    stage.open_bot(MEMBER, ADMIN)
    stage.play(stage.message(1, DEMAND), stage.message(2, DEMAND, by=ADMIN), stage.private("/help", by=MEMBER))
    assert [said.kind for said in stage.said()] == [PostKind.HINT, PostKind.HINT, PostKind.ANSWER]
    press(stage, "fg:yes", by=MEMBER)
    assert [(said.kind, said.chat_id) for said in stage.said()] == [(PostKind.HINT, ADMIN), (PostKind.ANSWER, MEMBER)]


def test_whoever_is_forgotten_is_no_contact_any_more():
    stage = Stage()
    press(stage, "fg:yes")
    assert stage.group().contact is None


def test_forgetting_can_be_left():
    stage = Stage()
    stage.open_bot(MEMBER)
    assert press(stage, "fg:no", by=MEMBER).speech.parts[0].key == "privacy.forget.kept"
    assert stage.store.tables.people


@pytest.mark.parametrize(
    ("how", "signed"), [pytest.param("plain", False, id="unsigned"), pytest.param("signed", True, id="signed")]
)
def test_a_word_reaches_the_office_signed_only_if_chosen(how, signed):
    stage = Stage(policy={"office_chat": OFFICE_CHAT})
    rendered(ask(stage, "/feedback"))
    press(stage, f"fb:{how}", by=MEMBER)
    ask(stage, "群太多了 <i>", by=MEMBER)
    office, answer = stage.said()
    assert office.chat_id == OFFICE_CHAT
    assert ("x 来信" in words(office.speech)) is signed
    assert "群太多了 &lt;i&gt;" in words(office.speech)
    assert str(MEMBER) not in repr(replace(office, speech=None))
    assert str(MEMBER) not in words(office.speech)
    assert answer.speech.parts[0].key == ("feedback.sent_signed" if signed else "feedback.sent")


def test_a_word_given_with_the_command_is_unsigned():
    stage = Stage(policy={"office_chat": OFFICE_CHAT})
    ask(stage, "/feedback 群太多了")
    assert stage.said()[0].speech.parts[0].key == "feedback.to_office"


@pytest.mark.parametrize("text", ["/feedback", "/feedback 群太多了"])
def test_without_a_chat_of_the_office_its_contact_is_named(text):
    stage = Stage(policy={"contact": "0000-1234567"})
    assert "0000-1234567" in words(ask(stage, text))
    assert len(stage.said()) == 1


def test_a_word_that_is_too_long_is_not_cut_in_silence():
    stage = Stage(policy={"office_chat": OFFICE_CHAT})
    assert ask(stage, "/feedback " + "长" * 3001).parts[0].key == "feedback.too_long"


@pytest.mark.parametrize("broken", [False, True], ids=["noted", "a full disk"])
def test_whom_a_restored_backup_has_to_forget_again_is_noted_and_does_not_hinder(broken):
    stage = Stage()
    stage.runtime.forgotten.broken = broken
    stage.play(stage.message(1, DEMAND))
    press(stage, "fg:yes", by=MEMBER)
    assert {each.sender for each in stage.findings()} == {""}
    person = stage.runtime.vault.pseudonym("person", MEMBER)
    assert [traces.person for traces in stage.runtime.forgotten.since(None)] == ([] if broken else [person])

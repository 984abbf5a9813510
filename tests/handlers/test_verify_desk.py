"""The question to the office, its answer, and refusals: nobody learns who asks, and a refusal has no author."""

from datetime import date, timedelta

import pytest

from bot.core.changes import Role
from bot.core.office import Binding
from bot.core.speech import Word
from bot.services import retention
from bot.services.forgetting import erase, traces_of
from tests.handlers.stage import CHAT, MEMBER, Stage, in_store
from tests.handlers.test_settings import buttons, rendered
from tests.handlers.test_setup import keys
from tests.handlers.verify_stage import CONTACT, NOTICE, asked, at_desk, office, press


@pytest.fixture
def stage():
    return office()


@pytest.mark.parametrize("contact", ["", "减负办 0000"])
def test_who_asks_where_no_desk_is_any_more_is_told_whom_to_turn_to(contact):
    stage = Stage(policy={"contact": contact})
    stage.open_bot(MEMBER)
    said = press(stage, "vf:ask").speech
    assert keys(said) == ["approvals.no_desk"]
    assert said.parts[0].fields == {"contact": contact or Word("approvals.office_itself")}
    rendered(said)
    assert stage.store.tables.inquiries == {}


def test_words_that_begin_below_the_command_are_kept_whole(stage):
    press(stage, "vf:refuse", about="/verify\n秸秆台账 临时检查 明天到村")
    press(stage, "vf:refuse", caption="/verify@jianfu_bot\n秸秆台账 临时检查", text=None)
    kept = [each.words for each in stage.store.tables.refusals.values()]
    assert kept == ["秸秆台账 临时检查 明天到村", "秸秆台账 临时检查"]


def test_the_desk_sees_the_question_and_not_who_asks(stage):
    post = asked(stage)
    assert [part.fields for part in post.speech.parts] == [{"words": NOTICE}]
    assert [button.data for button in buttons(post.speech)] == [
        *("vf:desk:1:listed", "vf:desk:1:refused", "vf:desk:1:looking"),
    ]
    assert str(MEMBER) not in repr(post)
    rendered(post.speech)


@pytest.mark.parametrize("outcome", ["listed", "refused"])
def test_the_office_answers_and_nothing_of_the_question_is_left(stage, outcome):
    asked(stage)
    stage.store.tables.outbox.clear()
    answer = at_desk(stage, f"vf:desk:1:{outcome}")
    assert keys(answer.speech) == [f"approvals.desk.{outcome}"]
    (told,) = stage.said()
    assert (told.chat_id, keys(told.speech)) == (MEMBER, [f"approvals.told.{outcome}"])
    assert stage.store.tables.inquiries == {1: None}
    (change,) = [each for each in stage.store.tables.changes.values() if each.noun == "inquiry"]
    assert (dict(change.after), change.before) == ({"outcome": outcome}, {})
    assert at_desk(stage, f"vf:desk:1:{outcome}").toast.key == "approvals.settled"
    assert len(stage.said()) == 1


def test_while_the_office_looks_the_question_stays_open(stage):
    asked(stage)
    answer = at_desk(stage, "vf:desk:1:looking")
    assert [button.data for button in buttons(answer.speech)] == ["vf:desk:1:listed", "vf:desk:1:refused"]
    assert keys(stage.said()[-1].speech) == ["approvals.told.looking"]
    at_desk(stage, "vf:desk:1:listed")
    assert keys(stage.said()[-1].speech) == ["approvals.told.listed"]


def test_two_who_look_at_once_tell_the_asker_once(stage):
    asked(stage)
    stage.store.tables.outbox.clear()
    for _ in range(2):
        assert keys(at_desk(stage, "vf:desk:1:looking").speech) == ["approvals.desk.asked", "approvals.desk.looking"]
    assert [keys(each.speech) for each in stage.said()] == [["approvals.told.looking"]]


def test_a_member_of_the_desk_who_is_not_of_the_office_answers_nothing(stage):
    asked(stage)
    assert at_desk(stage, "vf:desk:1:listed", by=MEMBER).toast.key == "office.not_office"
    assert stage.store.tables.inquiries[1] is not None


def test_a_refusal_has_no_author_and_the_unit_only_of_its_contact(stage):
    for by in (MEMBER, CONTACT):
        assert keys(press(stage, "vf:refuse", by).speech) == ["approvals.refused"]
    kept = [(each.day, each.words, each.unit_id) for each in stage.store.tables.refusals.values()]
    assert kept == [(date(2026, 3, 11), NOTICE, None), (date(2026, 3, 11), NOTICE, 1)]
    assert all(str(by) not in repr(stage.store.tables.refusals) for by in (MEMBER, CONTACT))


def test_the_contact_of_several_units_says_for_which(stage):
    key = stage.runtime.vault.pseudonym("person", CONTACT)
    role = Binding(key, CONTACT, Role.UNIT_CONTACT, 2, stage.clock.now())
    in_store(stage, lambda work: work.office.give_role(role))
    choice = press(stage, "vf:refuse", CONTACT).speech
    assert [button.data for button in buttons(choice)] == ["vf:refuse:1", "vf:refuse:2", "vf:refuse:0"]
    press(stage, "vf:refuse:2", CONTACT)
    press(stage, "vf:refuse:0", CONTACT)
    press(stage, "vf:refuse:1", MEMBER)  # a unit that is not theirs
    assert [each.unit_id for each in stage.store.tables.refusals.values()] == [2, None, None]


def test_a_flood_of_one_person_is_not_taken(stage):
    for _ in range(12):
        answer = press(stage, "vf:refuse")
    assert answer.toast.key == "approvals.too_many"
    assert press(stage, "vf:ask").toast.key == "approvals.too_many"
    assert (len(stage.store.tables.refusals), stage.store.tables.inquiries) == (10, {})
    assert keys(press(stage, "vf:refuse", CONTACT).speech) == ["approvals.refused"]


def test_a_long_text_is_cut_and_stands_in_one_line(stage):
    press(stage, "vf:refuse", about="临时检查\n" * 200)
    (kept,) = stage.store.tables.refusals.values()
    assert len(kept.words) == 300
    assert "\n" not in kept.words


def test_what_nobody_answers_is_gone_after_a_month_and_at_a_wish(stage):
    asked(stage)
    asked(stage, by=CONTACT)

    async def forget(work):
        return await erase(work, stage.runtime.vault, traces_of(work, stage.runtime.vault, MEMBER), stage.clock.now())

    in_store(stage, forget)
    assert [each is None for each in stage.store.tables.inquiries.values()] == [True, False]
    in_store(stage, lambda work: retention.purge(work, stage.runtime.policy, stage.clock.now() + timedelta(days=32)))
    assert [each is None for each in stage.store.tables.inquiries.values()] == [True, True]


def test_what_the_desk_presses_is_one_of_the_answers(stage):
    asked(stage)
    for data in ("vf:desk:x:listed", "vf:desk:1:y", "vf:desk"):
        assert at_desk(stage, data).toast.key == "approvals.settled"
    assert stage.store.tables.inquiries[1] is not None


def test_nothing_of_a_question_is_said_in_the_group(stage):
    asked(stage)
    press(stage, "vf:refuse")
    assert stage.in_group() == []
    assert CHAT not in {each.chat_id for each in stage.said()}

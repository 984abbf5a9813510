"""/verify: what the list says, in private alone, of words, forwards, captions and replies."""

import pytest

from tests.handlers.stage import ADMIN, MEMBER, Stage
from tests.handlers.test_settings import buttons, rendered
from tests.handlers.test_setup import keys
from tests.handlers.verify_stage import NOTICE, ROWS, imported, office, press, say


@pytest.fixture
def stage():
    return office()


@pytest.mark.parametrize(
    ("text", "answer", "offers"),
    [
        ("青检[2026]3号", "listed", []),
        ("森林防火督查", "other_dates", ["ask", "refuse"]),
        ("防汛物资大检查", "several", ["ask", "refuse"]),
        (NOTICE.replace("秸秆台账", "食堂"), "not_listed", ["ask", "refuse"]),
        ("检查", "more_words", []),
    ],
)
def test_the_answer_tells_the_day_of_the_list_and_what_can_be_done(stage, text, answer, offers):
    said = say(stage, f"/verify {text}")
    assert keys(said.speech)[0] == f"approvals.answer.{answer}"
    assert {"day": "2026-03-01"} in [part.fields for part in said.speech.parts if part.key == "approvals.as_of"]
    assert [button.data for button in buttons(said.speech)] == [f"vf:{each}" for each in offers]
    assert said.reply_to is not None
    rendered(said.speech)


def test_without_a_list_it_is_said_that_there_is_none():
    stage = Stage()
    stage.open_bot(MEMBER)
    said = say(stage, f"/verify {NOTICE}")
    assert keys(said.speech) == ["approvals.answer.no_list"]
    assert [button.data for button in buttons(said.speech)] == ["vf:refuse"]  # nor is there a desk to be asked


def test_an_old_list_is_called_old_by_a_local_number(stage):
    stage.clock.advance(days=80)
    assert "approvals.stale" not in keys(say(stage, f"/verify {NOTICE}").speech)
    stage.clock.advance(days=5)
    said = say(stage, f"/verify {NOTICE}").speech
    (stale,) = [part.fields for part in said.parts if part.key == "approvals.stale"]
    assert (stale["days"], stale["label"].key) == (90, "label.local")


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({}, id="typed"),
        pytest.param({"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}}, id="forwarded"),
    ],
)
def test_what_comes_after_the_question_is_looked_for(stage, message):
    assert keys(say(stage, "/verify").speech) == ["approvals.ask"]
    said = say(stage, "青检〔2026〕3号", **message)
    assert keys(said.speech)[0] == "approvals.answer.listed"
    assert said.reply_to is not None
    assert keys(say(stage, "青检〔2026〕3号").speech) == ["command.not_understood"]


@pytest.mark.parametrize("command", ["/verify", "/verify 检查"])
def test_where_more_words_are_asked_for_they_are_awaited(stage, command):
    say(stage, command)
    assert keys(say(stage, "检查").speech)[0] == "approvals.answer.more_words"
    assert keys(say(stage, "青检〔2026〕3号").speech)[0] == "approvals.answer.listed"


def test_of_too_many_alike_the_number_is_awaited(stage):
    imported(stage, [{"name": f"{name}村安全隐患排查表", "number": f"表-{name}"} for name in "甲乙丙丁戊己"])
    assert "approvals.more" in keys(say(stage, "/verify 安全隐患排查").speech)
    assert keys(say(stage, "表-丙").speech)[0] == "approvals.answer.listed"


@pytest.mark.parametrize("caption", ["/verify 青检〔2026〕3号", "/verify@jianfu_bot\n青检〔2026〕3号"])
def test_the_caption_of_a_photo_is_looked_for(stage, caption):
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    said = say(stage, "", photo=photo, caption=caption)
    assert keys(said.speech)[0] == "approvals.answer.listed"


def test_a_photo_after_the_question_is_looked_for_by_its_caption(stage):
    say(stage, "/verify")
    photo = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]
    assert keys(say(stage, "", photo=photo, caption="青检〔2026〕3号").speech)[0] == "approvals.answer.listed"


def test_a_reply_in_the_group_is_answered_in_private_alone(stage):
    replied = stage.message(5, "青检〔2026〕3号", by=ADMIN)["message"]
    stage.play(stage.message(6, "/verify", reply_to_message=replied))
    (said,) = stage.said()
    assert said.chat_id == MEMBER
    assert keys(said.speech)[0] == "approvals.answer.listed"
    other = stage.message(7, NOTICE, by=ADMIN)["message"]
    stage.play(stage.message(8, "/verify", reply_to_message=other))
    said = stage.said()[-1]
    assert keys(said.speech)[-1] == "approvals.forward"
    assert buttons(said.speech) == []


def test_words_after_the_command_in_the_group_are_looked_for(stage):
    stage.play(stage.message(5, "/verify 青检〔2026〕3号"))
    (said,) = stage.said()
    assert (said.chat_id, keys(said.speech)[0]) == (MEMBER, "approvals.answer.listed")


def test_a_reply_in_private_is_about_what_it_replies_to(stage):
    replied = stage.private("青检〔2026〕3号")["message"]
    said = say(stage, "/verify", reply_to_message=replied)
    assert keys(said.speech)[0] == "approvals.answer.listed"
    assert said.reply_to == replied["message_id"]


MARKED = "机密★一年 检查方案"


def test_a_marked_text_is_neither_looked_for_nor_kept(stage):
    assert keys(say(stage, f"/verify {MARKED}").speech) == ["command.secret"]
    for data in ("vf:ask", "vf:refuse"):
        assert keys(press(stage, data, about=MARKED).speech) == ["command.secret"]
    assert (stage.store.tables.refusals, stage.store.tables.inquiries) == ({}, {})


def test_a_changed_item_is_approved_for_its_new_dates_at_once(stage):
    assert keys(say(stage, "/verify 青督〔2026〕9号").speech)[0] == "approvals.answer.other_dates"
    imported(stage, [ROWS[2] | {"span": "2026年3月"}])
    assert keys(say(stage, "/verify 青督〔2026〕9号").speech)[0] == "approvals.answer.listed"
    *_, change = stage.store.tables.changes.values()
    assert (change.noun, dict(change.before)) == ("approval", {"first": "2026-05-01", "last": "2026-05-31"})

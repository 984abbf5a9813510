"""/verify and /approvals: what the list says, the question to the office, refusals, and what counts as listed."""

from datetime import date, timedelta

import pytest

from bot.core.changes import Role
from bot.core.ledger_log import HOST
from bot.core.office import Binding
from bot.core.speech import Word
from bot.core.units import Unit, UnitLevel
from bot.services import approval_import, retention
from bot.services.forgetting import erase, traces_of
from tests.handlers.stage import ADMIN, CHAT, DEMAND, MEMBER, OFFICER, Stage
from tests.handlers.test_ledger_pages import in_store
from tests.handlers.test_settings import buttons, rendered
from tests.handlers.test_setup import keys

DESK = -1009
CONTACT = 77
NOTICE = "明天县应急局来我村临时检查秸秆台账"
ROWS = [
    {"number": "青检〔2026〕3号", "name": "防汛物资检查", "issuer": "县应急局", "span": "2026年3月"},
    {"name": "秸秆禁烧排查台账", "approval_kind": "报表"},
    {"number": "青督〔2026〕9号", "name": "森林防火督查", "span": "2026年5月"},
]


def imported(stage, rows=ROWS, day=date(2026, 3, 1)):
    async def go(work):
        effect = await approval_import.planned(work, list(enumerate(rows, 2)), day)
        await approval_import.apply(work, effect, HOST, stage.clock.now())

    in_store(stage, go)


@pytest.fixture
def stage():
    """A watched group, an office with a desk and a list, and the contact of a unit."""
    made = Stage(policy={"office_chat": DESK})

    async def fill(work):
        await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP), Unit("红水镇", UnitLevel.TOWNSHIP)])
        key = made.runtime.vault.pseudonym("person", CONTACT)
        await work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 1, made.clock.now()))

    in_store(made, fill)
    imported(made)
    made.open_bot(OFFICER, CONTACT, MEMBER, ADMIN)
    return made


def say(stage, text, by=MEMBER, **more):
    stage.store.tables.outbox.clear()
    update = stage.private(text, by=by)
    update["message"] |= more
    stage.play(update)
    return stage.said()[-1]


def press(stage, data, by=MEMBER, about=NOTICE, chat=None, **more):
    """Press a button of an answer that replies to a message."""
    message = stage.private("x", by=by)["message"] | {"from": {"id": 1, "is_bot": True, "first_name": "bot"}}
    message["reply_to_message"] = stage.private(about, by=by)["message"] | more
    message |= {"chat": chat} if chat else {}
    query = {"id": str(stage.ids), "chat_instance": "1", "message": message}
    query["data"] = f"{data}~{stage.runtime.vault.sign(data)}"
    query["from"] = {"id": by, "is_bot": False, "first_name": "x"}
    stage.play(stage.update("callback_query", query))
    return stage.answers[-1]


def at_desk(stage, data, by=OFFICER):
    return press(stage, data, by, chat={"id": DESK, "type": "supergroup", "title": "整治办"})


def asked(stage, by=MEMBER):
    """Somebody asks the office; returns the post at the desk."""
    stage.store.tables.outbox.clear()
    answer = press(stage, "vf:ask", by)
    assert keys(answer.speech) == ["approvals.asked"]
    (post,) = stage.said()
    assert post.chat_id == DESK
    return post


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


@pytest.mark.parametrize("contact", ["", "减负办 0000"])
def test_who_asks_where_no_desk_is_any_more_is_told_whom_to_turn_to(contact):
    stage = Stage(policy={"contact": contact})
    stage.open_bot(MEMBER)
    said = press(stage, "vf:ask").speech
    assert keys(said) == ["approvals.no_desk"]
    assert said.parts[0].fields == {"contact": contact or Word("approvals.office_itself")}
    rendered(said)
    assert stage.store.tables.inquiries == {}


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


def test_words_that_begin_below_the_command_are_kept_whole(stage):
    press(stage, "vf:refuse", about="/verify\n秸秆台账 临时检查 明天到村")
    press(stage, "vf:refuse", caption="/verify@jianfu_bot\n秸秆台账 临时检查", text=None)
    kept = [each.words for each in stage.store.tables.refusals.values()]
    assert kept == ["秸秆台账 临时检查 明天到村", "秸秆台账 临时检查"]


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


def test_the_office_sees_the_list_and_the_last_refusals(stage):
    press(stage, "vf:refuse", CONTACT)
    asked(stage)
    home = say(stage, "/approvals", OFFICER).speech
    (listed,) = [part.fields for part in home.parts if part.key == "approvals.office.list"]
    assert listed == {"count": 3, "inspection": 2, "collection": 0, "form": 1}
    (numbers,) = [part.fields for part in home.parts if part.key == "approvals.office.numbers"]
    assert numbers == {"refusals": 1, "waiting": 1, "visits": 0}
    page = press(stage, "ap:refusals", OFFICER).speech
    assert [part.fields for part in page.parts if part.key == "approvals.office.refusal"] == [
        {"day": "2026-03-11", "unit": "青山镇", "words": NOTICE}
    ]
    for speech in (home, page, press(stage, "ap:visits", OFFICER).speech):
        rendered(speech)


def test_a_changed_item_is_approved_for_its_new_dates_at_once(stage):
    assert keys(say(stage, "/verify 青督〔2026〕9号").speech)[0] == "approvals.answer.other_dates"
    imported(stage, [ROWS[2] | {"span": "2026年3月"}])
    assert keys(say(stage, "/verify 青督〔2026〕9号").speech)[0] == "approvals.answer.listed"
    *_, change = stage.store.tables.changes.values()
    assert (change.noun, dict(change.before)) == ("approval", {"first": "2026-05-01", "last": "2026-05-31"})


def test_the_office_is_told_that_it_gave_no_list():
    stage = Stage()
    stage.open_bot(OFFICER)
    said = say(stage, "/approvals", OFFICER).speech
    assert keys(said) == ["approvals.office.title", "approvals.office.none", "approvals.office.numbers"]
    rendered(said)


def test_what_the_desk_presses_is_one_of_the_answers(stage):
    asked(stage)
    for data in ("vf:desk:x:listed", "vf:desk:1:y", "vf:desk"):
        assert at_desk(stage, data).toast.key == "approvals.settled"
    assert stage.store.tables.inquiries[1] is not None


@pytest.mark.parametrize("by", [MEMBER, CONTACT])
def test_nobody_else_sees_the_offices_page(stage, by):
    assert keys(say(stage, "/approvals", by).speech) == ["office.not_office"]
    for data in ("ap:home", "ap:refusals", "ap:visits"):
        assert press(stage, data, by).toast.key == "office.not_office"


def test_the_admin_of_a_group_does_not_see_it_either():
    stage = Stage()
    stage.open_bot(ADMIN)
    assert keys(say(stage, "/approvals", ADMIN).speech) == ["office.not_office"]
    assert press(stage, "ap:home", ADMIN).toast.key == "office.not_office"


def test_a_request_on_the_list_counts_as_listed_beside_being_a_request(stage):
    stage.play(stage.message(1, DEMAND), stage.message(2, "请各村今天报送耕地撂荒情况统计表"))
    counts = stage.counts()
    assert (counts["data_collection"], counts["listed"]) == (2, 1)


def test_a_list_that_comes_later_is_seen_within_a_minute():
    stage = Stage(policy={"office_chat": DESK})
    stage.play(stage.message(1, DEMAND))
    imported(stage)
    stage.clock.advance(seconds=61)
    stage.play(stage.message(2, DEMAND))
    assert stage.counts()["listed"] == 1


def test_the_status_of_a_group_tells_how_many_requests_are_listed(stage):
    stage.play(stage.message(1, DEMAND))
    said = press(stage, "st:1", ADMIN).speech
    assert [part.fields for part in said.parts if part.key == "status.listed"] == [{"asked": 1, "listed": 1}]
    rendered(said)


def test_without_a_list_the_status_says_nothing_of_it():
    stage = Stage()
    stage.open_bot(ADMIN)
    stage.play(stage.message(1, DEMAND))
    assert "status.listed" not in keys(say(stage, "/status", ADMIN).speech)


def test_nothing_of_a_question_is_said_in_the_group(stage):
    asked(stage)
    press(stage, "vf:refuse")
    assert stage.in_group() == []
    assert CHAT not in {each.chat_id for each in stage.said()}

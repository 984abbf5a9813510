"""Reports below the scenes: undone and done again, refused, set aside, said aside, cleared, and flooded."""

import asyncio
import json

import pytest

from bot.core.model import Category
from bot.core.speech import Act, Keys, Outgoing, PostKind
from bot.services.inbox import without_sender
from bot.texts import Catalogue
from handlers import menus
from handlers.report_group import category_named
from tests.handlers.parts import GROUP, Refused, ScriptedRequest, application, group_message, press, private_message
from tests.handlers.stage import MEMBER, Stage
from tests.handlers.test_asking import work_through
from tests.handlers.test_menus import Platform
from tests.handlers.test_sender import Stage as Sending
from tests.handlers.test_sender import answer

ORDER = "每个村认购二十份，本周完成"


def reports_of(stage):
    return [*stage.store.tables.reports.values()]


def pressing(stage, data, by=MEMBER):
    message = stage.private("x", by=by)["message"] | {"from": {"id": 1, "is_bot": True, "first_name": "bot"}}
    query = {"id": str(stage.ids), "chat_instance": "1", "message": message}
    query |= {
        "from": {"id": by, "is_bot": False, "first_name": "x"},
        "data": f"{data}~{stage.runtime.vault.sign(data)}",
    }
    return stage.update("callback_query", query)


def test_a_batch_that_is_undone_and_done_again_stores_a_report_once():
    stage = Stage()
    asks = stage.private("/settings", by=666)  # the platform is asked, and the transaction begun anew
    talk = [stage.private("/report", by=MEMBER), stage.private(ORDER, by=MEMBER), pressing(stage, "rp:c:apportion")]
    work_through(stage, *talk, asks, pressing(stage, "rp:note"), stage.private("还有", by=MEMBER))
    (report,) = reports_of(stage)
    assert (report.words, report.category) == (ORDER, Category.APPORTION)
    assert [note.words for note in stage.store.tables.report_notes.values()] == ["还有"]
    assert stage.texts().count("report.noted") == 1


def test_a_step_that_fails_takes_the_whole_batch_back_and_then_itself_alone(monkeypatch):
    stage = Stage()
    fails = [3]
    real = type(stage.dispatcher)._first

    async def failing(self, update, context):
        if update.update_id == bad["update_id"] and fails[0]:
            fails[0] -= 1
            raise ValueError
        await real(self, update, context)

    monkeypatch.setattr(type(stage.dispatcher), "_first", failing)
    first = [stage.private("/report", by=MEMBER), stage.private(ORDER, by=MEMBER)]
    bad = stage.private("/help", by=666)
    work_through(stage, *first, bad, pressing(stage, "rp:c:apportion"))
    (report,) = reports_of(stage)
    assert report.words == ORDER


@pytest.mark.parametrize(
    ("replied", "count"),
    [
        pytest.param(None, 0, id="no reply"),
        pytest.param({"forum_topic_created": {"name": "x", "icon_color": 1}}, 0, id="the beginning of a topic"),
        pytest.param({"text": ORDER}, 1, id="a message"),
    ],
)
def test_in_a_group_a_reply_to_a_message_is_stored_and_leaves_fleeting_entries_alone(replied, count):
    stage = Stage()
    fields = {"entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    if replied is not None:
        fields["reply_to_message"] = group_message(3, "")["message"] | {"text": None} | replied
    stage.play(group_message(77, "/report", **fields))
    assert len(reports_of(stage)) == count
    assert stage.said()
    assert all(each.fleeting for each in stage.said())


@pytest.mark.parametrize("again", ["/report", "/start report", "button"])
def test_a_second_report_begins_anew_and_shows_the_receipt_that_nobody_saved(again):
    stage = Stage()
    stage.play(stage.private("/report"), stage.private(ORDER), pressing(stage, "rp:c:apportion"))
    stage.store.tables.outbox.clear()
    stage.play(pressing(stage, "go:report") if again == "button" else stage.private(again))
    assert stage.texts() == ["report.unsaved", "report.ask"]
    stage.play(stage.private("每天截图打卡"), pressing(stage, "rp:c:screenshot_checkin"))
    assert sorted(each.words for each in reports_of(stage)) == sorted([ORDER, "每天截图打卡"])
    stage.play(pressing(stage, "rp:saved"))
    stage.store.tables.outbox.clear()
    stage.play(stage.private("/report"))
    assert stage.texts() == ["report.ask"]


def test_a_receipt_that_was_withdrawn_need_not_be_saved():
    stage = Stage()
    stage.play(stage.private("/report"), stage.private(ORDER), pressing(stage, "rp:c:apportion"))
    stage.play(pressing(stage, "rp:withdraw:yes"))
    stage.store.tables.outbox.clear()
    stage.play(stage.private("/report"))
    assert stage.texts() == ["report.ask"]


@pytest.mark.parametrize(
    ("words", "shown"), [("/start report", "report.stored.receipt"), ("/report", "report.unsaved")]
)
def test_only_the_link_from_a_group_shows_the_receipt_of_what_was_reported_there(words, shown):
    stage = Stage()
    replied = group_message(3, "")["message"] | {"text": ORDER}
    command = [{"type": "bot_command", "offset": 0, "length": 7}]
    stage.play(group_message(77, "/report 摊派", reply_to_message=replied, entities=command))
    stage.store.tables.outbox.clear()
    stage.play(stage.private(words))
    assert shown in stage.texts()
    assert ("report.ask" in stage.texts()) is (words == "/report")


def test_whoever_is_known_is_not_told_that_no_name_is_seen_and_can_take_it_back():
    stage = Stage()
    stage.play(stage.private("/report"), stage.private(ORDER), pressing(stage, "rp:c:apportion"))
    for what, line, how, offered in (
        ("known:yes", "report.known_now", "report.stored.how_known", "rp:unknown"),
        ("unknown", "report.unknown_now", "report.stored.how", "rp:known"),
        ("known:yes", "report.known_now", "report.stored.how_known", "rp:unknown"),
        ("saved", None, None, "rp:unknown"),
    ):
        stage.play(pressing(stage, f"rp:{what}"))
        page = stage.answers[-1].speech
        keys = {part.key for part in page.parts}
        assert keys.isdisjoint({"report.stored.how", "report.stored.how_known"} - {how})
        assert {line, how} - {None} <= keys
        data = {button.data for row in page.buttons for button in row}
        assert data & {"rp:known", "rp:unknown"} == {offered}


@pytest.mark.parametrize(
    ("words", "guessed"),
    [("你好", False), ("你好呀", False), ("你好，你好", False), ("请大家每天转发到朋友圈", True), (ORDER, True)],
)
def test_a_greeting_reads_like_no_kind(words, guessed):
    stage = Stage()
    stage.play(stage.private(f"/report {words}"))
    assert ("report.category.guess" in stage.texts()) is guessed


def test_of_a_flood_of_all_together_the_rest_is_asked_to_come_later():
    stage = Stage(policy={"reports_flood": 3})
    for number in range(5):
        by = 700 + number
        stage.play(stage.private("/report", by=by), stage.private(f"{ORDER}{number}", by=by))
        stage.play(pressing(stage, "rp:c:apportion", by))
    assert len(reports_of(stage)) == 3
    assert [each.toast.key for each in stage.answers if each.toast] == ["report.flood"] * 2


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(private_message(1, ORDER), id="in private"),
        pytest.param(press(1, "rp:known:yes"), id="a press"),
        pytest.param(group_message(1, "/report 摊派"), id="in a group"),
        pytest.param(group_message(1, " /report@jianfu_bot", caption="x"), id="with the bot's name"),
        pytest.param(group_message(0, "/x", ephemeral_message_id=4, receiver_user={"id": 1}), id="unseen"),
    ],
)
def test_a_report_that_fails_is_set_aside_without_its_author(update):
    kept = without_sender(json.dumps(update).encode())
    assert b'"from"' not in kept
    assert b"Anna" not in kept
    assert b"chat_instance" not in kept
    assert b": 42" not in kept


def test_other_messages_of_groups_are_set_aside_as_they_were():
    payload = json.dumps(group_message(1, "/reports 摊派")).encode()
    assert without_sender(payload) == payload


def test_what_is_fleeting_leaves_nothing_when_it_is_refused():
    def refuses(_method, _given):
        raise Refused(403, "Forbidden: bot can't initiate conversation with a user")

    stage = Sending(refuses)
    stage.run(answer(fleeting=True))
    assert stage.store.tables.outbox == {}
    assert stage.store.tables.people == {}


def test_a_group_is_chosen_by_a_key_that_goes_again():
    stage = Sending()
    stage.run(answer(fleeting=True, keys=Keys.PICK_GROUP), answer(fleeting=True, keys=Keys.NONE), steps=2)
    asked, gone = (given["reply_markup"] for given in stage.request.made("sendMessage"))
    assert asked["keyboard"][0][0]["request_chat"] == {"request_id": 1, "chat_is_channel": False, "bot_is_member": True}
    assert asked["one_time_keyboard"]
    assert gone == {"remove_keyboard": True}


def test_what_one_person_alone_sees_in_a_group_is_said_at_night_too():
    stage = Sending()
    stage.clock.advance(hours=12)
    stage.run(answer(GROUP, fleeting=True, only_for=42, only_reply=7))
    (given,) = stage.request.made("sendMessage")
    assert given["ephemeral_message_parameters"] == {"receiver_user_id": 42}
    assert given["reply_parameters"] == {"ephemeral_message_id": 7}


@pytest.mark.parametrize(("first", "last", "calls", "deleted"), [(5, 20, 1, 16), (1, 250, 3, 250), (1, 5000, 10, 1000)])
def test_a_talk_is_cleared_in_batches_the_newest_first_and_not_without_end(first, last, calls, deleted):
    stage = Sending()
    clear = Outgoing(42, PostKind.HOUSEKEEPING, Act.CLEAR, message_id=first, through=last, fleeting=True)
    stage.run(clear)
    made = [given["message_ids"] for given in stage.request.made("deleteMessages")]
    assert (len(made), sum(map(len, made)), made[0][0]) == (calls, deleted, last)
    assert max(map(len, made)) <= 100


def test_what_cannot_be_cleared_does_not_stop_the_rest():
    def refuses(method, _given):
        if method == "deleteMessages":
            raise Refused(400, "Bad Request: message can't be deleted for everyone")
        return True

    stage = Sending(refuses)
    stage.run(Outgoing(42, PostKind.HOUSEKEEPING, Act.CLEAR, message_id=1, through=250, fleeting=True))
    assert len(stage.request.made("deleteMessages")) == 3
    assert stage.store.tables.outbox == {}


@pytest.mark.parametrize(
    ("words", "category"),
    [
        *(("摊派", Category.APPORTION), ("投票", Category.VOTE_LIKE), ("ranking", Category.RANKING), ("", None)),
        *(("打卡", Category.SCREENSHOT_CHECKIN), ("要求", None), ("x", None), ("积分排名、点名", Category.RANKING)),
        ("vote_like", Category.VOTE_LIKE),
    ],
)
def test_a_kind_is_named_by_any_word_that_one_title_alone_has(words, category):
    assert category_named(words) is category


@pytest.mark.parametrize("category", Category)
def test_every_kind_can_be_named_by_its_title(category):
    assert category_named(Catalogue.load("zh-Hant")(f"category.{category}.title")) is category


async def _prepared(request):
    return await menus.prepare((await application(request)).bot)


def test_the_menu_of_groups_calls_the_report_unseen():
    platform = Platform()
    assert asyncio.run(_prepared(ScriptedRequest(platform))) == 0
    marks = {
        scope: [each["command"] for each in given["commands"] if each.get("is_ephemeral")]
        for (what, scope, code), given in platform.kept.items()
        if what == "MyCommands" and code == "zh"
    }
    assert sorted(marks.values()) == [[], [], ["report"], ["report"]]


def test_where_commands_cannot_be_unseen_no_menu_of_a_group_has_it():
    class Older(Platform):
        def __call__(self, method, given):
            for each in given.get("commands", ()):
                each.pop("is_ephemeral", None)
            return super().__call__(method, given)

    platform = Older()
    assert asyncio.run(_prepared(ScriptedRequest(platform))) == 0
    having = [
        scope
        for (what, scope, _), given in platform.kept.items()
        if what == "MyCommands" and any(each["command"] == "report" for each in given["commands"])
    ]
    assert len(having) == 2
    assert all("private" in scope.lower() for scope in having), having


def test_a_forward_without_a_report_is_checked_and_told_how_to_report_it():
    stage = Stage()
    forward = stage.private(ORDER)
    forward["message"]["forward_origin"] = {"type": "hidden_user", "sender_user_name": "x", "date": 1}
    stage.play(forward)
    assert stage.texts()[0].startswith("command.check.")
    assert stage.texts()[-1] == "report.first"
    assert reports_of(stage) == []

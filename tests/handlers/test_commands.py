"""The plain commands: answered in private, silent in groups, deaf to edits and to what is not theirs."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.core.errors import BadMoment
from bot.core.group import Gap, GroupState
from bot.core.model import Category
from bot.core.speech import PostKind
from bot.ports import StoredUpdate
from bot.render.messages import text_of, words_of
from tests.handlers.stage import ADMIN, CHAT, MEMBER, NIGHT, OFFICER, Stage
from tests.handlers.test_settings import ask, buttons, press, rendered

COMMANDS = [
    *("start", "help", "about", "status", "settings", "rules", "check", "len"),
    *("language", "privacy", "forget", "feedback"),
]


def words(speech, language="zh-Hans"):
    return text_of(speech, words_of(speech, language))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("by", [ADMIN, MEMBER, OFFICER], ids=["admin", "member", "officer"])
def test_every_command_is_answered_in_private(name, by):
    stage = Stage(NIGHT)
    rendered(ask(stage, f"/{name}", by=by))
    assert [said.chat_id for said in stage.said()] == [by]
    assert stage.said()[0].kind is PostKind.ANSWER


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "start"])
def test_a_command_in_a_group_is_answered_in_private_where_that_is_possible(name):
    stage = Stage(NIGHT)
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, f"/{name}"))
    assert [said.chat_id for said in stage.said()] == [MEMBER]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("/start added", id="the announcement of an addition"),
        pytest.param("/nonsense", id="no command"),
        pytest.param("/help@other_bot", id="another bot's command"),
        pytest.param("/ban@other_bot 5", id="another bot's own"),
    ],
)
def test_a_group_is_not_answered_at_all(text):
    stage = Stage()
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, text))
    assert stage.said() == []


def test_a_corrected_command_does_not_run_again():
    stage = Stage()
    stage.open_bot(MEMBER)
    stage.play(stage.edit(1, "/help"))
    edited = stage.private("/help")
    stage.play({"update_id": edited["update_id"], "edited_message": edited["message"] | {"edit_date": 1_774_000_000}})
    assert stage.said() == []


@pytest.mark.parametrize(
    "sender",
    [
        pytest.param({"sender_chat": {"id": -55, "type": "channel", "title": "c"}}, id="a channel"),
        pytest.param({"from": {"id": 5, "is_bot": True, "first_name": "b"}}, id="another bot"),
    ],
)
def test_who_is_no_person_is_not_answered(sender):
    stage = Stage()
    stage.play(stage.message(1, "/help", **sender))
    assert stage.said() == []


def test_an_anonymous_admin_is_shown_the_way_into_private():
    stage = Stage()
    own = {"sender_chat": {"id": CHAT, "type": "supergroup", "title": "工作群"}}
    anonymous = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
    stage.play(stage.message(1, "/settings", **own, **anonymous))
    (said,) = stage.said()
    assert said.chat_id == CHAT
    assert "?start=s_1_" in buttons(said.speech)[0].url


def test_an_answer_goes_to_the_topic_it_was_asked_in():
    stage = Stage(is_forum=True)
    stage.play(stage.message(1, "/help", message_thread_id=5, is_topic_message=True))
    assert [said.thread_id for said in stage.said()] == [5]


def test_what_is_private_and_not_understood_is_answered():
    stage = Stage()
    assert [part.key for part in ask(stage, "在吗").parts] == ["command.not_understood"]
    assert [part.key for part in ask(stage, "/nonsense").parts] == ["command.unknown"]
    picture = stage.private("")
    picture["message"]["photo"] = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    stage.play(picture)
    assert len(stage.said()) == 2


def test_a_text_is_checked_as_if_it_were_sent_now():
    stage = Stage(NIGHT)
    shown = words(ask(stage, "/check 今晚十二点前每人发走访截图，收到请回复"))
    assert "非工作时间" in shown
    assert "截图、打卡留痕" in shown
    assert "【" in shown
    assert not stage.findings()


def test_a_text_may_be_sent_after_the_command_or_be_forwarded():
    stage = Stage()
    assert ask(stage, "/check").parts[0].key == "command.check.ask"
    assert ask(stage, "收到请逐一回复 <b>").parts[0].key == "command.check.intro"
    assert "&lt;b&gt;" in words(stage.said()[-1].speech)
    assert ask(stage, "收到请逐一回复").parts[0].key == "command.not_understood"
    forwarded = stage.private("收到请逐一回复")
    forwarded["message"]["forward_origin"] = {"type": "hidden_user", "sender_user_name": "x", "date": 1_774_000_000}
    stage.play(forwarded)
    assert stage.said()[-1].speech.parts[0].key == "command.check.intro"


@pytest.mark.parametrize("command", ["/check", "/feedback"])
@pytest.mark.parametrize("at_once", [True, False], ids=["with the command", "after it"])
def test_a_secret_is_neither_judged_nor_passed_on(command, at_once):
    stage = Stage(policy={"office_chat": -500})
    text = "机密★三年\n关于防汛的通知"
    if at_once:
        answer = ask(stage, f"{command} {text}")
    else:
        ask(stage, command)
        if command == "/feedback":
            press(stage, "fb:plain")
        answer = ask(stage, text)
    assert [part.key for part in answer.parts] == ["command.secret"]
    assert [said.chat_id for said in stage.said()] == [ADMIN]


def test_a_text_is_counted_against_the_limits():
    stage = Stage()
    assert "共 5 字" in words(ask(stage, "/len 今天天气 fine"))
    ask(stage, "/len")
    assert "超出" in words(ask(stage, "字" * 1300))


@pytest.mark.parametrize("category", Category)
def test_every_rule_has_its_page(category):
    stage = Stage()
    speech = press(stage, f"rl:{category}").speech
    rendered(speech)
    assert any(part.key == "command.rules.example" for part in speech.parts)


def test_a_language_is_kept_whatever_the_app_says():
    stage = Stage()
    assert press(stage, "lg:en", by=MEMBER).speech.language == "en"
    assert ask(stage, "/help", by=MEMBER).language == "en"
    assert press(stage, "lg:xx", by=MEMBER).alert


# --- status -----------------------------------------------------------------------------------------------------


def test_a_group_that_was_not_seen_has_no_zero():
    stage = Stage(is_admin=False)
    shown = words(ask(stage, "/status"))
    assert "看不到普通消息" in shown
    assert "不作统计" in shown
    assert " 0 条" not in shown


def test_a_gap_is_named_and_what_was_seen_is_said_to_be_a_part():
    stage = Stage()
    since = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
    stage.store.tables.gaps[1] = Gap(1, since, "outage", datetime(2026, 3, 10, 5, 0, tzinfo=UTC))
    stage.play(stage.message(1, "明天开会"))
    shown = words(ask(stage, "/status"))
    assert "没看到：2026-03-10 09:00 到 2026-03-10 13:00，机器人停了" in shown
    assert "没看到的时段不在其中" in shown


def test_a_week_wholly_seen_is_counted():
    stage = Stage()
    stage.play(stage.message(1, "明天开会"))
    assert "近 7 天：消息 1 条，疑似 0 项" in words(ask(stage, "/status"))


def test_a_member_sees_no_figures():
    stage = Stage()
    stage.open_bot(MEMBER)
    stage.play(stage.message(1, "/status"))
    shown = words(stage.said()[-1].speech)
    assert "正在" not in shown
    assert "近 7 天" not in shown
    assert "只看不说" in shown


def test_the_office_that_asks_in_a_group_sees_its_figures():
    stage = Stage()
    stage.open_bot(OFFICER)
    stage.play(stage.message(1, "/status", by=OFFICER))
    assert "近 7 天" in words(stage.said()[-1].speech)


def test_the_office_sees_all_groups_and_what_is_wrong():
    stage = Stage()
    object.__setattr__(stage.runtime, "troubles", (BadMoment("zone", value="Mars"),))
    shown = words(ask(stage, "/status", by=OFFICER))
    assert "“工作群”　正在看" in shown
    assert "没有这个时区：Mars" in shown
    assert press(stage, "st:health", by=MEMBER).toast.key == "status.not_office"
    assert "“工作群”　正在看" in words(press(stage, "st:health", by=OFFICER).speech)


def test_the_office_sees_how_many_other_updates_wait():
    stage = Stage()

    async def arrive():
        async with stage.store.begin() as work:
            await work.inbox.store([StoredUpdate(1, number, b"{}", stage.clock.now()) for number in range(4)])
            await work.commit()

    asyncio.run(arrive())
    assert "等待处理的消息：3 条" in words(ask(stage, "/status", by=OFFICER))


@pytest.mark.parametrize("state", GroupState)
@pytest.mark.parametrize("admin", [True, False])
def test_every_status_can_be_said(state, admin):
    stage = Stage(state=state, is_admin=admin, watching_since=datetime(2026, 3, 9, tzinfo=UTC))
    rendered(press(stage, "st:1").speech)
    rendered(ask(stage, "/status", by=OFFICER))

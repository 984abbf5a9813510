"""The settings in private: every button of every page works, for admins alone."""

from dataclasses import replace

import pytest

from bot.core.group import GENERAL, GroupState, Response
from bot.core.speech import Act, Button
from bot.render.messages import plain_of, text_of, words_of
from bot.texts import LANGUAGES
from tests.handlers.stage import ADMIN, CHAT, MEMBER, NIGHT, Stage


def buttons(speech) -> list[Button]:
    return [button for row in speech.buttons for button in row]


def rendered(speech) -> None:
    """Every text there is in every language, and buttons fit."""
    for language in LANGUAGES:
        words = words_of(replace(speech, language=language), language)
        assert len(text_of(speech, words)) <= 4096
        assert all(0 < len(plain_of(button.label, words)) <= 64 for button in buttons(speech))


def ask(stage: Stage, text: str, by: int = ADMIN):
    """The answer to a private message."""
    stage.store.tables.outbox.clear()
    stage.play(stage.private(text, by=by))
    return stage.said()[-1].speech


def press(stage: Stage, data: str, by: int = ADMIN):
    """The answer to a press of signed data."""
    signed = stage.signed(data)
    assert len(signed.encode()) <= 64
    stage.pressed(signed, by)
    return stage.answers[-1]


DESTRUCTIVE = (":yes", ":pause", ":go")


def pages(stage: Stage, first) -> dict[str, object]:
    """Every page that can be reached by buttons without changing anything for good, by the data that leads there."""
    found: dict[str, object] = {}
    waiting = buttons(first)
    while waiting:
        button = waiting.pop()
        if button.url or button.data in found or button.data.endswith(DESTRUCTIVE):
            continue
        answer = press(stage, button.data)
        found[button.data] = answer
        if answer.speech is not None:
            rendered(answer.speech)
            waiting += buttons(answer.speech)
    return found


@pytest.mark.parametrize("fields", [{}, {"is_forum": True, "exempt_threads": frozenset({5})}], ids=["group", "forum"])
def test_every_button_of_the_settings_is_answered(fields):
    stage = Stage(id=0, **fields)
    first = ask(stage, "/settings")
    rendered(first)
    found = pages(stage, first)
    assert len(found) > 40
    assert stage.group().state is GroupState.WATCHING


def test_no_button_of_the_settings_serves_a_member():
    stage = Stage()
    found = pages(stage, ask(stage, "/settings"))
    before = stage.group()
    for data in [data for data in found if data.startswith(("se:", "su:", "st:"))]:
        answer = press(stage, data, by=MEMBER)
        assert (answer.alert, answer.toast.key, answer.speech) == (True, "setup.not_admin", None)
    assert stage.group() == before


def test_the_general_topic_is_left_out_and_watched_again():
    stage = Stage(is_forum=True)
    topics = f"se:{stage.group().id}:topic"
    stage.press("settings.button.general_exempt", ADMIN, press(stage, topics))
    assert stage.group().exempt_threads == {GENERAL}
    stage.press("settings.button.general_seen", ADMIN, press(stage, topics))
    assert stage.group().exempt_threads == frozenset()


@pytest.mark.parametrize(
    ("data", "field", "value"),
    [
        pytest.param("response:quiet_sign", "response", Response.QUIET_SIGN, id="what follows"),
        pytest.param("zone:Asia/Urumqi", "zone", "Asia/Urumqi", id="the zone"),
        pytest.param("hours:=0", "hours", "Mon-Fri 08:00-12:00 14:30-17:30", id="the hours"),
        pytest.param("language:en", "language", "en", id="the language"),
        pytest.param("topic:77", "exempt_threads", frozenset({77}), id="a topic"),
        pytest.param("owner:-", "owner", "-", id="no owner"),
        pytest.param("response:shout", "response", Response.WATCH_ONLY, id="nothing there is"),
        pytest.param("zone:Mars/Base", "zone", "", id="no zone there is"),
        pytest.param("topic:x", "exempt_threads", frozenset(), id="no topic"),
        pytest.param("nonsense:1", "purpose", "日常", id="a button of old"),
    ],
)
def test_a_press_changes_one_thing(data, field, value):
    stage = Stage()
    answer = press(stage, f"se:{stage.group().id}:{data}")
    rendered(answer.speech)
    assert getattr(stage.group(), field) == value


def test_a_topic_is_left_out_by_the_command_given_in_it():
    stage = Stage(is_forum=True)
    stage.open_bot(ADMIN)
    stage.play(stage.message(9, "/settings", by=ADMIN, message_thread_id=5, is_topic_message=True))
    stage.press("settings.button.topic_exempt", ADMIN)
    assert stage.group().exempt_threads == {5}


@pytest.mark.parametrize(
    ("page", "text", "field", "value"),
    [
        pytest.param("purpose", "抗旱", "purpose", "抗旱", id="a purpose"),
        pytest.param("zone", "Asia/Tokyo", "zone", "Asia/Tokyo", id="a zone"),
        pytest.param("hours", "周一 9:00-10:00", "hours", "周一 9:00-10:00", id="hours"),
        pytest.param("hours", "早九晚五", "hours", "", id="hours that cannot be read"),
    ],
)
def test_words_of_ones_own_change_one_thing(page, text, field, value):
    stage = Stage()
    press(stage, f"se:{stage.group().id}:{page}")
    rendered(ask(stage, text))
    assert getattr(stage.group(), field) == value


def test_words_are_not_taken_from_somebody_who_is_no_admin_any_more():
    stage = Stage()
    press(stage, f"se:{stage.group().id}:purpose")
    stage.admins.clear()
    stage.clock.advance(minutes=2)
    assert ask(stage, "抗旱").parts[0].key == "setup.not_admin"
    assert stage.group().purpose == "日常"


def test_pausing_leaves_a_gap_and_going_on_ends_it():
    stage = Stage()
    number = stage.group().id
    press(stage, f"se:{number}:pause")
    assert (stage.group().state, stage.group().watching_since) == (GroupState.JOINED, None)
    stage.clock.advance(hours=3)
    press(stage, f"se:{number}:go")
    (gap,) = stage.store.tables.gaps.values()
    assert gap.reason == "paused"
    assert (gap.until - gap.since).seconds == 3 * 3600
    assert stage.group().state is GroupState.WATCHING


def test_deleting_asks_once_and_keeps_the_settings():
    stage = Stage()
    stage.play(stage.message(1, "请各村今晚把台账报上来"))
    assert stage.findings()
    assert stage.counts()
    number = stage.group().id
    assert press(stage, f"se:{number}:wipe").speech.parts[1].key == "settings.confirm.wipe"
    assert stage.findings()
    press(stage, f"se:{number}:wipe:yes")
    assert (stage.findings(), stage.counts()) == ([], {})
    assert (stage.group().unit, stage.group().state) == ("某镇", GroupState.WATCHING)
    assert press(stage, f"se:{number}:wipe:yes").toast.key == "setup.gone"


def test_what_was_gathered_with_the_deletion_is_deleted_too():
    stage = Stage()
    data = f"se:{stage.group().id}:gone:yes"
    message = stage.private("x", by=ADMIN)["message"] | {"from": {"id": 1, "is_bot": True, "first_name": "bot"}}
    query = {"id": "1", "chat_instance": "1", "message": message, "data": f"{data}~{stage.runtime.vault.sign(data)}"}
    query["from"] = {"id": ADMIN, "is_bot": False, "first_name": "x"}
    stage.play(stage.message(1, "请各村今晚把台账报上来"), stage.update("callback_query", query))
    assert (stage.store.tables.groups, stage.findings(), stage.counts()) == ({}, [], {})
    assert [said.act for said in stage.in_group()] == [Act.LEAVE]


@pytest.mark.parametrize(
    ("at", "lines"), [pytest.param(None, 1, id="in working time"), pytest.param(NIGHT, 0, id="at night")]
)
def test_in_a_group_there_is_at_most_one_line_for_those_who_cannot_be_reached(at, lines):
    stage = Stage(at) if at else Stage()
    stage.play(*(stage.message(number, "/settings", by=ADMIN) for number in (1, 2, 3)))
    assert len(stage.said()) == lines
    assert all(said.chat_id == CHAT and said.delete_after for said in stage.said())


def test_somebody_without_groups_is_told_what_to_do():
    stage = Stage()
    assert [part.key for part in ask(stage, "/settings", by=MEMBER).parts] == ["settings.no_group"]

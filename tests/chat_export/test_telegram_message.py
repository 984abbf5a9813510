"""Moment, author, answers and topic of a Telegram message, whatever stands in its fields."""

from collections import Counter
from datetime import datetime

import pytest

from bot.chat_export import telegram_message
from bot.chat_export.telegram_topics import REMEMBERED, TOPICS_KEPT, Topics
from bot.core.model import MessageKind, SenderRole
from tests.chat_export.make_exports import (
    GROUP,
    SHANGHAI,
    START,
    Raw,
    message,
    message_of_2019,
    only,
    read_chat,
    service,
)

K = MessageKind
GARBAGE_INSTANTS: tuple[object, ...] = ("", "0", "-1", "9" * 12, "9" * 5000, True, 1.5, [], 10**30, None)
GARBAGE_TIMES: tuple[object, ...] = (None, "", "gestern", "0001-01-01T00:00:00", "9999-12-31T23:59:59", 5, {})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_message_of_today_has_all_its_fields() -> None:
    found = only(message(3, "请报送", reply_to_message_id=2, edited_unixtime=str(START + 999), edited="x"))
    assert (found.id, found.text, found.chat, found.sender) == ("3", "请报送", f"tg:{GROUP}", "user42")
    assert found.at == moment("2023-11-15T06:16:20")
    assert found.at is not None
    assert found.at.tzinfo is SHANGHAI
    assert found.edited_at == moment("2023-11-15T06:29:59")
    assert (found.reply_to, found.thread, found.role) == ("2", None, SenderRole.UNKNOWN)
    assert (found.kind, found.forwarded, found.parts, found.links, found.quotes) == (K.TEXT, False, 1, (), ())


def test_message_of_2019_has_local_time_and_the_same_author_key() -> None:
    messages, export = read_chat(message_of_2019(1, ["请看 ", {"type": "link", "text": "https://a.cn"}]))
    assert messages[0].at == moment("2023-11-15T06:14:20")
    assert messages[0].edited_at is None
    assert messages[0].sender == "user42"
    assert messages[0].links == ("https://a.cn",)
    assert (export.tally.with_zone, export.tally.without_zone) == (0, 1)


def test_instant_wins_over_the_clock_of_the_exporting_computer() -> None:
    messages, export = read_chat(message(0, date="2023-11-14T23:13:20"), message(61, date="2023-11-15T00:14:20"))
    assert messages[0].at == moment("2023-11-15T06:13:20")
    assert export.tally.zone_offsets == {60}
    assert export.tally.with_zone == 2


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        pytest.param({"date_unixtime": "x"}, "2023-11-15T06:14:20", id="garbage beside a local time"),
        pytest.param({"date_unixtime": START, "date": None}, "2023-11-15T06:13:20", id="a number"),
        pytest.param({"date_unixtime": None, "date": "2023-11-15T07:00:00+09:00"}, "2023-11-15T06:00:00", id="offset"),
    ],
)
def test_moment_is_read(fields: Raw, at: str) -> None:
    assert only(message(1, **fields)).at == moment(at)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"date_unixtime": unix, "date": date}, id=f"{unix!r} {date!r}"[:60])
        for unix in GARBAGE_INSTANTS
        for date in GARBAGE_TIMES
    ],
)
def test_message_is_skipped_when_its_date_is_garbage(fields: Raw) -> None:
    messages, export = read_chat(message(1, **fields), message(2))
    assert [found.id for found in messages] == ["2"]
    assert export.tally.skipped == Counter(no_date=1)


@pytest.mark.parametrize("number", [None, "1", 1.0, True, 10**30, [], {}], ids=repr)
def test_message_is_skipped_when_its_id_is_no_whole_number(number: object) -> None:
    messages, export = read_chat({**message(1), "id": number}, message(2))
    assert [found.id for found in messages] == ["2"]
    assert export.tally.skipped == Counter(bad_id=1)


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        pytest.param(None, "not_an_object", id="null"),
        pytest.param([message(1)], "not_an_object", id="a list"),
        pytest.param("oversized_value", "not_an_object", id="a string"),
        pytest.param({}, "unknown_type", id="an empty object"),
        pytest.param({**message(1), "type": ["message"]}, "unknown_type", id="a type that is a list"),
    ],
)
def test_element_is_skipped_when_it_is_no_message(element: object, reason: str) -> None:
    messages, export = read_chat(message(1), element, message(2))
    assert [found.id for found in messages] == ["1", "2"]
    assert export.tally.skipped == Counter({reason: 1})


def test_unsupported_message_is_counted_though_it_has_no_date() -> None:
    messages, export = read_chat({"id": 1, "type": "unsupported"}, message(2))
    assert len(messages) == 1
    assert export.tally.unsupported == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"forwarded_from": "某县委办"}, id="by name"),
        pytest.param({"forwarded_from": None}, id="from a hidden account"),
        pytest.param({"forwarded_from_id": "channel9"}, id="by id"),
        pytest.param({"saved_from": "张三"}, id="saved"),
    ],
)
def test_forward(fields: Raw) -> None:
    assert only(message(1, **fields)).forwarded


@pytest.mark.parametrize(
    ("fields", "reply"),
    [
        pytest.param({"reply_to_message_id": -999_999_990}, "-999999990", id="to before the upgrade of the group"),
        pytest.param({"reply_to_message_id": 7, "reply_to_peer_id": "channel9"}, None, id="into another chat"),
        pytest.param({"reply_to_message_id": None}, None, id="null"),
        pytest.param({"reply_to_message_id": 1.5}, None, id="a fraction"),
    ],
)
def test_reply(fields: Raw, reply: str | None) -> None:
    assert only(message(-999_999_989, seconds=0, **fields)).reply_to == reply


@pytest.mark.parametrize(
    ("fields", "sender", "role"),
    [
        pytest.param({}, "user42", SenderRole.UNKNOWN, id="a member"),
        pytest.param({"from_id": f"channel{GROUP}"}, f"channel{GROUP}", SenderRole.ADMIN, id="an anonymous admin"),
        pytest.param({"from_id": (2 << 32) + GROUP}, f"channel{GROUP}", SenderRole.ADMIN, id="the same in 2020"),
        pytest.param({"from_id": "channel9"}, "channel9", SenderRole.CHANNEL, id="another channel"),
        pytest.param({"from": None, "from_id": None}, "", SenderRole.UNKNOWN, id="nobody"),
        pytest.param({"from_id": ["user1"]}, "", SenderRole.UNKNOWN, id="garbage"),
        pytest.param({"from_id": -5}, "", SenderRole.UNKNOWN, id="a negative number"),
        pytest.param({"inline_bot_buttons": [[]]}, "user42", SenderRole.BOT, id="buttons are a bot's"),
        pytest.param({"inline_bot_buttons": [[]], "via_bot": "@x"}, "user42", SenderRole.UNKNOWN, id="by way of a bot"),
        pytest.param({"inline_bot_buttons": [[]], "saved_from": "x"}, "user42", SenderRole.UNKNOWN, id="forwarded"),
    ],
)
def test_author(fields: Raw, sender: str, role: SenderRole) -> None:
    found = only(message(1, **fields))
    assert (found.sender, found.role) == (sender, role)


def test_posts_of_a_channel_are_the_channel_s() -> None:
    pinned = service(2, "pin_message", actor_id="user42")
    messages, _ = read_chat(message(1), pinned, message(3), message(4, inline_bot_buttons=[]), type_="public_channel")
    assert {found.role for found in messages} == {SenderRole.CHANNEL}


@pytest.mark.parametrize(
    ("action", "fields", "role"),
    [
        pytest.param("pin_message", {"message_id": 1}, SenderRole.ADMIN, id="pinned"),
        pytest.param("create_group", {"title": "x", "members": []}, SenderRole.ADMIN, id="made the group"),
        pytest.param("remove_members", {"members": ["李四"]}, SenderRole.ADMIN, id="removed another"),
        pytest.param("remove_members", {"members": ["张三"]}, SenderRole.UNKNOWN, id="left"),
        pytest.param("remove_members", {"members": 5}, SenderRole.UNKNOWN, id="garbage"),
        pytest.param("invite_members", {"members": ["李四", None]}, SenderRole.UNKNOWN, id="anyone may invite"),
    ],
)
def test_who_acts_as_an_admin_is_one_from_then_on(action: str, fields: Raw, role: SenderRole) -> None:
    messages, export = read_chat(message(1), service(2, action, **fields), message(3))
    assert [found.role for found in messages] == [SenderRole.UNKNOWN, role]
    assert export.tally.services == Counter({action: 1})


def test_services_without_a_known_word_are_counted_as_custom() -> None:
    odd = [{**service(1, "x"), "action": action} for action in (None, 5, "Ä", "x" * 99, "")]
    many = [service(2, "act_" + "abcdefghij"[n // 100] + "abcdefghij"[n // 10 % 10] * (n % 10 + 1)) for n in range(400)]
    _, export = read_chat(*odd, *many)
    assert len(export.tally.services) <= 201
    assert export.tally.services.total() == 405


def test_thread_follows_the_chain_of_replies() -> None:
    messages, _ = read_chat(
        message(1, reply_to_message_id=10),
        service(10, "topic_created", title="通知"),
        message(11, reply_to_message_id=10),
        message(12, reply_to_message_id=11),
        message(13, reply_to_message_id=5),
        message(14),
    )
    assert [found.thread for found in messages] == [None, "10", "10", None, None]


def test_topics_remember_the_newest_messages_and_not_all() -> None:
    topics = Topics()
    topics.open(1)
    for number in range(2, 2 * REMEMBERED + 10):
        topics.thread(number, 1)
    assert topics.thread(10**7, 2 * REMEMBERED) == "1"
    assert topics.thread(10**7 + 1, 3) is None


def test_topics_of_one_chat_are_bounded() -> None:
    topics = Topics()
    for number in range(TOPICS_KEPT + 1):
        topics.open(number)
    assert topics.thread(TOPICS_KEPT * 2, TOPICS_KEPT - 1) == str(TOPICS_KEPT - 1)
    assert topics.thread(TOPICS_KEPT * 2, TOPICS_KEPT) is None


def test_authors_beyond_the_bound_are_read_but_not_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_message, "AUTHORS_KEPT", 0)
    pinned = service(1, "pin_message", actor_id="user42")
    messages, _ = read_chat(pinned, message(2, "请报送"))
    assert [(found.sender, found.role) for found in messages] == [("user42", SenderRole.UNKNOWN)]

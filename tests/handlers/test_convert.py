"""What a raw message of the Bot API becomes, and that no JSON whatever makes the reader raise."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.arrival import Arrival
from bot.core.model import MessageKind, SenderRole
from handlers.convert import convert
from tests.chat_export.make_exports import message as exported
from tests.chat_export.make_exports import only

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHAT = -1001234
START = 1700000000


def raw(**fields: Any) -> dict[str, Any]:
    return {
        "message_id": 7,
        "date": START,
        "chat": {"id": CHAT, "type": "supergroup", "title": "x"},
        "from": {"id": 42, "is_bot": False, "first_name": "x"},
        **fields,
    }


def read(**fields: Any) -> Arrival:
    arrival = convert(raw(**fields), SHANGHAI)
    assert arrival is not None
    return arrival


def entity(kind: str, text: str, part: str, **more: Any) -> dict[str, Any]:
    """An entity over `part`, counted in UTF-16 as the platform does."""
    before = text[: text.index(part)]
    units = [len(words.encode("utf-16-le")) // 2 for words in (before, part)]
    return {"type": kind, "offset": units[0], "length": units[1], **more}


def test_a_plain_text_has_all_its_fields() -> None:
    arrival = read(text="请报送", edit_date=START + 60)
    message = arrival.message
    assert (arrival.chat_id, arrival.message_id, arrival.user_id, arrival.thread_id) == (CHAT, 7, 42, None)
    assert (message.id, message.text, message.sender, message.kind) == ("7", "请报送", "", MessageKind.TEXT)
    assert message.at == datetime.fromtimestamp(START, SHANGHAI)
    assert message.edited_at == datetime.fromtimestamp(START + 60, SHANGHAI)
    assert not arrival.edited


QUOTED = "😀引文\n请今晚报送 https://a.cn/x，见这里"


def test_quotes_and_links_come_from_entities_counted_in_utf16() -> None:
    marks = [
        entity("blockquote", QUOTED, "引文"),
        entity("url", QUOTED, "https://a.cn/x"),
        entity("text_link", QUOTED, "这里", url="https://b.cn/"),
    ]
    message = read(text=QUOTED, entities=marks).message
    assert [QUOTED[start:end] for start, end in message.quotes] == ["引文"]
    assert message.links == ("https://a.cn/x", "https://b.cn/")


def test_the_quote_of_a_reply_is_not_the_senders() -> None:
    message = read(text="收到", quote={"text": "今晚报送", "position": 0}, reply_to_message={"message_id": 3}).message
    assert (message.text, message.reply_to) == ("收到", "3")


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        pytest.param(
            {"poll": {"question": "谁没交？", "options": [{"text": "一组"}, {"text": "二组"}]}},
            MessageKind.POLL,
            "谁没交？\n一组\n二组",
            id="a poll with its options",
        ),
        pytest.param(
            {"checklist": {"title": "打卡", "tasks": [{"id": 1, "text": "一村"}]}},
            MessageKind.CHECKLIST,
            "打卡\n一村",
            id="a checklist with its tasks",
        ),
        pytest.param({"photo": [{"file_size": 3}], "caption": "请转发"}, MessageKind.PHOTO, "请转发", id="a caption"),
        pytest.param(
            {"animation": {}, "document": {"file_name": "x.gif"}}, MessageKind.VIDEO, "", id="an animation is no file"
        ),
        pytest.param({"venue": {}, "location": {}}, MessageKind.LOCATION, "", id="a place"),
        pytest.param({"text": ""}, MessageKind.OTHER, "", id="an empty text"),
    ],
)
def test_what_carries_the_message_is_told(fields: dict[str, Any], kind: MessageKind, text: str) -> None:
    message = read(**fields).message
    assert (message.kind, message.text) == (kind, text)


def test_a_file_has_its_name_and_size() -> None:
    message = read(document={"file_name": "台账.xlsx", "file_size": 99}, caption="请填").message
    assert (message.file_name, message.file_size) == ("台账.xlsx", 99)


CHANNEL = {"id": -100777, "type": "channel"}


@pytest.mark.parametrize(
    ("fields", "user", "role"),
    [
        pytest.param({}, 42, SenderRole.UNKNOWN, id="a person whose role nobody asked for"),
        pytest.param({"from": {"id": 5, "is_bot": True}}, 5, SenderRole.BOT, id="a bot"),
        pytest.param(
            {"from": {"id": 1087968824, "is_bot": True}, "sender_chat": {"id": CHAT}},
            None,
            SenderRole.ADMIN,
            id="an anonymous admin",
        ),
        pytest.param(
            {"from": {"id": 136817688, "is_bot": True}, "sender_chat": CHANNEL},
            None,
            SenderRole.CHANNEL,
            id="a member behind a channel",
        ),
        pytest.param({"from": {"id": 777000}}, None, SenderRole.UNKNOWN, id="a stand-in without its chat"),
        pytest.param({"from": {"id": 1087968824}}, None, SenderRole.UNKNOWN, id="never the anonymous id itself"),
        pytest.param({"from": "x"}, None, SenderRole.UNKNOWN, id="nobody"),
        pytest.param({"via_bot": {"id": 9, "is_bot": True}}, 42, SenderRole.UNKNOWN, id="by way of a bot"),
    ],
)
def test_who_wrote_is_told_as_far_as_it_is_sure(fields: dict[str, Any], user: int | None, role: SenderRole) -> None:
    arrival = read(text="x", **fields)
    assert (arrival.user_id, arrival.message.role) == (user, role)


def test_known_admins_have_their_role() -> None:
    roles = [convert(raw(text="x"), SHANGHAI, admins=admins) for admins in ({42}, {1})]
    assert [arrival.message.role for arrival in roles if arrival] == [SenderRole.ADMIN, SenderRole.MEMBER]


def test_a_linked_channels_post_is_its_own_and_names_its_origin() -> None:
    origin = {"type": "channel", "chat": CHANNEL, "message_id": 55}
    arrival = read(text="x", sender_chat=CHANNEL, is_automatic_forward=True, forward_origin=origin)
    assert (arrival.origin, arrival.message.forwarded, arrival.message.role) == (
        "-100777:55",
        False,
        SenderRole.CHANNEL,
    )


def test_what_the_channel_itself_forwarded_stays_a_forward() -> None:
    origin = {"type": "channel", "chat": {"id": -100888}, "message_id": 5}
    assert read(text="x", sender_chat=CHANNEL, is_automatic_forward=True, forward_origin=origin).message.forwarded


def test_a_forward_by_hand_has_no_origin_to_count_once() -> None:
    arrival = read(text="x", forward_origin={"type": "channel", "chat": CHANNEL, "message_id": 55})
    assert (arrival.origin, arrival.message.forwarded) == ("", True)


@pytest.mark.parametrize(
    ("fields", "thread", "reply"),
    [
        pytest.param({"message_thread_id": 9, "is_topic_message": True}, 9, None, id="in a topic"),
        pytest.param(
            {"message_thread_id": 9, "is_topic_message": True, "reply_to_message": {"message_id": 9}},
            9,
            None,
            id="the topic's first message is not answered",
        ),
        pytest.param(
            {"message_thread_id": 9, "reply_to_message": {"message_id": 9}}, None, "9", id="an answer in General"
        ),
    ],
)
def test_a_thread_is_a_topic_only_where_it_says_so(
    fields: dict[str, Any], thread: int | None, reply: str | None
) -> None:
    arrival = read(text="x", **fields)
    assert (arrival.thread_id, arrival.message.reply_to) == (thread, reply)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"new_chat_title": "x"}, id="a service message"),
        pytest.param({"text": "x", "message_id": 0}, id="an ephemeral message has no number"),
        pytest.param({"text": "x", "receiver_user": {"id": 1}}, id="what one person sees alone"),
        pytest.param({"text": "x", "date": "now"}, id="no moment"),
        pytest.param({"text": "x", "chat": None}, id="no chat"),
        pytest.param({"something_new": {}}, id="a kind still unknown"),
    ],
)
def test_what_is_no_message_of_the_group_is_none(fields: dict[str, Any]) -> None:
    assert convert(raw(**fields), SHANGHAI) is None


@pytest.mark.parametrize(
    ("live", "export"),
    [
        pytest.param({"text": "请看 https://a.cn。"}, {"text": "请看 https://a.cn。"}, id="a plain link"),
        pytest.param(
            {"text": QUOTED, "entities": [entity("expandable_blockquote", QUOTED, "引文")]},
            {"text": ["😀", {"type": "blockquote", "text": "引文"}, QUOTED[3:]]},
            id="a quote",
        ),
        pytest.param(
            {"poll": {"question": "去吗 https://q.cn", "options": [{"text": "去"}]}, "caption": "请投票"},
            {"poll": {"question": "去吗 https://q.cn", "answers": [{"text": "去"}]}, "text": "请投票"},
            id="a poll",
        ),
        pytest.param(
            {"document": {"file_name": "a.xlsx", "file_size": 5}, "caption": "> 原话\n请填"},
            {"file": "files/a.xlsx", "file_name": "a.xlsx", "file_size": 5, "text": "> 原话\n请填"},
            id="a file",
        ),
        pytest.param(
            {"text": "见此 官网 www.x.cn", "entities": [entity("url", "见此 官网 www.x.cn", "www.x.cn")]},
            {"text": ["见此 官网 ", {"type": "link", "text": "www.x.cn"}]},
            id="an address without its scheme",
        ),
    ],
)
def test_live_and_export_say_the_same_of_a_message(live: dict[str, Any], export: dict[str, Any]) -> None:
    ours, theirs = read(**live).message, only(exported(0, export.pop("text"), **export))
    for part in ("text", "quotes", "links", "kind", "forwarded", "file_name", "file_size"):
        assert getattr(ours, part) == getattr(theirs, part), part


FIELDS = [
    "message_id",
    "date",
    "chat",
    "from",
    "sender_chat",
    "text",
    "caption",
    "entities",
    "caption_entities",
    "photo",
    "document",
    "poll",
    "checklist",
    "forward_origin",
    "is_automatic_forward",
    "message_thread_id",
    "is_topic_message",
    "reply_to_message",
    "edit_date",
    "venue",
    "media_group_id",
    "video",
    "animation",
    "via_bot",
    "receiver_user",
    "id",
    "type",
    "offset",
    "length",
    "url",
    "question",
    "options",
    "title",
    "tasks",
]
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(FIELDS)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=12))
def test_no_json_makes_it_raise(fields: dict[str, Any]) -> None:
    convert(fields, SHANGHAI)
    convert(raw(text="x😀") | fields, SHANGHAI, edited=True, admins={1})


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=5))
def test_spans_lie_within_the_text_whatever_entities_say(text: str, places: list[tuple[int, int]]) -> None:
    marks = [{"type": "blockquote", "offset": offset, "length": length} for offset, length in places]
    message = read(text=text, entities=marks).message
    assert all(0 <= start < end <= len(text) for start, end in message.quotes)

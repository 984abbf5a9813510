"""Telegram Desktop's exports as files: shapes, kinds of chats, faults, breaks, mutations."""

import copy
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat_export import ChatInfo, ChatKind
from bot.core.errors import BadExport
from tests.chat_export.make_exports import (
    ABSENT,
    LINK,
    POLL,
    QUOTE,
    account,
    as_compact,
    as_desktop,
    chat,
    message,
    message_of_2019,
    only,
    read,
    read_chat,
    service,
)


def test_full_export_gives_groups_and_channels_and_no_private_chat() -> None:
    data = as_desktop(
        account(
            chat(message(1), type_="saved_messages", number=1),
            chat(message(2), type_="personal_chat", number=2, name=None),
            chat(message(3), type_="private_group", number=3),
            chat(message(4), type_="hologram", number=4),
            "no chat",
            {"name": "空", "type": "private_group", "id": 5, "messages": []},
            left=[chat(message(6), type_="private_channel", number=6)],
        )
    )
    messages, export = read(data)
    assert [(found.chat, found.id) for found in messages] == [("tg:basic:3", "3"), ("tg:6", "6")]
    assert export.chats == [
        ChatInfo("tg:basic:3", ChatKind.GROUP, "某某工作群"),
        ChatInfo("tg:basic:5", ChatKind.GROUP, "空"),
        ChatInfo("tg:6", ChatKind.CHANNEL, "某某工作群"),
    ]
    assert export.tally.skipped == Counter(private_chat=2, unknown_chat_type=1)
    assert export.tally.chats == 3
    assert not export.tally.only_private


@pytest.mark.parametrize("type_", ["personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes"])
def test_export_of_one_private_chat_gives_nothing_and_says_so(type_: str) -> None:
    messages, export = read_chat(message(1), type_=type_)
    assert messages == []
    assert export.chats == []
    assert export.tally.only_private


def test_same_result_when_the_layout_is_another() -> None:
    value = account(chat(message(1), message(2, [LINK]), service(3, "pin_message"), message(4)))
    assert read(as_compact(value))[0] == read(as_desktop(value))[0] == read(b"\xef\xbb\xbf" + as_desktop(value))[0]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (5, "tg:5"),
        (None, "tg:unknown-1"),
        ("5", "tg:unknown-1"),
        (True, "tg:unknown-1"),
        ([], "tg:unknown-1"),
    ],
)
def test_chat_has_a_key_when_its_id_is_garbage(number: object, key: str) -> None:
    assert only(message(1), number=number).chat == key


def test_real_faults_of_exports_are_repaired_where_they_stand() -> None:
    emoji = {"type": "custom_emoji", "text": "😀", "document_id": "@"}
    data = as_desktop(chat(message(1), message(2, ["第#页", emoji]), message(3)))
    data = data.replace(b"#", rb"\x0C").replace(b'"@"', b"video_files/sticker (2).webm")
    messages, export = read(data)
    assert [found.text for found in messages] == ["收到", "第\x0c页😀", "收到"]
    assert export.tally.repairs == Counter(control_escape=2, unquoted_document_id=2)


def test_hostile_elements_cost_only_themselves() -> None:
    bomb = "[" * 50_000 + "]" * 50_000
    data = as_desktop(chat(message(1), message(2, "BOMB"), message(3, "x" * (4 << 20)), message(4)))
    messages, export = read(data.replace(b'"BOMB"', bomb.encode()))
    assert [found.id for found in messages] == ["1", "4"]
    assert export.tally.skipped == Counter(too_deep=1, oversized_value=1)


def test_giant_title_is_passed_over() -> None:
    messages, export = read(as_desktop(account(chat(message(1), name="x" * (5 << 20)))))
    assert len(messages) == 1
    assert export.chats[0].title == ""
    assert export.tally.repairs == Counter(oversized_value=1)


def test_data_behind_the_export_is_noticed() -> None:
    data = as_desktop(chat(message(1)))
    messages, export = read(data + data)
    assert len(messages) == 1
    assert export.tally.skipped == Counter(trailing_data=1)


@pytest.mark.parametrize("value", [None, 5, "x", {}, [], [5], {"list": 5}, {"list": {}}], ids=repr)
def test_lists_of_chats_may_be_garbage(value: object) -> None:
    with pytest.raises(BadExport) as raised:
        read(as_desktop({"about": "", "chats": value, "left_chats": value}))
    assert raised.value.key == "export.no_chats"


def test_messages_may_be_garbage() -> None:
    values: tuple[object, ...] = (None, 5, {}, "x")
    data = as_desktop(account(*({**chat(), "messages": value} for value in values), chat(message(1))))
    assert [found.id for found in read(data)[0]] == ["1"]


def test_truncated_export_gives_all_before_the_break_and_says_where() -> None:
    data = as_desktop(chat(message(1), message(2), message(3)))
    messages, export = read(data[: data.rindex(b'"from_id"')])
    assert [found.id for found in messages] == ["1", "2"]
    assert export.tally.truncated
    assert (export.tally.last_id, export.tally.last_at) == ("2", messages[-1].at)


def test_covered_range_is_told_when_messages_are_not_in_order() -> None:
    messages, export = read_chat(message(5), message(1), message(9), message(3))
    assert export.tally.first_moment == messages[1].at
    assert export.tally.last_moment == messages[2].at
    assert export.tally.last_id == "3"


SAMPLE = account(
    chat(message(1), message(2, ["见", LINK, QUOTE]), {"id": 3, "type": "unsupported"}, message(4, poll=POLL)),
    chat(
        message_of_2019(1),
        service(2, "pin_message"),
        message(3, photo=ABSENT),
        message(4, photo=ABSENT, seconds=9),
    ),
    left=[chat(message(7, file="a", file_name="表.xls"), number=9, type_="public_channel")],
)


@pytest.mark.parametrize("data", [as_desktop(SAMPLE), as_compact(SAMPLE)], ids=["indented", "compact"])
def test_truncation_at_any_byte_gives_a_prefix(data: bytes) -> None:
    whole, _ = read(data)
    front = data.index(b'"profile_pictures"') + 20
    for cut in range(front, len(data.rstrip())):
        messages, export = read(data[:cut])
        assert messages == whole[: len(messages)]
        assert export.tally.truncated


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["message", "user1", "0"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("text"), inner, max_size=3),
    max_leaves=8,
)


def places(value: object) -> list[tuple[Any, Any]]:
    """Every container in a value with each of its keys or positions."""
    if not isinstance(value, dict | list):
        return []
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    within = [place for key in keys for place in places(value[key])]
    return [(value, key) for key in keys] + within


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_mutation_of_the_values_raises_anything_else(data: st.DataObject) -> None:
    value = copy.deepcopy(SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(value)))
        container[key] = data.draw(JSON)
    try:
        messages, export = read(as_desktop(value))
    except BadExport:
        return
    assert export.tally.messages == len(messages)
    assert all(found.text.encode() is not None for found in messages)

"""The names that each kind of export states are learnt while it is read."""

from typing import Any

import pytest

from bot.core.masking import mask
from tests.chat_export.make_exports import (
    as_desktop,
    chat,
    message,
    qq_section,
    qq_text,
    read,
    service,
    wechat_csv,
    wechat_row,
)


def hidden(data: bytes, text: str) -> str:
    _, export = read(data)
    return mask(text, export.names.spans)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(message(1, **{"from": "静水流深"}), id="who writes"),
        pytest.param(message(1, forwarded_from="静水流深"), id="who is forwarded"),
        pytest.param(message(1, saved_from="静水流深"), id="from whom it was saved"),
        pytest.param(message(1, author="静水流深"), id="a signature"),
        pytest.param(
            message(1, ["请", {"type": "mention_name", "text": "静水流深", "user_id": 7}, "报表"]), id="a mention"
        ),
        pytest.param(service(1, "pin_message", actor="静水流深"), id="who acts"),
        pytest.param(service(1, "invite_members", members=["静水流深", None]), id="who is invited"),
        pytest.param(service(1, "join_group_by_link", inviter="静水流深"), id="whose link it was"),
        pytest.param(
            message(1, contact_information={"first_name": "静水流深", "last_name": "", "phone_number": ""}),
            id="a contact",
        ),
    ],
)
def test_telegram_states_a_name(raw: dict[str, Any]) -> None:
    assert hidden(as_desktop(chat(message(0), raw)), "静水流深还没发") == "＊＊还没发"


def test_the_two_names_of_a_contact_are_hidden_together() -> None:
    contact = {"first_name": "流深", "last_name": "静水", "phone_number": ""}
    assert hidden(as_desktop(chat(message(1, contact_information=contact))), "静水流深还没发") == "＊＊还没发"


def test_a_signature_of_an_author_who_is_known_is_learnt_too() -> None:
    anonymous = {"from": "某某工作群", "from_id": "channel1234567"}
    data = as_desktop(chat(message(0, author="静水流深", **anonymous), message(1, author="行云在天", **anonymous)))
    assert hidden(data, "静水流深和行云在天") == "＊＊和＊＊"


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(message(1, **{"from": "榆荫工作群", "from_id": "channel1234567"}), id="an anonymous admin"),
        pytest.param(message(1, forwarded_from="榆荫工作群", forwarded_from_id="channel7"), id="a channel"),
        pytest.param(service(1, "pin_message", actor="榆荫工作群", actor_id="channel1234567"), id="the group acts"),
    ],
)
def test_the_title_of_a_group_is_no_name(raw: dict[str, Any]) -> None:
    assert hidden(as_desktop(chat(raw)), "榆荫工作群的表还没发") == "榆荫工作群的表还没发"


@pytest.mark.parametrize("field", ["from", "forwarded_from", "actor", "members", "text", "contact_information"])
@pytest.mark.parametrize("value", [None, 5, [None], [{"type": "mention_name"}], {"first_name": 3}, [["静水流深"]]])
def test_what_stands_for_a_name_does_no_harm(field: str, value: object) -> None:
    messages, _ = read(as_desktop(chat(message(0, **{field: value}), message(1))))
    assert messages[-1].id == "1"


def test_qq_states_who_writes() -> None:
    data = qq_text(qq_section("群", ("2026-03-10 09:40:00 【管理员】静水流深(10001)", "收到"))).encode()
    assert hidden(data, "静水流深还没发") == "＊＊还没发"


@pytest.mark.parametrize("column", ["NickName", "Remark"])
def test_wechat_states_who_writes(column: str) -> None:
    data = wechat_csv(wechat_row(1, **{column: "静水流深"})).encode("utf-8-sig")
    assert hidden(data, "静水流深还没发") == "＊＊还没发"

"""What several files of one audit have in common, and what only seems to be the same."""

import pytest

from tests.chat_export.make_exports import (
    as_desktop,
    chat,
    message,
    qq_section,
    qq_text,
    read,
    wechat_csv,
    wechat_row,
)

QQ = qq_text(qq_section("工作群", ("2026-03-10 9:01:02 王五(10001)", "收到"))).encode()


def wechat(**cells: object) -> bytes:
    return wechat_csv(wechat_row(1, **cells)).encode("utf-8-sig")


def telegram(**fields: object) -> bytes:
    return as_desktop(chat(message(1), **fields))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(telegram(number=None), id="Telegram states no number"),
        pytest.param(wechat(TalkerId=""), id="WeChat states no chat"),
        pytest.param(wechat(TalkerId=7), id="WeChat numbers the chats of each database"),
        pytest.param(QQ, id="QQ states only a title"),
    ],
)
def test_groups_of_two_files_are_two(data: bytes) -> None:
    exports = [read(data, number) for number in range(3)]
    assert len({messages[0].chat for messages, _ in exports}) == 3
    assert all(messages[0].chat == export.chats[0].key for messages, export in exports)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(telegram(number=5), id="Telegram states its number"),
        pytest.param(wechat(TalkerId="8@chatroom"), id="WeChat states its account"),
    ],
)
def test_a_group_that_is_named_for_ever_is_one_in_all_files(data: bytes) -> None:
    assert len({read(data, number)[0][0].chat for number in range(3)}) == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(wechat(TalkerId="8@chatroom"), id="a number in a database of WeChat"),
        pytest.param(wechat(TalkerId="8@chatroom", localId=""), id="a row of WeChat"),
        pytest.param(QQ, id="a place in a text of QQ"),
    ],
)
def test_messages_that_are_numbered_in_each_file_are_told_apart(data: bytes) -> None:
    assert len({read(data, number)[0][0].id for number in range(3)}) == 3


def test_a_message_of_telegram_is_the_same_in_all_files() -> None:
    assert {read(telegram(), number)[0][0].id for number in range(3)} == {"1"}

"""Messages of QQ's and TIM's text exports."""

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat_export import ExportKind
from bot.chat_export.qq_text import LONGEST_TEXT
from bot.core.model import Message, MessageKind, SenderRole
from tests.chat_export.make_exports import SHANGHAI, qq_section, qq_text, read

K = MessageKind
HEAD = "2018-03-01 9:01:02 张三(12345)"


def read_text(text: str, encoding: str = "utf-8-sig") -> list[Message]:
    return read(text.encode(encoding))[0]


def one(text: str, header: str = HEAD) -> Message:
    found = read_text(qq_text(qq_section("防汛群", (header, text))))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("header", "at", "role"),
    [
        pytest.param(HEAD, "2018-03-01T09:01:02", SenderRole.UNKNOWN, id="hour of one digit"),
        pytest.param("2018-03-01 19:01:02 (12345)", "2018-03-01T19:01:02", SenderRole.UNKNOWN, id="no name"),
        pytest.param("2018-03-01 19:01:02 张(三)(12345)", "2018-03-01T19:01:02", SenderRole.UNKNOWN, id="brackets"),
        pytest.param("2018-03-01 19:01:02 张三<z@qq.com>", "2018-03-01T19:01:02", SenderRole.UNKNOWN, id="mail"),
        pytest.param("2018-03-01 19:01:02 【管理员】张三(12345)", "2018-03-01T19:01:02", SenderRole.ADMIN, id="admin"),
        pytest.param("2018-03-01 19:01:02 【群主】(12345)", "2018-03-01T19:01:02", SenderRole.ADMIN, id="owner"),
        pytest.param("2018-03-01 19:01:02 【潜水】张(12345)", "2018-03-01T19:01:02", SenderRole.UNKNOWN, id="level"),
        pytest.param(
            "2018-03-01 上午 9:01:02 张三(12345)",
            "2018-03-01T09:01:02",
            SenderRole.UNKNOWN,
            id="TIM, morning",
        ),
        pytest.param("2018-03-01 上午12:01:02 张三(12345)", "2018-03-01T00:01:02", SenderRole.UNKNOWN, id="midnight"),
        pytest.param("2018/3/1 下午 9:01:02 张三(12345)", "2018-03-01T21:01:02", SenderRole.UNKNOWN, id="TIM, evening"),
        pytest.param("2018/3/1 下午12:01:02 张三(12345)", "2018-03-01T12:01:02", SenderRole.UNKNOWN, id="noon"),
    ],
)
def test_header(header: str, at: str, role: SenderRole) -> None:
    found = one("收到", header)
    assert found.text == "收到"
    assert found.at == datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    assert found.role is role
    assert found.sender.startswith("qq:")
    assert "12345" not in found.sender


def test_author_is_the_number_and_not_the_name() -> None:
    later = "2018-03-01 9:01:05 "
    entries = [
        (HEAD, "一"),
        (later + "张大三(12345)", "二"),
        (later + "张三(54321)", "三"),
        (later + "<A@qq.com>", "四"),
    ]
    senders = [found.sender for found in read_text(qq_text(qq_section("群", *entries, (later + "<a@QQ.com>", "五"))))]
    assert senders[0] == senders[1] != senders[2]
    assert senders[3] == senders[4]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("2018-02-01 9:01:02 李四(54321)", id="a head of a message without an empty line above"),
        pytest.param("消息对象:别的群", id="the name of a chat without a rule above"),
        pytest.param("=" * 64, id="a rule"),
        pytest.param("消息分组:别的", id="a folder"),
        pytest.param("\n2018-02-01 25:01:02 李四(54321)", id="an hour that does not exist"),
        pytest.param("\n2018-02-01 9:01:02 李四", id="no number"),
        pytest.param("\n0001-01-01 9:01:02 李四(54321)", id="a year that cannot be"),
        pytest.param("\n2018-02-01 9:01:02 " + "李" * 600 + "(54321)", id="a line too long for a head"),
    ],
)
def test_line_that_looks_like_more_is_text(line: str) -> None:
    assert one(f"转发：\n{line}\n以上").text == f"转发：\n{line}\n以上"


def test_several_groups_in_one_file_are_several_chats() -> None:
    data = qq_text(qq_section("防汛群", (HEAD, "一")), qq_section("党建群", (HEAD, "二"), (HEAD, "三"))).encode()
    messages, export = read(data)
    assert [found.text for found in messages] == ["一", "二", "三"]
    assert [found.id for found in messages] == ["1", "2", "3"]
    assert messages[0].chat != messages[1].chat == messages[2].chat
    assert [info.title for info in export.chats] == ["防汛群", "党建群"]
    assert [info.key for info in export.chats] == [messages[0].chat, messages[1].chat]
    assert export.tally.without_zone == 3


@pytest.mark.parametrize(
    ("header", "folder"),
    [("2018-03-01 9:01:02 李四", "同事"), (HEAD, "我的好友")],
    ids=["no numbers", "the folder of friends"],
)
def test_chat_of_two_is_passed_over_whole(header: str, folder: str) -> None:
    private = qq_section("李四", (header, "私下"), (HEAD, "也私下"), folder=folder)
    messages, export = read(qq_text(private, qq_section("防汛群", (HEAD, "一"))).encode())
    assert [found.text for found in messages] == ["一"]
    assert export.tally.skipped == Counter(private_chat=1)


@pytest.mark.parametrize(
    ("text", "kind", "words", "parts"),
    [
        pytest.param("[图片]", K.PHOTO, "", 1, id="a picture"),
        pytest.param("[图片] [图片]\n[表情]", K.PHOTO, "", 2, id="two pictures"),
        pytest.param("现场[图片]", K.PHOTO, "现场[图片]", 1, id="a picture among words"),
        pytest.param("[表情][表情]", K.STICKER, "", 1, id="faces"),
        pytest.param("收到[表情]", K.TEXT, "收到[表情]", 1, id="a face among words"),
        pytest.param("[文件]", K.FILE, "", 1, id="a file"),
        pytest.param("[语音]", K.VOICE, "", 1, id="voice"),
        pytest.param("[通知]请报送", K.TEXT, "[通知]请报送", 1, id="other words in brackets"),
        pytest.param("", K.OTHER, "", 1, id="nothing"),
    ],
)
def test_placeholder(text: str, kind: MessageKind, words: str, parts: int) -> None:
    found = one(text)
    assert (found.kind, found.text, found.parts) == (kind, words, parts)


def test_links_and_quotes_are_found() -> None:
    found = one("> 请报送\n见 https://a.cn/x")
    assert found.links == ("https://a.cn/x",)
    assert found.quotes == ((0, 5),)


def test_system_lines_are_counted() -> None:
    system = "2018-03-01 9:01:03 系统消息(10000)"
    entries = [(system, "张三撤回了一条消息"), (system, "李四加入本群"), (HEAD, "收到")]
    messages, export = read(qq_text(qq_section("群", *entries)).encode())
    assert [found.text for found in messages] == ["收到"]
    assert export.tally.services == Counter(recall=1, system=1)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_and_line_ends(encoding: str, ending: str) -> None:
    text = qq_text(qq_section("防汛群", (HEAD, "第一行\n第二行"), (HEAD, "收到"))).replace("\n", ending)
    messages, export = read(text.encode(encoding))
    assert [found.text for found in messages] == ["第一行\n第二行", "收到"]
    assert export.kind is ExportKind.QQ_TEXT
    assert not export.tally.repairs


def test_mixed_line_ends_lose_no_message() -> None:
    text = qq_text(qq_section("防汛群", (HEAD, "一\r二"), (HEAD, "三\r\n四"))).replace("\n\n2018", "\r\n\r\n2018")
    assert [found.text for found in read_text(text)] == ["一\n二", "三\n四"]


def test_bytes_that_do_not_decode_are_replaced_and_counted() -> None:
    data = qq_text(qq_section("防汛群", (HEAD, "收#到"))).encode().replace(b"#", b"\xff\xff")
    messages, export = read(data)
    assert messages[0].text == "收\ufffd\ufffd到"
    assert export.tally.repairs == Counter(bad_utf8=2)


def test_file_without_a_preamble_is_one_group() -> None:
    messages, export = read(f"\n{HEAD}\n收到\n\n{HEAD}\n好".encode())
    assert [found.text for found in messages] == ["收到", "好"]
    assert export.tally.chats == 1


def test_giant_message_and_giant_line_are_passed_over() -> None:
    many = "\n".join(["请报送" * 1000] * (LONGEST_TEXT // 2000))
    messages, export = read(qq_text(qq_section("群", (HEAD, many), (HEAD, "长" * (3 << 20)), (HEAD, "好"))).encode())
    assert [found.text for found in messages] == ["", "好"]
    assert export.tally.skipped == Counter(oversized_value=1)
    assert export.tally.repairs == Counter(oversized_value=1)


SAMPLE = qq_text(
    qq_section("防汛群", (HEAD, "请报送\n\n以上"), ("2018-03-01 9:01:02 <a@b.c>", "[图片]")),
    qq_section("党建群", (HEAD, "> 一\n收到")),
).encode()


def test_truncation_at_any_byte_gives_a_prefix_but_for_the_last_message() -> None:
    whole, _ = read(SAMPLE)
    for cut in range(SAMPLE.index(b"====") + 200, len(SAMPLE)):
        messages, _ = read(SAMPLE[:cut])
        assert messages[:-1] == whole[: max(0, len(messages) - 1)]


LINES = st.sampled_from(
    [
        HEAD,
        "",
        "收到",
        "=" * 64,
        "消息对象:群",
        "消息分组:我的好友",
        "2018-03-01 9:01:02 张三",
        "[图片]",
        "\r",
        "\0",
        "\x85",
    ]
)


@given(st.lists(LINES | st.text()))
def test_no_order_of_lines_raises(lines: list[str]) -> None:
    messages, export = read((qq_text() + "\n".join(lines)).encode("utf-8", "replace"))
    assert export.tally.messages == len(messages)

"""Messages of the WeChat tables that WeChatMsg writes."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat_export import ChatKind, Export, ExportKind
from bot.chat_export.wechat_csv import LONGEST_FIELD
from bot.core.model import Message, MessageKind
from tests.chat_export.make_exports import SHANGHAI, START, WECHAT_COLUMNS, read, wechat_csv, wechat_row

K = MessageKind
Row = dict[str, Any]


def read_rows(*rows: Row) -> tuple[list[Message], Export]:
    return read(wechat_csv(*rows).encode("utf-8-sig"))


def one(row: Row) -> Message:
    found, _ = read_rows(row)
    assert len(found) == 1
    return found[0]


def share(**fields: str) -> str:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<?xml version="1.0"?>\n<msg><appmsg appid="">{inner}</appmsg></msg>'


def test_text_has_its_fields() -> None:
    messages, export = read_rows(wechat_row(1, "请报送\n见 https://a.cn/x"))
    found = messages[0]
    assert (found.id, found.text, found.links) == ("1", "请报送\n见 https://a.cn/x", ("https://a.cn/x",))
    assert found.at is not None
    assert (found.at.timestamp(), found.at.tzinfo) == (START + 60, SHANGHAI)
    assert found.chat == export.chats[0].key != ""
    assert found.sender.startswith("wx:")
    assert "zhang" not in found.sender
    assert (export.kind, export.chats[0].kind) == (ExportKind.WECHAT_CSV, ChatKind.UNKNOWN)
    assert (export.tally.with_zone, export.tally.zone_offsets) == (1, {480})


@pytest.mark.parametrize(
    ("cells", "stated"),
    [
        pytest.param({"CreateTime": f"{START + 60}000"}, "with_zone", id="thousandths of a second"),
        pytest.param({"StrTime": "x"}, "with_zone", id="no local time"),
        pytest.param({"CreateTime": "x"}, "without_zone", id="no instant"),
        pytest.param({"CreateTime": "0"}, "without_zone", id="an instant of nought"),
    ],
)
def test_moment(cells: Row, stated: str) -> None:
    messages, export = read_rows(wechat_row(1, **cells))
    assert messages[0].at is not None
    assert messages[0].at.timestamp() == START + 60
    assert getattr(export.tally, stated) == 1


def test_row_without_a_moment_is_skipped() -> None:
    messages, export = read_rows(wechat_row(1, CreateTime="", StrTime=""), wechat_row(2))
    assert [found.id for found in messages] == ["2"]
    assert export.tally.skipped == Counter(no_date=1)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        (3, K.PHOTO),
        (34, K.VOICE),
        (43, K.VIDEO),
        (47, K.STICKER),
        (48, K.LOCATION),
        (42, K.OTHER),
        (1, K.OTHER),
    ],
)
def test_kind(type_: int, kind: MessageKind) -> None:
    found = one(wechat_row(1, "" if type_ == 1 else "<msg><title>x</title></msg>", type_))
    assert (found.kind, found.text) == (kind, "")


@pytest.mark.parametrize(
    ("content", "subtype", "kind", "text", "links"),
    [
        pytest.param(
            share(title="关于&lt;报送&gt;的通知", url="https://a.cn/?a=1&amp;b=2"),
            5,
            K.LINK,
            "关于<报送>的通知",
            ("https://a.cn/?a=1&b=2",),
            id="a link",
        ),
        pytest.param(share(title="<![CDATA[ 通知&amp; ]]>", type="5"), 0, K.LINK, "通知&amp;", (), id="no subtype"),
        pytest.param(share(title="好的", type="57", url="http://x"), 57, K.TEXT, "好的", (), id="an answer"),
        pytest.param(share(title="#接龙\n1. 甲", type="53"), 53, K.TEXT, "#接龙\n1. 甲", (), id="a chain"),
        pytest.param(share(title="", textannouncement="请报送"), 87, K.TEXT, "请报送", (), id="an announcement"),
        pytest.param(share(title="红包"), 2001, K.OTHER, "红包", (), id="money"),
        pytest.param("[链接] 通知", 5, K.LINK, "[链接] 通知", (), id="no XML"),
        pytest.param("<msg><title>没有结尾", 5, K.LINK, "", (), id="XML that breaks off"),
        pytest.param(share(title="x", url="javascript:alert(1)"), 5, K.LINK, "x", (), id="an address of no web page"),
        pytest.param(
            '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + share(title="&c;"),
            5,
            K.LINK,
            "&c;",
            (),
            id="bomb",
        ),
    ],
)
def test_share(content: str, subtype: int, kind: MessageKind, text: str, links: tuple[str, ...]) -> None:
    found = one(wechat_row(1, content, 49, SubType=subtype))
    assert (found.kind, found.text, found.links) == (kind, text, links)


def test_shared_file_has_name_and_size() -> None:
    found = one(wechat_row(1, share(title="统计表.xlsx", type="6", totallen="2048"), 49))
    assert (found.kind, found.text, found.file_name, found.file_size) == (K.FILE, "", "统计表.xlsx", 2048)


def test_bundle_of_messages_is_forwarded() -> None:
    assert one(wechat_row(1, share(title="群聊的聊天记录"), 49, SubType=19)).forwarded


def test_system_rows_are_counted() -> None:
    rows = [wechat_row(1, '"张三" 撤回了一条消息', 10000), wechat_row(2, "x", 10000), wechat_row(3, "", 50)]
    messages, export = read_rows(*rows, wechat_row(4, "x", 99))
    assert messages == []
    assert export.tally.services == Counter(recall=1, system=1, call=1)
    assert export.tally.unsupported == 1


def test_several_chats_in_one_table() -> None:
    rows = [wechat_row(n, TalkerId=talker) for n, talker in enumerate(("8@chatroom", 7, "wxid_li", "8@chatroom"))]
    messages, export = read_rows(*rows)
    assert len({found.chat for found in messages}) == 2
    assert [info.kind for info in export.chats] == [ChatKind.GROUP, ChatKind.UNKNOWN]
    assert export.tally.skipped == Counter(private_chat=1)


def test_author_is_the_account_then_the_own_one_then_the_name() -> None:
    cells: list[Row] = [
        {},
        {"NickName": "x"},
        {"Sender": "", "IsSender": 1},
        {"Sender": ""},
        {"NickName": "李"},
    ]
    rows = [wechat_row(n, **each) for n, each in enumerate(cells)]
    senders = [found.sender for found in read_rows(*rows)[0]]
    assert senders[0] == senders[1] == senders[4]
    assert len(set(senders)) == 3
    assert one(wechat_row(1, Sender="", NickName="")).sender == ""


def test_quote_of_another_s_message_is_marked() -> None:
    text = "「张三：请报送」\n- - - - - - - - - -\n收到"
    assert one(wechat_row(1, text)).quotes == ((0, 8),)


def test_columns_may_stand_in_any_order_and_be_missing() -> None:
    data = 'Type,"StrTime",StrContent,其他\r\n1,2023-11-15 06:14:20,"一, ""二""",x\r\n'
    messages, export = read(data.encode())
    assert [(found.id, found.text) for found in messages] == [("row-1", '一, "二"')]
    assert export.tally.without_zone == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r\r\n"])
def test_encodings_and_line_ends(encoding: str, ending: str) -> None:
    data = wechat_csv(wechat_row(1, "一\n二"), wechat_row(2, "三")).replace("\r\n", ending).encode(encoding)
    assert [found.text for found in read(data)[0]] == ["一\n二", "三"]


def test_rows_of_another_length_are_skipped() -> None:
    data = wechat_csv(wechat_row(1)) + "a,b\r\n\r\n" + wechat_csv(wechat_row(2)).split("\r\n", 1)[1]
    messages, export = read(data.encode())
    assert [found.id for found in messages] == ["1", "2"]
    assert export.tally.skipped == Counter(bad_row=1)
    assert not export.tally.truncated


def test_giant_field_is_passed_over() -> None:
    line = "x" * 1000 + "\n"
    rows = [wechat_row(2, line * (LONGEST_FIELD // 1000)), wechat_row(3, "一\n二"), wechat_row(4)]
    messages, export = read_rows(wechat_row(1), *rows)
    assert [found.id for found in messages] == ["1", "4"]
    assert export.tally.skipped["bad_row"] > 0


def test_long_field_is_read() -> None:
    assert len(one(wechat_row(1, "长" * 200_000)).text) == 200_000


SAMPLE = wechat_csv(
    wechat_row(1, "一\n二"),
    wechat_row(2, share(title="x"), 49),
    wechat_row(3, '"', 1),
    wechat_row(4, "末"),
).encode("utf-8-sig")


def test_truncation_at_any_byte_gives_a_prefix_but_for_the_last_message() -> None:
    whole, _ = read(SAMPLE)
    for cut in range(len(",".join(WECHAT_COLUMNS)) + 5, len(SAMPLE)):
        messages, _ = read(SAMPLE[:cut])
        assert messages[:-1] == whole[: max(0, len(messages) - 1)]


def test_table_that_breaks_off_is_told_from_a_whole_one() -> None:
    assert read(SAMPLE[:-40])[1].tally.truncated
    assert not read(SAMPLE)[1].tally.truncated


@given(st.lists(st.lists(st.text() | st.sampled_from(["1", "49", "<title>", '"', "\n", "\0"]), max_size=13)))
def test_no_table_raises(rows: list[list[str]]) -> None:
    data = ",".join(WECHAT_COLUMNS) + "\n" + "\n".join(",".join(row) for row in rows)
    messages, export = read(data.encode("utf-8", "replace"))
    assert export.tally.messages == len(messages)


@given(st.text(alphabet="<>/titleur&;#![]CDAT", max_size=200), st.sampled_from([0, 5, 6, 19, 57, 87]))
def test_no_share_raises(content: str, subtype: int) -> None:
    assert one(wechat_row(1, f"<{content}", 49, SubType=subtype)).id == "1"


@pytest.mark.parametrize("more", [",", ",,", ",Remark,Remark"])
def test_columns_without_a_name_of_their_own_cost_no_row(more: str) -> None:
    head, row = wechat_csv(wechat_row(1)).split("\r\n")[:2]
    messages, export = read(f"{head}{more}\r\n{row}{',' * more.count(',')}\r\n".encode())
    assert [found.id for found in messages] == ["1"]
    assert not export.tally.skipped


def test_a_giant_link_and_name_of_a_share_are_cut() -> None:
    link, name = "https://a.cn/" + "x" * 5000, "表" * 5000
    shared = one(wechat_row(1, f"<url>{link}</url><type>5</type>", 49))
    sent = one(wechat_row(1, f"<title>{name}</title><type>6</type>", 49))
    assert (shared.links, sent.file_name) == ((link[:2048],), name[:256])

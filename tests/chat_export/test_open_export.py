"""What a file is, told by its content, and why other files are refused."""

import codecs
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import BinaryIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat_export import ExportKind
from bot.core.errors import BadExport
from tests.chat_export.make_exports import (
    Dribble,
    Raw,
    account,
    as_compact,
    as_desktop,
    chat,
    message,
    message_of_2019,
    opened,
    qq_section,
    qq_text,
    read,
    wechat_csv,
    wechat_row,
)

HEAD = "2018-03-01 9:01:02 张三(12345)"
TELEGRAM = as_desktop(chat(message(1), message(2, ["见", {"type": "link", "text": "https://a.cn"}])))
ACCOUNT = as_desktop(account(chat(message(1)), left=[chat(message_of_2019(2))]))
QQ = qq_text(qq_section("防汛群", (HEAD, "请报送"), (HEAD, "收到"))).encode("gb18030")
QQ_DAMAGED = (
    qq_text(qq_section("防汛群", *[(HEAD, "请各村报送") for _ in range(9)])).encode("gb18030") + b"\xff\xff\x81"
)
WECHAT = wechat_csv(wechat_row(1, "一\n二"), wechat_row(2)).encode("utf-8-sig")
GBK = as_desktop(chat(*(message(n, "请各村今天下午六点前报送") for n in range(9)))).decode().encode("gbk")
QQ_CHAT_EXPORTER: Raw = {"metadata": {}, "chatInfo": {"type": "group"}, "statistics": {}, "messages": []}


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened_archive:
        opened_archive.writestr("result.json", "{}")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [
        pytest.param(TELEGRAM, ExportKind.TELEGRAM_JSON, 2, id="one chat of Telegram"),
        pytest.param(codecs.BOM_UTF8 + b"\n " + TELEGRAM, ExportKind.TELEGRAM_JSON, 2, id="with a mark and space"),
        pytest.param(ACCOUNT, ExportKind.TELEGRAM_JSON, 2, id="an account of Telegram"),
        pytest.param(as_compact(chat(message(1))), ExportKind.TELEGRAM_JSON, 1, id="Telegram, rewritten compactly"),
        pytest.param(QQ, ExportKind.QQ_TEXT, 2, id="QQ"),
        pytest.param(QQ_DAMAGED, ExportKind.QQ_TEXT, 9, id="QQ with a damaged byte"),
        pytest.param(WECHAT, ExportKind.WECHAT_CSV, 2, id="WeChat"),
    ],
)
@pytest.mark.parametrize(
    "wrap",
    [io.BytesIO, Dribble, lambda data: io.BufferedReader(Dribble(data))],
    ids=["file", "raw pipe", "pipe"],
)
def test_kind_is_told_by_content(data: bytes, kind: ExportKind, count: int, wrap: Callable[[bytes], BinaryIO]) -> None:
    export = opened(wrap(data), name="x.bin")
    assert export.kind is kind
    assert len(list(export)) == count
    assert export.name == "x.bin"
    assert not export.tally.truncated


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \r\n\t", "empty", id="white space"),
        pytest.param(codecs.BOM_UTF8 + b"\n", "empty", id="a mark alone"),
        pytest.param(codecs.BOM_UTF16_LE, "empty", id="another mark alone"),
        pytest.param(zipped(), "archive", id="a zip"),
        pytest.param(gzip.compress(TELEGRAM), "archive", id="a gz"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary", id="a picture"),
        pytest.param(b"\0" * 100, "binary", id="noughts"),
        pytest.param(b"<!DOCTYPE html>\n<html>", "html", id="messages.html"),
        pytest.param(b"\xef\xbb\xbf\n<HTML lang=zh>", "html", id="html in capitals"),
        pytest.param("<html>".encode("utf-16"), "html", id="html in UTF-16"),
        pytest.param(b"{}", "unknown_json", id="an empty object"),
        pytest.param(b"[]", "unknown_json", id="an empty list"),
        pytest.param(b'[{"id": 1}]', "unknown_json", id="a list"),
        pytest.param(json.dumps(QQ_CHAT_EXPORTER).encode(), "unknown_json", id="JSON of another tool"),
        pytest.param(b'{"type": "personal", "messages": []}', "unknown_json", id="an unknown type"),
        pytest.param(b"{", "unknown_json", id="a brace"),
        pytest.param(TELEGRAM.decode().encode("utf-16"), "wrong_encoding", id="Telegram in UTF-16"),
        pytest.param(GBK, "wrong_encoding", id="Telegram in GBK"),
        pytest.param("请各村今天报送\n收到".encode(), "unknown_text", id="a text"),
        pytest.param("时间,内容\n1,收到".encode(), "unknown_text", id="another table"),
        pytest.param(b"\xff\xfa\xff\xfb caf\xe9 \xff", "wrong_encoding", id="no encoding at all"),
    ],
)
def test_file_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadExport) as raised:
        opened(data, name="群聊.json")
    assert raised.value.reason == reason
    assert raised.value.fields["file"] == "群聊.json"


def test_account_without_chats_is_refused_at_the_end() -> None:
    data = as_desktop({"about": "", "personal_information": {}, "sessions": {"list": [{}]}})
    with pytest.raises(BadExport) as raised:
        list(opened(data))
    assert raised.value.reason == "no_chats"


def test_source_is_read_no_further_than_the_front_before_the_iteration() -> None:
    source = io.BytesIO(as_desktop(chat(*(message(n) for n in range(1000)))))
    export = opened(source)
    assert source.tell() <= 1 << 19
    assert len(list(export)) == 1000
    assert not source.closed


def test_second_iteration_gives_nothing() -> None:
    export = opened(TELEGRAM)
    assert len(list(export)) == 2
    assert list(export) == []


def attempt(data: bytes) -> None:
    try:
        messages, export = read(data)
    except BadExport:
        return
    assert export.tally.messages == len(messages)
    for found in messages:
        assert found.text.encode() is not None
        assert found.at is not None
        assert all(0 <= start < end <= len(found.text) for start, end in found.quotes)


@given(st.binary(max_size=400))
@example(b"\xff\xfe{\0")
@example(b"\0{")
def test_arbitrary_bytes_raise_nothing_else(data: bytes) -> None:
    attempt(data)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([TELEGRAM, ACCOUNT, QQ, WECHAT, qq_text().encode("utf-16")]), st.data())
def test_damaged_exports_raise_nothing_else(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    pieces = st.binary(max_size=3) | st.sampled_from([b'"', b"{", b"}", b"]", b",", b"\\", b"\n", b"\\x", b"\xed\xa0"])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(pieces)
    attempt(bytes(damaged))

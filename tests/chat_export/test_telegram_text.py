"""What a Telegram message says and what carries it: text, links, quotes, polls, media."""

import pytest

from bot.chat_export.fields import LINKS_KEPT, LONGEST_LINK
from bot.chat_export.telegram_text import rich_text
from bot.core.model import MessageKind
from tests.chat_export.make_exports import (
    ABSENT,
    LINK,
    POLL,
    QUOTE,
    Raw,
    message,
    only,
    read_chat,
)

K = MessageKind
TEXT_LINK = {"type": "text_link", "text": "点此填表", "href": "https://b.cn/表?x=1"}
TODO = {
    "title": "接龙",
    "others_can_append": True,
    "answers": [{"id": 1, "text": "甲村"}, {"id": 2, "text": "乙村"}],
}
GIANT_LINK = "https://a.cn/" + "x" * 1_000_000


@pytest.mark.parametrize(
    ("text", "joined", "quotes", "links"),
    [
        pytest.param(
            "请 看\r\n\u2028👨‍👩‍👧👍🏽\u202e",
            "请 看\r\n\u2028👨‍👩‍👧👍🏽\u202e",
            [],
            [],
            id="text stays as it is",
        ),
        pytest.param(["请", LINK, "填"], "请https://a.cn/x填", [], ["https://a.cn/x"], id="a link"),
        pytest.param([TEXT_LINK], "点此填表", [], ["https://b.cn/表?x=1"], id="a link behind words"),
        pytest.param([LINK, LINK], LINK["text"] * 2, [], ["https://a.cn/x"], id="a link twice"),
        pytest.param(["😀答", QUOTE, "收到"], "😀答请今晚报送收到", ["请今晚报送"], [], id="a quote behind an emoji"),
        pytest.param(["\n> 一\n", QUOTE], "\n> 一\n请今晚报送", ["> 一", "请今晚报送"], [], id="two sorts of quotes"),
        pytest.param("见https://a.cn/x,请填https://b.cn。", None, [], ["https://a.cn/x", "https://b.cn"], id="plain"),
        pytest.param("> 请报送\n收到", None, ["> 请报送"], [], id="a marked line"),
        pytest.param([None, 5, [], {"text": 5}, {"type": {}, "text": "好"}, {}], "好", [], [], id="garbage in a list"),
        pytest.param("", "", [], [], id="no text"),
        pytest.param({"text": "好"}, "", [], [], id="an object"),
        pytest.param(5, "", [], [], id="a number"),
    ],
)
def test_text(text: object, joined: str | None, quotes: list[str], links: list[str]) -> None:
    found = only(message(1, text, text_entities=5))
    assert found.text == (text if joined is None else joined)
    assert [found.text[start:end] for start, end in found.quotes] == quotes
    assert list(found.links) == links


def test_text_comes_from_the_entities_when_there_is_none() -> None:
    assert only({**message(1), "text": None, "text_entities": [{"type": "plain", "text": "好"}]}).text == "好"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"photo": ABSENT, "photo_file_size": 5}, K.PHOTO, id="a photo that was not exported"),
        pytest.param({"photo": "../../etc/passwd"}, K.PHOTO, id="a photo with a hostile path"),
        pytest.param({"file": ABSENT, "media_type": "video_file"}, K.VIDEO, id="video"),
        pytest.param({"file": "a.mp4", "media_type": "animation"}, K.VIDEO, id="animation"),
        pytest.param({"file": "a.mp4", "media_type": "video_message"}, K.VIDEO, id="round video"),
        pytest.param({"file": "a.ogg", "media_type": "voice_message"}, K.VOICE, id="voice"),
        pytest.param({"file": "a.webp", "media_type": "sticker"}, K.STICKER, id="sticker"),
        pytest.param({"file": "a.mp3", "media_type": "audio_file"}, K.FILE, id="audio"),
        pytest.param({"file": "a.pdf"}, K.FILE, id="document"),
        pytest.param({"file": "a", "media_type": ["x"]}, K.FILE, id="a media type that is a list"),
        pytest.param({"location_information": {"latitude": 1, "longitude": 2}}, K.LOCATION, id="place"),
        pytest.param({"live_location_period_seconds": 60}, K.LOCATION, id="live place"),
        pytest.param({"contact_information": {}}, K.OTHER, id="contact"),
        pytest.param({"poll": None}, K.POLL, id="a poll that is null"),
        pytest.param({"todo_list": [1]}, K.CHECKLIST, id="a checklist that is a list"),
        pytest.param({"poll": {"question": None, "answers": {"x": 1}}}, K.POLL, id="a poll of garbage"),
        pytest.param({}, K.OTHER, id="nothing at all"),
    ],
)
def test_kind(fields: Raw, kind: MessageKind) -> None:
    found = only(message(1, "", **fields))
    assert found.kind is kind
    assert found.text == ""


def test_poll_and_checklist_are_read_as_lines_below_the_text() -> None:
    messages, _ = read_chat(message(1, "", poll=POLL), message(2, "> 请接龙", todo_list=TODO))
    assert [found.text for found in messages] == ["选哪天\n周一\n周二", "> 请接龙\n接龙\n甲村\n乙村"]
    assert messages[1].quotes == ((0, 5),)


@pytest.mark.parametrize(
    ("fields", "name", "size"),
    [
        pytest.param({"file_name": "统计表.xlsx", "file_size": 2048}, "统计表.xlsx", 2048, id="stated"),
        pytest.param({"file": "files/统计表.xlsx"}, "统计表.xlsx", 0, id="a name from a path of an older export"),
        pytest.param({"file_name": "表" * 300}, "表" * 256, 0, id="a giant name"),
        pytest.param({"file": "files/" + "表" * 300}, "表" * 256, 0, id="a path to a giant name"),
        pytest.param({"file": ABSENT}, "", 0, id="a sentence is no name"),
        pytest.param({"file_name": 5, "file": 6, "file_size": "7"}, "", 0, id="garbage"),
    ],
)
def test_file(fields: Raw, name: str, size: int) -> None:
    found = only(message(1, **{"file": "files/x", **fields}))
    assert (found.file_name, found.file_size) == (name, size)


def test_only_so_many_links_of_a_message_are_kept() -> None:
    links = [f"https://a.cn/{number}" for number in range(LINKS_KEPT + 1)]
    parts: list[object] = [{"type": "link", "text": link} for link in links]
    assert rich_text(parts)[2] == rich_text(" ".join(links))[2] == tuple(links[:LINKS_KEPT])


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([{"type": "text_link", "text": "表", "href": GIANT_LINK}], id="behind a word"),
        pytest.param([{"type": "link", "text": GIANT_LINK}], id="written out"),
        pytest.param(GIANT_LINK, id="in a plain text"),
    ],
)
def test_a_giant_link_is_cut(parts: object) -> None:
    assert rich_text(parts)[2] == (GIANT_LINK[:LONGEST_LINK],)

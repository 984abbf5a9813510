"""Links to messages, and receipts, as people paste and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.report_links import MessageLink, message_link, without_link
from bot.core.reports import RECEIPT_DIGITS, receipt_read, receipt_shown


@pytest.mark.parametrize(
    ("text", "chat_id", "name", "message_id"),
    [
        pytest.param("https://t.me/c/2200000001/45", -1002200000001, "", 45, id="a closed group"),
        pytest.param("t.me/c/2200000001/7/45?single", -1002200000001, "", 45, id="in a topic"),
        pytest.param("看这条 https://t.me/c/12/3，他们天天要", -1000000000012, "", 3, id="within Chinese"),
        pytest.param("http://telegram.me/some_village/9?thread=4", None, "some_village", 9, id="a public group"),
        pytest.param("https://t.me/some_village/4/9", None, "some_village", 9, id="a topic of a public group"),
    ],
)
def test_a_link_is_read(text, chat_id, name, message_id):
    link = message_link(text)
    assert (link.chat_id, link.name, link.message_id) == (chat_id, name, message_id)


@pytest.mark.parametrize(
    "text",
    [
        *("", "没有链接", "https://t.me/some_village", "https://t.me/c/12", "https://t.me/+AbCdEf", "t.me/c/x/1"),
        *("https://example.com/c/1/2", "https://t.me/c/12/3/4/5", "https://t.me/ab/1", "t.me/c/１２/3"),
    ],
)
def test_what_is_no_link_to_a_message_is_none(text):
    assert message_link(text) is None


def test_what_stands_beside_the_link_is_kept():
    text = "看这条 https://t.me/c/12/3 他们天天要"
    assert without_link(text, message_link(text)) == "看这条 他们天天要"


@given(st.integers(1, 10**16 - 1), st.integers(1, 10**12 - 1), st.text("看他们 ，。x", max_size=9))
def test_any_link_is_read_as_it_was_made(number, message_id, beside):
    text = f"{beside} https://t.me/c/{number}/{message_id} {beside}"
    assert message_link(text) == MessageLink(
        -1_000_000_000_000 - number, "", message_id, f"https://t.me/c/{number}/{message_id}"
    )


@given(st.text())
def test_no_text_breaks_the_reading_of_links(text):
    link = message_link(text)
    assert link is None or link.text in text


@given(st.text("0123456789", min_size=RECEIPT_DIGITS, max_size=RECEIPT_DIGITS), st.data())
def test_a_receipt_is_read_however_it_is_written(digits, data):
    assert receipt_read(receipt_shown(digits)) == digits
    marks = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", "\u3000", "\n"]), min_size=17, max_size=17))
    written = "".join(mark + char for mark, char in zip(marks, f"{digits} ", strict=True))
    assert receipt_read(written) == digits
    wide = "".join(chr(ord(char) + 0xFEE0) for char in digits)
    assert receipt_read(wide) == digits


@given(st.text())
def test_what_is_read_as_a_receipt_are_sixteen_figures(text):
    digits = receipt_read(text)
    assert digits is None or (len(digits) == RECEIPT_DIGITS and digits.isascii() and digits.isdecimal())
    assert digits is None or sum(char.isdecimal() for char in text) == RECEIPT_DIGITS

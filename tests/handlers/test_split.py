"""Long texts in parts: nothing lost, nothing too long, every tag closed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.split import LONGEST, plain, split, units


def test_a_short_text_stays_whole():
    assert split("<b>Good morning</b>") == ["<b>Good morning</b>"]


def test_parts_end_between_paragraphs_where_they_fit():
    assert split("one one\n\ntwo two\n\nthree", 16) == ["one one\n\ntwo two", "three"]


def test_a_tag_is_closed_and_opened_again():
    assert split("<b>one\n\ntwo</b>", 4) == ["<b>one</b>", "<b>two</b>"]


def test_an_address_goes_on_in_the_next_part():
    parts = split('<a href="https://x.example/?a=1&amp;b=2">one\n\ntwo</a>', 4)
    assert parts[1] == '<a href="https://x.example/?a=1&amp;b=2">two</a>'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("长" * LONGEST, 1, id="as long as may be"),
        pytest.param("长" * (LONGEST + 1), 2, id="one more"),
        pytest.param("😀" * (LONGEST // 2), 1, id="each counted as two"),
        pytest.param("😀" * (LONGEST // 2 + 1), 2, id="one more, never cut in half"),
        pytest.param("&amp;" * LONGEST, 1, id="written as five, shown as one"),
    ],
)
def test_length_is_counted_as_the_platform_does(text, count):
    parts = split(text)
    assert len(parts) == count
    assert all(units(plain(part)) <= LONGEST for part in parts)


_PIECES = st.sampled_from(["长", "a", "😀", "\n", "\n\n", "&lt;", "&amp;", "<b>x</b>", "<i>y y</i>", " ", "<b>"])


@given(st.lists(_PIECES, max_size=60))
def test_nothing_is_lost_nothing_too_long_and_every_tag_closed(pieces):
    html = "".join(pieces) + "</b>" * pieces.count("<b>")
    parts = split(html, 7)
    assert all(units(plain(part)) <= 7 for part in parts)
    assert re.sub(r"\s", "", "".join(map(plain, parts))) == re.sub(r"\s", "", plain(html))
    for part in parts:
        assert part.count("<b>") == part.count("</b>")
        assert part.count("<i>") == part.count("</i>")

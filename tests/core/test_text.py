"""Normal text: what people write in many ways is read as one, and places lead back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import Normaliser, fold

NORMALISE = Normaliser(["截图", "打卡", "点赞", "上传", "照片"])

CHINESE = st.text(alphabet="请各村上传截图打卡 \u200b·1２ＡaＢ，。👍譜讚", max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("請上傳截圖", "请上传截图", id="traditional script becomes simplified"),
        pytest.param("ＡＰＰ１２：３０", "app12：30", id="full width becomes half width, office marks stay"),
        pytest.param("截 图", "截图", id="a spaced-out word is closed up"),
        pytest.param("截·图 打_卡", "截图 打卡", id="dots and lines inside a word are dropped"),
        pytest.param("截\u200b图", "截图", id="a zero-width space is dropped"),
        pytest.param("请各村 今天报", "请各村 今天报", id="a space between two phrases stays"),
        pytest.param("OK", "ok", id="case does not matter"),
    ],
)
def test_text_is_read_the_same_when_written_differently(written: str, read: str) -> None:
    assert NORMALISE(written).text == read


def test_a_span_of_the_normal_text_shows_the_spaced_original() -> None:
    written = "请发 截 图 到群"
    normal = NORMALISE(written)
    start = normal.text.index("截图")
    low, high = normal.original((start, start + 2))
    assert written[low:high] == "截 图"


def test_a_span_of_the_original_is_found_again_in_the_normal_text() -> None:
    written = "啊\u200b\u200b请上传"
    normal = NORMALISE(written)
    low, high = normal.place((written.index("上"), len(written)))
    assert normal.text[low:high] == "上传"


@given(CHINESE)
def test_every_span_lies_within_the_original(written: str) -> None:
    normal = NORMALISE(written)
    for start in range(len(normal.text)):
        low, high = normal.original((start, start + 1))
        assert 0 <= low < high <= len(written)


@given(CHINESE)
def test_each_kept_character_is_the_folded_character_it_came_from(written: str) -> None:
    normal = NORMALISE(written)
    for start, char in enumerate(normal.text):
        low, _ = normal.original((start, start + 1))
        assert fold(written[low]) == char


@given(st.text(max_size=200))
def test_folding_keeps_the_length(written: str) -> None:
    assert len(fold(written)) == len(written)


@given(st.text(max_size=200))
def test_reading_twice_changes_nothing(written: str) -> None:
    once = fold(written)
    assert fold(once) == once

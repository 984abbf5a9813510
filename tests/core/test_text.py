"""Normal text: what people write in many ways is read as one, and places lead back to the original."""

import time

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
        pytest.param("截\u2009图和截\u202f图", "截图和截图", id="spaces of other widths"),
        pytest.param("截\t图和截.图", "截图和截图", id="tabs and full stops of another script"),
        pytest.param("**截****图**", "**截图**", id="each character in bold"),
        pytest.param("截\u0336图\u0336", "截图", id="characters struck through"),
        pytest.param("截\x01图和截\u2800图和截\ufffc图", "截图和截图和截图", id="characters that show nothing"),
        pytest.param("截·图 打_卡", "截图 打卡", id="dots and lines inside a word are dropped"),
        pytest.param("截\u200b图", "截图", id="a zero-width space is dropped"),
        pytest.param("截\ufe0f图 打\ufe00\ufe0f卡", "截图 打卡", id="variation selectors are dropped"),
        pytest.param("截\u3164图 打\U000e0101卡", "截图 打卡", id="fillers are dropped"),
        pytest.param("❗️ 1️⃣ 1\ufe0f2点", "❗️ 1️⃣ 12点", id="what belongs to a picture stays"),
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


@pytest.mark.parametrize("hidden", ["\ufe00", "\ufe0f\ufe0f", "\u3164", "\U000e0101"], ids=ascii)
def test_a_span_shows_the_original_with_its_hidden_characters(hidden: str) -> None:
    written = f"请发截{hidden}图到群"
    normal = NORMALISE(written)
    start = normal.text.index("截图")
    low, high = normal.original((start, start + 2))
    assert written[low:high] == f"截{hidden}图"


def test_a_place_among_hidden_characters_is_the_place_behind_them() -> None:
    normal = NORMALISE("啊\u200b\u200b\u200b请上传\u200b图")
    assert [normal.place((at, at))[0] for at in range(10)] == [0, 1, 1, 1, 1, 2, 3, 4, 4, 5]


def test_many_places_are_found_in_a_text_of_many_hidden_characters() -> None:
    normal = NORMALISE("请\u200b" * 20_000)
    begun = time.perf_counter()
    assert [normal.place((at, at))[0] for at in range(0, 40_000, 2)] == list(range(20_000))
    assert time.perf_counter() - begun < 5


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

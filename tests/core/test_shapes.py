"""Shapes: what no word list can hold is still seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.shapes import (
    _BEHIND,
    _DID_NOT,
    _LISTED,
    OVERLAY_REACH,
    OVERLAYS,
    _behind,
    _listed,
    _undone,
    overlays_in,
    shape_words,
)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        pytest.param("甲村 97%，乙村 95%，丙村 90%", "shape_rows", id="rows of names and figures"),
        pytest.param("1.甲村 2.乙村 3.丙村 ", "shape_rows", id="numbered rows"),
        pytest.param("报表没交", "shape_undone", id="something not done"),
        pytest.param("柳湾村还没报", "shape_behind", id="who has not done it"),
        pytest.param("只差柳湾村", "shape_behind", id="who is lacking"),
        pytest.param("每户至少20元", "shape_share", id="a share a head"),
        pytest.param("机电71，园艺66", "shape_compared", id="two names with their figures"),
        pytest.param("东街八十，西街十二", "shape_compared", id="figures in words"),
    ],
)
def test_a_shape_is_seen(text: str, shape: str) -> None:
    assert shape in {OVERLAYS[place] for place, _, _ in overlays_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("甲村 97%，其他村还不错", id="one figure is no table"),
        pytest.param("没关系", id="never mind"),
        pytest.param("周六三点，周日五点", id="two hours are no figures"),
        pytest.param("今天天气很好", id="nothing of the kind"),
        pytest.param("好" * OVERLAY_REACH + "柳湾村还没报", id="beyond what is looked at"),
    ],
)
def test_what_only_sounds_like_a_shape_is_not(text: str) -> None:
    assert overlays_in(text) == []


@pytest.mark.parametrize(
    ("shape", "word"),
    [("shape_goods", "三箱"), ("shape_money", "百元"), ("shape_percent", "九成"), ("shape_boss", "王局长")],
)
def test_a_shape_that_can_be_spelled_out_is_a_word(shape: str, word: str) -> None:
    assert (shape, word) in set(shape_words())


PIECES = (
    "柳湾村", "王主任", "财务科", "和", "只有", "@", "还", "到现在", "这三个村", "的花名册", "，", "、", "没", "未",
    "空白", "还是", "白板", "零报", "交", "把台账", "给镇里", "按时", "关系", "天气很好的一天", "。", "就", "每位", "7",
    "：", "还挂", "尚未", "？", "（", "）",
)  # fmt: skip


TEXTS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


@given(TEXTS)
def test_leaping_to_what_is_undone_passes_over_nothing(text: str) -> None:
    assert _undone(text) == [match.span() for match in _DID_NOT.finditer(text)]


@given(TEXTS)
def test_leaping_to_what_is_listed_passes_over_nothing(text: str) -> None:
    assert list(_listed(text)) == [match.span() for match in _LISTED.finditer(text)]


@given(TEXTS)
def test_looking_around_what_is_undone_finds_all_who_are_behind(text: str) -> None:
    assert list(_behind(text, _undone(text))) == [match.span() for match in _BEHIND.finditer(text)]

"""Names that a source states are hidden wherever they stand, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.masking import mask
from bot.core.stated_names import LONGEST_NAME, NAMES_KEPT, StatedNames
from bot.core.text import fold


def stated(*names: object) -> StatedNames:
    found = StatedNames()
    for name in names:
        found.learn(name)
    return found


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        pytest.param("买买提", "让买买提把表报了", "让＊＊把表报了", id="a name that no rule tells"),
        pytest.param("王建国", "建国你那张表呢", "＊＊你那张表呢", id="a given name alone"),
        pytest.param("石桥村-王建国", "王建国还没发截图", "＊＊还没发截图", id="a name behind a place"),
        pytest.param("石桥村王建国", "问下王建国在不在", "问下＊＊在不在", id="a name that follows a place"),
        pytest.param("李梅（民政）", "李梅那边的表不急", "＊＊那边的表不急", id="a name before an office"),
        pytest.param("王建國", "叫王建国来一趟", "叫＊＊来一趟", id="a name in the other script"),
        pytest.param("A静水流深", "静水流深说不用交", "＊＊说不用交", id="a nickname behind a letter"),
        pytest.param("A王建国", "今天王建国值班没来", "今天＊＊值班没来", id="a name behind a letter"),
        pytest.param("民政李梅HR", "今天李梅来过", "今天＊＊来过", id="a name between an office and letters"),
        pytest.param("王建国书记", "今天王建国值班没来", "今天＊＊值班没来", id="a name before a title"),
        pytest.param(
            "石桥村王建国副书记", "今天建国值班没来", "今天＊＊值班没来", id="a name between a place and a title"
        ),
        pytest.param("张小宝妈妈", "今天张小宝值班没来", "今天＊＊值班没来", id="a child's name before the parent"),
        pytest.param("王\u200b建国", "今天王建国值班没来", "今天＊＊值班没来", id="a name with a hidden character"),
        pytest.param("石桥村欧阳建国", "今天欧阳建国值班没来", "今天＊＊值班没来", id="a compound surname"),
        pytest.param(
            "石桥村欧阳建国", "今天建国值班没来", "今天＊＊值班没来", id="a given name behind a compound surname"
        ),
        pytest.param("建国 王", "今天王建国值班没来", "今天＊＊值班没来", id="the given name first"),
        pytest.param("Tom Lee", "ask TOM today", "ask ＊＊ today", id="a name in letters"),
        pytest.param("王建国", "王 建 国和王.建.国还没报", "＊＊和＊＊还没报", id="a name spaced out"),
        pytest.param("🌸静水流深🌸", "静水流深说不用交", "＊＊说不用交", id="a nickname between flowers"),
    ],
)
def test_a_stated_name_is_hidden(name: str, text: str, masked: str) -> None:
    assert mask(text, stated(name).spans) == masked


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("Tom", "tomorrow 交表", id="letters inside a longer word"),
        pytest.param("A", "A村交表", id="one letter"),
        pytest.param("石桥村-王建国", "石桥村今天交表", id="the place of a display name"),
        pytest.param("张书记，城关镇党政办", "城关镇党政工作另说", id="an office of a display name"),
        pytest.param("民政办王先生", "先生请交表", id="a title behind a name"),
        pytest.param("民政 王", "民政的表不急", id="an office before a surname"),
        pytest.param(None, "无名氏交表", id="no name at all"),
        pytest.param("长" * (LONGEST_NAME + 1), "长江边集合", id="longer than any name"),
    ],
)
def test_what_is_no_name_stays(name: object, text: str) -> None:
    assert mask(text, stated(name).spans) == text


def test_no_more_names_are_learnt_than_are_kept() -> None:
    many = stated(*(f"name{number:06}x" for number in range(NAMES_KEPT + 1)))
    assert list(many.spans("name000000x"))
    assert not list(many.spans(f"name{NAMES_KEPT:06}x"))


def test_a_name_learnt_after_a_search_is_found_too() -> None:
    names = stated("买买提")
    assert not list(names.spans("静水流深"))
    names.learn("静水流深")
    assert list(names.spans("静水流深"))


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=60))
def test_no_name_and_no_text_is_too_odd(names: list[str], text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in stated(*names).spans(fold(text)))

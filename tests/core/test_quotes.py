"""What is found to be a quote in a plain text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.quotes import quoted_spans

DASHES = "- - - - - - - - - - - - - - -"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param("请今天18点前报送", [], id="an ordinary text quotes nothing"),
        pytest.param("", [], id="an empty text quotes nothing"),
        pytest.param("> 请报送\n收到", ["> 请报送"], id="a marked line is a quote"),
        pytest.param("> 一\n> 二\n答\n> 三", ["> 一\n> 二", "> 三"], id="neighbouring marked lines are one quote"),
        pytest.param("人数>50人\n50 > 30", [], id="a sign of comparison is no mark"),
        pytest.param(">50人的村请报送", [], id="a mark without a space is a comparison"),
        pytest.param(f"「张三：请报送」\n{DASHES}\n收到", ["「张三：请报送」"], id="a quoted message of WeChat"),
        pytest.param(f"「张三: 请报送」\r\n{DASHES}\r\n收到", ["「张三: 请报送」"], id="half-width colon and CRLF"),
        pytest.param(f"「张三：一\n「二」\n三」\n{DASHES}\n收到", ["「张三：一\n「二」\n三」"], id="several lines"),
        pytest.param("「张三：请报送」\n——————\n收到", ["「张三：请报送」"], id="long dashes"),
        pytest.param("请学习「张三：先进事迹」并报送", [], id="brackets without dashes are the author's own words"),
        pytest.param(f"「通知」\n{DASHES}\n请报送", [], id="brackets that name no speaker are a heading"),
        pytest.param(f"收到」\n{DASHES}\n", [], id="a closing bracket alone is no quote"),
        pytest.param(
            f"「甲：一」\n{DASHES}\n二\n「乙：三」\n{DASHES}\n四",
            ["「甲：一」", "「乙：三」"],
            id="two quoted messages",
        ),
    ],
)
def test_quoted_spans(text: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == quotes


@given(st.text(alphabet="> 「」：-\n请", max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = quoted_spans(text)
    assert list(spans) == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 200_000, id="marks"),
        pytest.param("「：」\n" * 200_000, id="brackets"),
        pytest.param("「" * 200_000 + "」\n- - - -\n" * 20_000, id="openings before closings"),
        pytest.param("」\n" + "- " * 200_000, id="dashes"),
        pytest.param("」" + " " * 400_000 + "> ", id="spaces"),
    ],
)
def test_time_is_linear_when_the_text_is_hostile(text: str) -> None:
    started = time.process_time()
    quoted_spans(text)
    assert time.process_time() - started < 5

"""What is found to be a quote in a plain text."""

import time
from itertools import pairwise

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
        pytest.param("“今晚12点前必须交”，看到就头疼", ["“今晚12点前必须交”"], id="an order that is spoken of"),
        pytest.param('"请今晚都报上来"——又是这句', ['"请今晚都报上来"'], id="straight marks"),
        pytest.param("「今晚十二點前必須交」我都背得出", ["「今晚十二點前必須交」"], id="corner brackets"),
        pytest.param("书记说：“今晚12点前必须交”", [], id="an order that is passed on after a colon"),
        pytest.param("书记要求“今晚12点前必须交”", [], id="an order that is passed on after a verb"),
        pytest.param("镇里通知“请各村今晚12点前必须报表”", [], id="an order of a notice"),
        pytest.param("通知:1.“请各村今晚12点前必须报表”", [], id="an order in a numbered list"),
        pytest.param("“请各村今晚12点前必须报表”", [], id="an order that marks only wrap"),
        pytest.param("请下载“国家反诈中心”", [], id="a name"),
        pytest.param("请下载“成都天府市民云”，都要装", [], id="a name with a sign of orders"),
        pytest.param("请关注“前进街道办事处”公众号", [], id="a name that begins like an end"),
        pytest.param("都填“重要目标单位基本情况表”", [], id="the name of a table"),
        pytest.param('55"电视请今晚12点前必须登记，65"的不用', [], id="signs of inches"),
        pytest.param('"甲\n乙"请各村今晚12点前必须报表"附件"在这里', [], id="between two quotations"),
        pytest.param('扫"廉洁云"注册，看到的先回"收到"再走开', [], id="between two words"),
        pytest.param("请给“最美乡村医生评选”3号投票", [], id="a long name"),
        pytest.param("看完回“收到，张三”，没回“收到，李四”的抓紧", [], id="between two names nothing is quoted"),
    ],
)
def test_quoted_spans(text: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in quoted_spans(text)] == quotes


@given(st.text(alphabet='> 「」“”"：-\n请务必今晚交', max_size=200))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = quoted_spans(text)
    assert list(spans) == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 200_000, id="marks"),
        pytest.param("「：」\n" * 200_000, id="brackets"),
        pytest.param("「" * 200_000 + "」\n- - - -\n" * 20_000, id="openings before closings"),
        pytest.param("」\n" + "- " * 200_000, id="dashes"),
        pytest.param("」" + " " * 400_000 + "> ", id="spaces"),
        pytest.param("“" * 400_000, id="quotation marks"),
        pytest.param("“今晚交" * 100_000, id="quotations that never end"),
        pytest.param('"今晚必须交今晚必须交"' * 40_000, id="straight marks"),
    ],
)
def test_time_is_linear_when_the_text_is_hostile(text: str) -> None:
    started = time.process_time()
    quoted_spans(text)
    assert time.process_time() - started < 5

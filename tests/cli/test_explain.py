import pytest

from bot.cli.explain import evidence, plain
from bot.cli.layout import width_of, wrapped

LONG = "前" * 100 + "截图" + "中" * 100 + "打卡" + "后" * 100


@pytest.mark.parametrize(
    ("text", "spans", "shown"),
    [
        pytest.param("今晚发截图", [(3, 5)], "今晚发【截图】", id="one span"),
        pytest.param("今晚发截图", [(3, 5), (0, 2)], "【今晚】发【截图】", id="spans in any order"),
        pytest.param("今晚发截图", [(0, 3), (2, 5)], "【今晚发截图】", id="spans that overlap"),
        pytest.param("今晚发截图", [(0, 2), (2, 2), (2, 5)], "【今晚发截图】", id="spans that touch"),
        pytest.param("今晚\n发\x1b截图", [(5, 7)], "今晚 发 【截图】", id="what steers a terminal"),
        pytest.param("今晚", [], "今晚", id="no span"),
    ],
)
def test_evidence_marks_the_spans(text, spans, shown):
    assert evidence(text, spans, styled=False) == shown


def test_evidence_leaves_out_what_stands_far_away():
    shown = evidence(LONG, [(100, 102), (202, 204)], styled=False)
    near = 24
    assert shown == f"…{'前' * near}【截图】{'中' * near}…{'中' * near}【打卡】{'后' * near}…"


def test_evidence_is_underlined_on_a_terminal():
    assert evidence("发截图", [(1, 3)], styled=True) == "发\x1b[4m截图\x1b[0m"


def test_plain_keeps_emoji_and_takes_out_direction_marks():
    assert plain("👍\u202e\u200b\r\u2028好") == "👍    好"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("a bb ccc", 5, ["a bb", "ccc"], id="between words"),
        pytest.param("一二三四五", 6, ["一二三", "四五"], id="between characters"),
        pytest.param("一二三，四", 6, ["一二", "三，四"], id="no line begins with a comma"),
        pytest.param("一二（三四", 6, ["一二", "（三四"], id="no line ends with an opening bracket"),
        pytest.param("  一二三", 6, ["  一二", "  三"], id="the indent is kept"),
        pytest.param("", 6, [""], id="nothing"),
    ],
)
def test_lines_break_where_they_may(text, width, lines):
    assert list(wrapped(text, width)) == lines


def test_chinese_is_two_columns_wide():
    assert width_of("减负 ok") == 7

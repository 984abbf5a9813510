import pytest

from bot.render.lines import width_of, wrapped


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        pytest.param("a bb ccc", 5, ["a bb", "ccc"], id="between words"),
        pytest.param("一二三四五", 6, ["一二三", "四五"], id="between characters"),
        pytest.param("一二三，四", 6, ["一二", "三，四"], id="no line begins with a comma"),
        pytest.param("一二（三四", 6, ["一二", "（三四"], id="no line ends with an opening bracket"),
        pytest.param("  一二三", 6, ["  一二", "  三"], id="the indent is kept"),
        pytest.param("", 6, [""], id="nothing"),
        pytest.param("读到 12 条；好", 9, ["读到", "12 条；好"], id="a number stays with what it counts"),
        pytest.param("系统消息 1 条、图", 12, ["系统消息", "1 条、图"], id="and with the comma behind it"),
        pytest.param("办发〔2024〕24号", 14, ["办发〔2024〕", "24号"], id="so does the number of a document"),
    ],
)
def test_lines_break_where_they_may(text, width, lines):
    assert list(wrapped(text, width)) == lines


def test_chinese_is_two_columns_wide():
    assert width_of("减负 ok") == 7

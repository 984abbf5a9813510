import pytest

from bot.cli.layout import width_of, wrapped


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

import pytest

from bot.core.marking import evidence, plain

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
    assert evidence(text, spans) == shown


def test_evidence_leaves_out_what_stands_far_away():
    shown = evidence(LONG, [(100, 102), (202, 204)])
    near = 24
    assert shown == f"…{'前' * near}【截图】{'中' * near}…{'中' * near}【打卡】{'后' * near}…"


def test_evidence_is_marked_as_asked():
    assert evidence("发截图", [(1, 3)], "<{}>".format) == "发<截图>"


def test_plain_keeps_emoji_and_takes_out_direction_marks():
    assert plain("👍\u202e\u200b\r\u2028好") == "👍    好"

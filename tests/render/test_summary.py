import io
import re

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

from bot.core.audit import CategoryCount
from bot.core.model import Category
from bot.render.summary import WIDTH, write_summary
from bot.texts import LANGUAGES, Catalogue
from tests.render.make_report import chat, hostile, remarkable, report, texts, weeks


def printed(of: object, language: str = "zh-Hans", *, columns: int = 80) -> str:
    out = io.StringIO()
    console = Console(file=out, width=columns, color_system=None)
    write_summary(of, Catalogue.load(language), console)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [80, 200])
def test_no_line_is_wider_than_the_terminal(language: str, columns: int) -> None:
    long = chat(12_345, title="某某镇" * 30, messages=1_234_567, people="2000+", after_hours=999_999)

    lines = printed(report(chats=(long, long), weeks=weeks(300)), language, columns=columns).splitlines()

    assert max(cell_len(line) for line in lines) <= WIDTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_says_what_it_is_not_for(language: str) -> None:
    words = Catalogue.load(language)

    assert words("audit.notice") in " ".join(printed(report(), language).split())


def test_nothing_that_is_needed_is_said_in_colour() -> None:
    assert "\x1b" not in printed(remarkable())


@given(texts)
@settings(max_examples=60, deadline=None)
def test_no_text_of_the_input_controls_the_terminal(text: str) -> None:
    shown = printed(hostile(text))

    assert all(character.isprintable() or character == "\n" for character in shown)
    assert max(cell_len(line) for line in shown.splitlines()) <= WIDTH


def test_the_heat_map_shows_one_to_nine_and_a_point_for_none() -> None:
    monday = next(line for line in printed(report()).splitlines() if line.startswith("周一"))

    assert monday.split()[1:] == ["."] * 9 + ["9"] + ["."] * 14


def test_many_weeks_are_joined() -> None:
    lines = [line for line in printed(report(weeks=weeks(300))).splitlines() if "##" in line]

    assert 8 <= len(lines) <= 16


def test_what_was_skipped_repaired_and_broken_off_is_said() -> None:
    shown = "".join(printed(remarkable()).split())

    for said in (
        "没有日期2条",
        "文字编码错误1条",
        "系统消息4条",
        "文件不完整",
        "2029、2031",
        "2026-03-0405:06",
    ):
        assert said in shown


def test_a_folded_chat_shows_its_size_only() -> None:
    line = next(line for line in printed(remarkable()).splitlines() if line.startswith("群 2"))

    assert line.split()[2:] == ["120", "6.0", "<5", "—", "—", "—", "—"]


@pytest.mark.parametrize("columns", [57, 66, 80])
def test_a_number_is_never_parted_from_what_it_counts(columns: int) -> None:
    lines = printed(remarkable(), columns=columns).splitlines()

    assert not [line for line in lines if re.match(r"\s*条(?!数)", line)]


def test_the_bars_of_the_weeks_have_a_head_and_the_sum_its_reason() -> None:
    lines = printed(report()).splitlines()

    assert any("各类疑似" in line and line.rstrip().endswith("消息（条形）") for line in lines)
    assert any("可能多于疑似消息" in line for line in lines)


def test_excerpts_stand_below_their_category_when_the_report_has_some() -> None:
    quoted = {**report().categories, Category.RANKING: CategoryCount(1, 1, excerpts=("请＊＊主任", "乙"))}
    lines = [line.rstrip() for line in printed(report(categories=quoted)).splitlines()]
    place = lines.index("  - 请＊＊主任")

    assert lines[place - 1 : place + 2] == ["积分排名、点名", "  - 请＊＊主任", "  - 乙"]
    assert "摘录" not in [line.rstrip() for line in printed(report()).splitlines()]


def test_a_report_without_findings_says_so() -> None:
    nothing = dict.fromkeys(Category, CategoryCount())

    assert "没有发现疑似负担" in printed(report(categories=nothing, suspected=0))

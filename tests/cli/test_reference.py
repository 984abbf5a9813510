"""The commands that look something up: rules, calendar, len."""

import io
import json
from pathlib import Path

import pytest

from bot.cli.program import run
from bot.core.detectors import DETECTORS
from bot.core.model import Fact
from bot.texts import Catalogue
from config.calendar import SHIPPED

WORDS = Catalogue.load("zh-Hans")


def test_rules_lists_every_category_with_its_clause_and_unit(jianfu):
    entries = {entry["category"]: entry for entry in json.loads(jianfu("rules", "--json").out)}
    assert entries.keys() == {detector.category.value for detector in DETECTORS} | {fact.value for fact in Fact}
    for entry in entries.values():
        assert all(entry[key] for key in ("title", "document", "item", "responsible_unit"))


def test_rules_shows_titles_and_clauses_to_people(jianfu):
    result = jianfu("rules")
    assert WORDS("category.vote_like.title") in result.out
    assert WORDS("fact.urgent.title") in result.out
    assert "甘政办发〔2024〕24号" in result.out


def test_rules_says_no_reason_of_a_category_twice(jianfu):
    listed = [line.split("：", 1)[1].split("；")[0].split(" / ") for line in jianfu("rules").lines if " / " in line]
    assert listed
    assert all(len(set(reasons)) == len(reasons) for reasons in listed)


def test_rules_gives_every_rule_a_reason_that_people_can_read(jianfu):
    reasons = [entry["reasons"] for entry in json.loads(jianfu("rules", "--json").out)]
    assert all(reasons)
    assert all(f"reason.{reason}" in WORDS.texts for some in reasons for reason in some)


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        pytest.param("late_deadline", "too_little_time", id="that code gives"),
        pytest.param("ranking", "wording_ranking", id="that words give"),
    ],
)
def test_rules_names_the_reasons(jianfu, category, reason):
    entries = {entry["category"]: entry for entry in json.loads(jianfu("rules", "--json").out)}
    assert reason in entries[category]["reasons"]


def test_rules_shows_no_score_where_no_template_decides(jianfu):
    assert "0.00" not in jianfu("rules").out


def test_a_mistake_in_the_office_rules_names_key_and_line(jianfu, monkeypatch, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[vote_like]\nminimum_score = "high"\n', "utf-8")
    monkeypatch.setenv("JIANFU_RULES", str(path))
    result = jianfu("rules")
    assert (result.code, result.out) == (2, "")
    assert "minimum_score" in result.err
    assert "2" in result.err
    assert result.err.count("\n") == 1


def test_the_calendar_of_a_known_year_shows_holidays_and_make_up_days(jianfu):
    result = jianfu("calendar", "2026")
    assert result.code == 0
    assert WORDS("cli.calendar.off", days="2026-10-01 周四 – 2026-10-07 周三", note="国庆节", count=7) in result.lines
    assert WORDS("cli.calendar.work", days="2026-10-10 周六", note="国庆节调休") in result.lines


def test_an_unknown_year_shows_the_fixed_holidays_and_what_to_copy(jianfu):
    result = jianfu("calendar", "2031")
    assert result.code == 1
    assert result.err == WORDS("cli.calendar.unknown", year=2031, pattern=max(SHIPPED.glob("*.toml"))) + "\n"
    assert result.lines == [
        WORDS("cli.calendar.source", source="全国年节及纪念日放假办法"),
        WORDS("cli.calendar.off", days="2031-01-01 周三", note="元旦", count=1),
        WORDS("cli.calendar.off", days="2031-05-01 周四 – 2031-05-02 周五", note="劳动节", count=2),
        WORDS("cli.calendar.off", days="2031-10-01 周三 – 2031-10-03 周五", note="国庆节", count=3),
    ]


@pytest.mark.parametrize("year", ["1", "9999"])
def test_the_calendar_of_a_far_year_is_no_fault(jianfu, year):
    assert jianfu("calendar", year).code == 1


@pytest.mark.parametrize("option", [["--calendar", "own.toml"], []], ids=["by an option", "by a setting"])
def test_the_office_can_add_days_of_its_own(jianfu, monkeypatch, option):
    Path("own.toml").write_text('[[off]]\nname = "镇庆"\non = 2026-11-11\n', "utf-8")
    if not option:
        monkeypatch.setenv("JIANFU_CALENDAR", "own.toml")
    shown = jianfu("calendar", "2026", *option).lines
    assert WORDS("cli.calendar.off", days="2026-11-11 周三", note="镇庆", count=1) in shown


def test_rules_shows_the_rules_of_a_file(jianfu):
    Path("own.toml").write_text("[vote_like]\nminimum_score = 0.77\n", "utf-8")
    entries = json.loads(jianfu("rules", "--json", "--rules", "own.toml").out)
    assert [entry["minimum_score"] for entry in entries if entry["category"] == "vote_like"] == [0.77]


def test_a_mistake_in_the_calendar_names_key_and_line(jianfu, monkeypatch, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text('[[off]]\nnaem = "镇庆"\non = 2026-11-11\n', "utf-8")
    monkeypatch.setenv("JIANFU_CALENDAR", str(path))
    result = jianfu("calendar", "2026")
    assert result.code == 2
    assert "naem" in result.err
    assert "2" in result.err


@pytest.mark.parametrize(
    ("count", "over"),
    [
        pytest.param(1200, [], id="1,200 is within every limit"),
        pytest.param(1201, ["daily"], id="one more is too long for a daily report"),
        pytest.param(5001, ["daily", "special", "general"], id="too long for any report"),
    ],
)
def test_len_holds_a_text_against_the_limits(jianfu, count, over):
    result = jianfu("len", stdin=("字" * count + "\n").encode())
    assert result.lines[0] == WORDS("cli.len.count", count=count)
    for kind, limit in (("daily", 1200), ("special", 3000), ("general", 5000)):
        key = "over" if kind in over else "within"
        assert WORDS(f"cli.len.{key}", what=WORDS(f"cli.len.{kind}"), limit=limit, over=count - limit) in result.lines


def test_len_reads_a_file_and_refuses_what_is_no_text(jianfu, tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes("一二三".encode())
    assert jianfu("len", path).lines[0] == WORDS("cli.len.count", count=3)
    path.write_bytes("一二三".encode("gb18030"))
    assert jianfu("len", path).lines[0] == WORDS("cli.len.count", count=3)
    for no_text in (b"\xff\xfe", "一二三".encode("utf-16"), bytes(9)):
        path.write_bytes(no_text)
        result = jianfu("len", path)
        assert (result.code, result.out) == (2, "")
        assert result.err == WORDS("errors.input.not_text", file=path) + "\n"


@pytest.mark.parametrize(
    ("terminal", "said"),
    [
        pytest.param(True, WORDS("cli.typing") + "\n", id="who types is told how to end"),
        pytest.param(False, "", id="who pipes is told nothing"),
    ],
)
def test_len_without_a_file_reads_what_is_typed(capsys, monkeypatch, terminal, said):
    typed = io.TextIOWrapper(io.BytesIO("一二三\n".encode()), encoding="utf-8")
    monkeypatch.setattr(typed, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("sys.stdin", typed)
    assert run(["len"]) == 0
    shown = capsys.readouterr()
    assert (shown.out.splitlines()[0], shown.err) == (WORDS("cli.len.count", count=3), said)

"""`jianfu ledger` and `jianfu units`, from an office's file to the database and back."""

import sqlite3
from pathlib import Path

import pytest

from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")
UNITS = "单位名称,上级单位,层级\n青山镇,青山县,\n青山县,,县级\n"
ROWS = """微信工作群管理台账,,,,,
序号,单位,群名称,群主,人数,审批时间,联系电话
1,青山镇,日常工作群,党政办主任,86人,2026.3.1,00000
2,青山镇,防汛专班,张三,45,2026年2月1日,00000
"""


@pytest.fixture
def office(jianfu):
    """A database with two units, and a ledger in GBK as offices have it."""
    Path("units.csv").write_text(UNITS, "utf-8")
    Path("ledger.csv").write_text(ROWS, "gbk")
    assert jianfu("units", "import", "units.csv", "--yes").code == 0
    return jianfu


def lines(new=0, changed=0, unchanged=0, wrong=0):
    rows = new + changed + unchanged + wrong
    numbers = {"new": new, "changed": changed, "unchanged": unchanged, "wrong": wrong}
    return WORDS("cli.ledger.import.numbers", rows=rows, **numbers)


def test_an_offices_file_is_taken_once_and_changes_nothing_the_second_time(office):
    first = office("ledger", "import", "ledger.csv", "--yes")
    assert (first.code, first.err) == (0, "")
    assert first.lines[0] == lines(new=2)
    assert WORDS("cli.ledger.import.note.personal", file="ledger.csv", names="G 联系电话") in first.lines
    assert WORDS("cli.ledger.import.left_out", count=1) in first.lines
    assert first.lines[-1] == WORDS("cli.ledger.import.done", new=2, changed=0)
    second = office("ledger", "import", "ledger.csv", "--yes")
    assert (second.code, second.lines[0]) == (0, lines(unchanged=2))
    assert second.lines[-1] == WORDS("cli.ledger.import.nothing")


def test_a_wrong_row_is_named_with_its_cell_and_nothing_is_changed(office):
    Path("ledger.csv").write_text(ROWS + "3,红水镇,某群,,很多,,\n", "gbk")
    result = office("ledger", "import", "ledger.csv", "--yes")
    assert (result.code, result.lines[0]) == (2, lines(new=2, wrong=1))
    what = WORDS("ledger_file.problem.count", value="很多")
    where = f"ledger.csv E5 {WORDS('ledger_file.field.members')}"
    assert WORDS("cli.ledger.import.problem", where=where, what=what) in result.lines
    assert office("ledger", "export", "out.csv").out == WORDS("cli.ledger.export.done", count=0, file="out.csv") + "\n"


def test_rows_that_are_no_entries_are_named(office):
    Path("ledger.csv").write_text(ROWS + "合计,,,,131,,\n", "gbk")
    result = office("ledger", "import", "ledger.csv", "--yes")
    assert result.lines[0] == lines(new=2)
    assert WORDS("cli.ledger.import.note.passed_rows", file="ledger.csv", names="5") in result.lines


def test_the_rows_that_are_right_are_taken_when_asked(office):
    Path("ledger.csv").write_text(ROWS + "3,红水镇,某群,,5,,\n", "gbk")
    result = office("ledger", "import", "ledger.csv", "--yes", "--partial")
    assert (result.code, result.lines[-1]) == (1, WORDS("cli.ledger.import.done", new=2, changed=0))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--dry-run"], "cli.ledger.import.dry", id="a dry run"),
        pytest.param([], "cli.ledger.import.say_yes", id="nobody to ask"),
    ],
)
def test_a_preview_writes_nothing(office, options, said):
    assert office("ledger", "import", "ledger.csv", *options).lines[-1] == WORDS(said)
    assert office("ledger", "import", "ledger.csv", "--dry-run").lines[0] == lines(new=2)


def test_a_change_is_shown_before_it_is_made(office):
    office("ledger", "import", "ledger.csv", "--yes")
    Path("ledger.csv").write_text(ROWS.replace("86人", "90"), "gbk")
    result = office("ledger", "import", "ledger.csv", "--yes")
    shown = WORDS("cli.ledger.import.change", row=3, name="日常工作群", what="成员数 86 → 90")
    assert shown in result.lines
    assert result.lines[0] == lines(changed=1, unchanged=1)


def test_an_exported_workbook_is_imported_unchanged(office):
    office("ledger", "import", "ledger.csv", "--yes")
    assert office("ledger", "export", "out.xlsx").code == 0
    assert office("ledger", "import", "out.xlsx", "--yes").lines[0] == lines(unchanged=2)
    assert office("units", "export", "units.xlsx").code == 0
    assert office("units", "import", "units.xlsx", "--yes").lines[0] == lines(unchanged=2)


def test_the_log_tells_what_was_done_and_that_it_is_whole(office):
    office("ledger", "import", "ledger.csv", "--yes", "--reason", "年初核对")
    shown = office("ledger", "log", "--last", "1")
    assert "防汛专班" in shown.out
    assert "年初核对" in shown.out
    whole = office("ledger", "log", "--verify")
    assert whole.code == 0
    assert whole.out.startswith(WORDS("cli.ledger.log.whole", count=4, digest="")[:8])


@pytest.mark.parametrize("command", [("ledger", "log", "--verify"), ("log", "verify")])
@pytest.mark.parametrize(
    "tampering", ["UPDATE changes SET reason = 'x' WHERE id = 2", "DELETE FROM changes WHERE id = 2"]
)
def test_a_log_that_was_tampered_with_is_found_out(office, tampering, command):
    """Also where whoever holds the file takes away first what refuses it."""
    office("ledger", "import", "ledger.csv", "--yes")
    assert office(*command).code == 0
    with sqlite3.connect("data/jianfu.db") as database:
        for trigger in ("changes_no_update", "changes_no_delete"):
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(tampering)
    database.close()
    found = office(*command)
    assert (found.code, "2" in found.out) == (1, True)


def test_what_is_no_table_is_said_in_one_sentence(office):
    Path("list.csv").write_text("甲,乙\n1,2\n", "utf-8")
    result = office("ledger", "import", "list.csv")
    assert (result.code, result.out) == (2, "")
    assert "list.csv" in result.err


def test_a_circle_of_units_is_refused(office):
    Path("circle.csv").write_text("单位名称,上级单位\n青山县,青山镇\n", "utf-8")
    result = office("units", "import", "circle.csv", "--yes")
    assert (result.code, result.err) == (2, WORDS("errors.input.unit_circle", name="青山县") + "\n")


@pytest.mark.parametrize(
    "arguments", [("ledger",), ("units",), ("ledger", "import", "--help"), ("units", "export", "--help")]
)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_help_is_there_in_every_language(jianfu, arguments, language):
    result = jianfu("--language", language, *arguments)
    assert result.code == 0
    assert "cli." not in result.out


def test_a_merged_unit_gives_its_rows_to_the_other_and_is_found_by_its_old_name(office):
    Path("more.csv").write_text("单位名称,上级单位\n红水镇,青山县\n", "utf-8")
    office("units", "import", "more.csv", "--yes")
    office("ledger", "import", "ledger.csv", "--yes")
    result = office("units", "merge", "青山镇", "红水镇", "--reason", "撤并")
    assert result.lines == [WORDS("cli.units.merge.done", unit="青山镇", into="红水镇", count=2)]
    assert office("ledger", "import", "ledger.csv", "--yes").lines[0] == lines(unchanged=2)
    closed = office("units", "merge", "青山县/红水镇")
    assert closed.lines == [WORDS("cli.units.merge.closed", unit="青山县/红水镇", count=2)]
    assert office("units", "merge", "青山镇").err == WORDS("errors.input.no_unit", name="青山镇") + "\n"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("ledger", "import", "ledger.csv", "--yes"), id="import"),
        pytest.param(("ledger", "log"), id="log"),
        pytest.param(("units", "merge", "青山镇"), id="merge"),
        pytest.param(("approvals", "import", "ledger.csv"), id="approvals"),
        pytest.param(("approvals", "list"), id="list of approvals"),
    ],
)
def test_a_zone_that_is_not_known_is_named_in_one_sentence(office, monkeypatch, command):
    monkeypatch.setenv("JIANFU_ZONE", "Mars/Olympus")
    result = office(*command)
    assert (result.code, result.err) == (2, WORDS("errors.moment.zone", value="Mars/Olympus") + "\n")


@pytest.mark.parametrize("command", ["ledger", "units", "approvals"])
@pytest.mark.parametrize(("name", "reason"), [("none.xlsx", "not_found"), (".", "is_folder"), ("-", "not_found")])
def test_a_file_that_is_not_there_is_said_to_be_missing(office, command, name, reason):
    result = office(command, "import", name, "--yes")
    assert (result.code, result.err) == (2, WORDS(f"errors.input.{reason}", file=name) + "\n")


def test_the_preview_says_how_many_rows_it_does_not_show_and_which_groups_have_no_end(office):
    rows = "".join(f"{number},青山镇,专班{number},,5,,\n" for number in range(3, 31))
    Path("ledger.csv").write_text(ROWS.replace("审批时间", "群性质") + rows.replace(",5,,", ",5,专项,"), "gbk")
    result = office("ledger", "import", "ledger.csv", "--partial", "--dry-run")
    assert WORDS("cli.ledger.import.endless", count=28) in result.lines
    assert WORDS("cli.ledger.import.more_rows", count=8) in result.lines


@pytest.mark.parametrize("command", ["ledger", "units"])
@pytest.mark.parametrize("name", ["table.pdf", "table", "-"])
def test_a_table_is_written_under_the_name_of_a_table_alone(office, command, name):
    result = office(command, "export", name)
    assert (result.code, result.err) == (2, WORDS("errors.input.not_table", file=name) + "\n")
    assert not Path(name).exists()


def test_a_word_that_is_not_known_comes_with_those_that_are(office):
    Path("ledger.csv").write_text("单位,群名称,群性质\n青山镇,某群,一次性\n", "utf-8")
    result = office("ledger", "import", "ledger.csv", "--yes")
    what = WORDS("ledger_file.problem.word_of", value="一次性", choices="常设、专项")
    assert (
        WORDS("cli.ledger.import.problem", where=f"ledger.csv C2 {WORDS('ledger_file.field.kind')}", what=what)
        in result.lines
    )


def test_the_log_says_what_changed_in_the_words_of_the_table(office):
    assert office("ledger", "import", "ledger.csv", "--yes").code == 0
    shown = office("ledger", "log", "--last", "2").out
    assert "平台 – → 微信" in shown
    assert "wechat" not in shown

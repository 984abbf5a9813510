"""`jianfu approvals`, from an office's file to the database and back."""

from pathlib import Path

import pytest

from bot.texts import Catalogue

WORDS = Catalogue.load("zh-Hans")
ROWS = """2026年度检查计划,,,,
编号,检查事项,类别,牵头单位,检查时间,联系电话
青检〔2026〕3号,防汛物资检查,检查,县应急局,2026年3月,00000
青督〔2026〕9号,森林防火督查,督查,县林业局,5月1日至5月20日,00000
"""


@pytest.fixture
def office(jianfu):
    """A list in GBK, as offices have it."""
    Path("plan.csv").write_text(ROWS, "gbk")
    return jianfu


def lines(new=0, changed=0, unchanged=0, wrong=0):
    numbers = {"new": new, "changed": changed, "unchanged": unchanged, "wrong": wrong}
    return WORDS("cli.ledger.import.numbers", rows=sum(numbers.values()), **numbers)


def test_a_list_is_taken_once_and_changes_nothing_the_second_time(office):
    first = office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-01-15")
    assert (first.code, first.err) == (0, "")
    assert first.lines[0] == lines(new=2)
    assert WORDS("cli.ledger.import.note.personal", file="plan.csv", names="F 联系电话") in first.lines
    assert WORDS("cli.approvals.import.as_of", day="2026-01-15") in first.lines
    second = office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-01-15")
    assert (second.code, second.lines[0]) == (0, lines(unchanged=2))
    assert second.lines[-1] == WORDS("cli.ledger.import.nothing")


def test_the_same_list_of_a_later_day_makes_it_fresh(office):
    office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-01-15")
    again = office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-06-01")
    assert again.lines[0] == lines(unchanged=2)
    assert again.lines[-1] == WORDS("cli.ledger.import.done", new=0, changed=0)
    assert office("approvals", "list", "--all").lines[-1] == WORDS(
        "cli.approvals.list.total", count=2, day="2026-06-01"
    )


def test_a_list_of_a_day_to_come_is_not_taken(office):
    result = office("approvals", "import", "plan.csv", "--yes", "--as-of", "9026-01-15")
    assert (result.code, result.err) == (2, WORDS("errors.input.period_ahead", value="9026-01-15") + "\n")
    assert office("approvals", "list").lines == [WORDS("cli.approvals.list.none")]


def test_the_list_is_shown_with_its_day(office):
    assert office("approvals", "list").lines == [WORDS("cli.approvals.list.none")]
    office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-01-15")
    shown = office("approvals", "list", "--all")
    assert "青督〔2026〕9号  森林防火督查  检查  县林业局  2026-05-01 – 2026-05-20" in shown.out
    assert shown.lines[-1] == WORDS("cli.approvals.list.total", count=2, day="2026-01-15")


def test_what_is_over_is_shown_only_at_a_wish(office):
    Path("plan.csv").write_text(ROWS.replace("2026年3月", "2020年3月").replace("5月1日至5月20日", ""), "gbk")
    office("approvals", "import", "plan.csv", "--yes", "--as-of", "2026-01-15")
    shown, every = (office("approvals", "list", *option).out for option in ((), ("--all",)))
    assert ("防汛物资检查" in shown, "森林防火督查" in shown, "防汛物资检查" in every) == (False, True, True)


def test_a_wrong_row_is_named_with_its_cell_and_nothing_is_changed(office):
    Path("plan.csv").write_text(ROWS + "x,某检查,检查,县教育局,适时,\n", "gbk")
    result = office("approvals", "import", "plan.csv", "--yes")
    assert (result.code, result.lines[0]) == (2, lines(new=2, wrong=1))
    where = f"plan.csv E5 {WORDS('approvals_file.field.span')}"
    what = WORDS("ledger_file.problem.span", value="适时")
    assert WORDS("cli.ledger.import.problem", where=where, what=what) in result.lines
    assert office("approvals", "list").lines == [WORDS("cli.approvals.list.none")]
    partly = office("approvals", "import", "plan.csv", "--yes", "--partial")
    assert (partly.code, partly.lines[-1]) == (1, WORDS("cli.ledger.import.done", new=2, changed=0))


def test_a_preview_writes_nothing(office):
    shown = office("approvals", "import", "plan.csv", "--dry-run")
    assert shown.lines[-1] == WORDS("cli.ledger.import.dry")
    assert WORDS("cli.approvals.import.new", row=3, name="防汛物资检查") in shown.lines
    assert office("approvals", "list").lines == [WORDS("cli.approvals.list.none")]


def test_a_whole_list_lets_go_of_what_it_does_not_name(office):
    office("approvals", "import", "plan.csv", "--yes")
    Path("plan.csv").write_text("".join(ROWS.splitlines(keepends=True)[:3]), "gbk")
    assert office("approvals", "import", "plan.csv", "--yes").lines[0] == lines(unchanged=1)
    result = office("approvals", "import", "plan.csv", "--yes", "--whole", "--reason", "撤销")
    assert WORDS("cli.approvals.import.gone", count=1) in result.lines
    assert office("approvals", "list", "--all").lines[-1].startswith("清单共 1 项")
    log = office("ledger", "log", "--last", "1").out
    assert "森林防火督查 → –" in log
    assert "撤销" in log
    assert office("ledger", "log", "--verify").code == 0


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv"])
def test_an_exported_list_is_imported_unchanged(office, name):
    office("approvals", "import", "plan.csv", "--yes")
    assert office("approvals", "export", name).code == 0
    assert office("approvals", "import", name, "--yes").lines[0] == lines(unchanged=2)


def test_rows_without_a_kind_are_what_the_option_says(office):
    Path("forms.csv").write_text("报表名称,主办单位\n脱贫户收入台账,县农业局\n", "utf-8")
    assert office("approvals", "import", "forms.csv", "--kind", "form", "--yes").code == 0
    assert "报表" in office("approvals", "list").lines[0]


def test_a_list_is_exported_to_a_table_only(office):
    result = office("approvals", "export", "list.txt")
    assert (result.code, result.err) == (2, WORDS("errors.input.not_table", file="list.txt") + "\n")


def test_what_the_preview_leaves_out_is_counted(jianfu):
    rows = "\n".join(f"检{number},检查{number},检查" for number in range(12))
    Path("long.csv").write_text(f"编号,检查事项,类别\n{rows}\n", "utf-8")
    preview = jianfu("approvals", "import", "long.csv", "--dry-run")
    assert WORDS("cli.ledger.import.more_rows", count=2) in preview.out

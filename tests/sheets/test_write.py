"""What is written opens anywhere, is no formula, and reads back as it was."""

import io
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.sheets import Column, open_table, write_csv, write_xlsx
from bot.sheets.values import tidy

COLUMNS = [Column("名称", 30), Column("人数"), Column("日期")]
FIELDS = {"name": ("名称",), "members": ("人数",), "day": ("日期",)}
FORMULAS = ["=1+1", "+86 1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "''+", "#REF!", "\t=1"]


def _xlsx(rows, **options):
    out = io.BytesIO()
    write_xlsx(out, COLUMNS, rows, sheet="台账", **options)
    return out.getvalue()


def _csv(rows):
    out = io.BytesIO()
    write_csv(out, COLUMNS, rows)
    return out.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_no_formula_in_a_workbook(text):
    page = load_workbook(io.BytesIO(_xlsx([(text, 1, None)]))).active
    cell = page["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_is_no_formula_in_csv(text):
    cell = _csv([(text, 1, None)]).decode("utf-8-sig").split("\r\n")[1]
    assert not cell.lstrip('"').startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_heading_and_a_title_are_no_formulas():
    out = io.BytesIO()
    write_xlsx(out, [Column("=1"), Column("-2")], [], sheet="=3/4", title="=5")
    book = load_workbook(io.BytesIO(out.getvalue()))
    assert [cell.data_type for cell in (book.active["A1"], book.active["A2"], book.active["B2"])] == ["s"] * 3
    assert (book.sheetnames, str(book.active.merged_cells)) == (["=3 4"], "A1:B1")


def test_the_header_stays_in_sight_and_columns_have_their_width():
    page = load_workbook(io.BytesIO(_xlsx([("甲", 1, date(2026, 3, 1))], title="微信工作群管理台账"))).active
    assert (page.freeze_panes, page["A1"].value, page["A2"].value) == ("A3", "微信工作群管理台账", "名称")
    assert (page.column_dimensions["A"].width, page["C3"].number_format) == (30, "yyyy-mm-dd")
    assert page["C3"].value == datetime(2026, 3, 1)  # noqa: DTZ001


def test_csv_begins_with_the_mark_that_programs_look_for():
    assert _csv([("甲", -5, date(2026, 3, 1))]) == "\ufeff名称,人数,日期\r\n甲,-5,2026-03-01\r\n".encode()


def test_progress_is_told_to_the_last_row():
    told: list[int] = []
    _xlsx([("甲", 1, None)] * 1200, progress=told.append)
    assert told == [500, 1000, 1200]


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20) | st.sampled_from(FORMULAS)
rows = st.lists(
    st.tuples(
        texts.filter(lambda text: isinstance(tidy(text), str)),
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    ),
    min_size=1,
    max_size=6,
)
_slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_slow
@given(rows)
def test_a_workbook_reads_back_as_it_was_written(tmp_path, written):
    path = tmp_path / "x.xlsx"
    path.write_bytes(_xlsx(written, title="台账"))
    with open_table(path, FIELDS) as table:
        read = {record.number - 3: tuple(record.values.values()) for record in table.records()}
        kept = set(range(len(written))) - {number - 3 for number, _ in table.passed}
    assert read == {
        place: (tidy(name), count, day) for place, (name, count, day) in enumerate(written) if place in kept
    }


@_slow
@given(rows)
def test_csv_reads_back_as_it_was_written(tmp_path, written):
    path = tmp_path / "x.csv"
    path.write_bytes(_csv(written))
    with open_table(path, FIELDS) as table:
        read = {record.number - 2: tuple(map(record.text, FIELDS)) for record in table.records()}
        kept = set(range(len(written))) - {number - 2 for number, _ in table.passed}
    shown = [(tidy(name), *("" if each is None else str(each) for each in rest)) for name, *rest in written]
    assert read == {place: row for place, row in enumerate(shown) if place in kept}

"""Tables of offices, whatever stands above, below and between their rows."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.core.cells import count_of, day_of
from bot.core.errors import BadSheet
from bot.sheets import Fault, Passed, SheetKind, open_table
from tests.sheets.make_sheets import DATA, FIELDS, HEADER, ROW, altered, book, names, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def test_a_table_with_titles_above_its_header_is_found(path):
    book(path, [("微信工作群管理台账",), (), ("填报单位：某县", None, "填报日期：3月"), HEADER, ROW], merges=["A1:D1"])
    table, records = read(path)
    assert names(records) == [(5, "某县某局", "业务工作群")]
    assert table.titles == ["微信工作群管理台账", "填报单位：某县", "填报日期：3月"]
    assert (table.kind, table.sheet, table.address(5, "members")) == (SheetKind.XLSX, "台账", "C5")


def test_empty_rows_and_columns_do_not_move_the_addresses(path):
    book(path, [(), (None, None, *HEADER), (), (None, None, *ROW), (), (None, None, *ROW)])
    table, records = read(path)
    assert [record.number for record in records] == [4, 6]
    assert [table.letter(name) for name in ("unit", "created", "note")] == ["C", "F", ""]


def test_a_header_of_two_rows_is_read_as_one(path):
    upper = ("序号", "单位名称", "群名称", "建群审批", None, "成员", None)
    lower = (None, None, None, "审批人", "建群时间", "男", "女")
    row = (1, "某县某局", "业务工作群", "办公室主任", "2024.3.5", 20, 25)
    book(path, [upper, lower, row], merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"])
    table, records = read(path)
    assert {name: table.letter(name) for name in table.header.columns} == {
        "unit": "B", "name": "C", "approved_by": "D", "created": "E",
    }  # fmt: skip
    assert names(records) == [(3, "某县某局", "业务工作群")]
    assert table.unknown() == {"F": "成员男", "G": "成员女"}


def test_the_second_row_of_a_header_that_adds_nothing_is_no_record(path):
    book(path, [(*HEADER, "备注"), (None, None, None, None, "可不填"), (*ROW, None)], merges=["A1:A2", "B1:B2"])
    _, records = read(path)
    assert [record.number for record in records] == [3]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        pytest.param("成员数（人）", "members", id="with a unit in brackets"),
        pytest.param("＊成员数", "members", id="with a mark in full width"),
        pytest.param("人 数", "members", id="with a blank"),
        pytest.param("創建時間", "created", id="in traditional script"),
        pytest.param("建群\n时间", "created", id="with a line break"),
        pytest.param("微信工作群名称", "name", id="that ends as a known one"),
        pytest.param("审批人联系电话", None, id="that only begins as a known one"),
        pytest.param("填报单位", "unit", id="that is longer before the known end"),
    ],
)
def test_a_heading_is_recognised(path, heading, field):
    book(path, [("备注", "编制", heading, "所属单位" if field != "unit" else "x"), ("a", "b", "c", "d")])
    table, _ = read(path)
    assert next((name for name, place in table.header.columns.items() if place == 2), None) == field


def test_of_two_columns_for_one_field_the_usual_name_counts(path):
    book(path, [("名称", "群名称", "单位"), ("甲", "乙", "丙")])
    table, records = read(path)
    assert records[0]["name"] == "乙"
    assert table.unknown() == {"A": "名称"}


def test_a_merged_unit_holds_for_each_of_its_rows(path):
    rows = [HEADER, ROW, (None, "防汛值班群", 3), (None, "党建群", 4), ("某镇", "全镇工作群", 5), (None, "无单位群", 6)]
    book(path, rows, merges=["A2:A4"])
    _, records = read(path)
    assert [record.text("unit") for record in records] == ["某县某局"] * 3 + ["某镇", ""]
    assert [sorted(record.filled) for record in records] == [[], ["unit"], ["unit"], [], []]


def test_a_merged_unit_makes_no_record_of_a_row_without_anything_else(path):
    book(path, [HEADER, ROW, (), ("某镇", "全镇工作群", 5)], merges=["A2:A3"])
    assert [record.number for record in read(path)[1]] == [2, 4]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(("合计", None, 155), Passed.FOOTER, id="a total"),
        pytest.param((None, "总 计：", 155), Passed.FOOTER, id="a spaced total further right"),
        pytest.param(("填表人：", None, "联系电话："), Passed.FOOTER, id="who filled it in"),
        pytest.param(("备注：每季度更新",), Passed.FOOTER, id="a remark"),
        pytest.param(HEADER, Passed.HEADER, id="the header of the next page"),
        pytest.param(("一、县直部门", None, None, None), Passed.TITLE, id="the title of a part"),
    ],
)
def test_a_row_that_is_no_record_is_passed_over(path, row, reason):
    merges = ["A3:D3"] if reason is Passed.TITLE else []
    book(path, [HEADER, ROW, row, ROW], merges=merges)
    table, records = read(path)
    assert [record.number for record in records] == [2, 4]
    assert table.passed == [(3, reason)]


def test_a_unit_that_begins_like_a_total_is_a_record(path):
    book(path, [HEADER, ("合计科技服务所", "一群", 3)])
    assert names(read(path)[1]) == [(2, "合计科技服务所", "一群")]


def test_rows_with_nothing_but_a_number_are_no_records(path):
    book(path, [("序号", *HEADER), (1, *ROW), (2,), (3,)])
    assert [record.number for record in read(path)[1]] == [2]


def test_of_several_sheets_the_one_with_the_header_is_read(path):
    workbook = Workbook()
    workbook.active.append(["说明", "请如实填写"])
    for title, state in (("台账", "visible"), ("旧台账", "hidden"), ("乡镇", "visible")):
        page = workbook.create_sheet(title)
        page.sheet_state = state
        page.append(HEADER if title != "乡镇" else HEADER[:2])
        page.append(ROW)
    workbook.save(path)
    table, records = read(path)
    assert (table.sheet, table.others, len(records)) == ("台账", ["乡镇"], 1)
    assert read(path, sheet="旧台账")[0].sheet == "旧台账"
    with pytest.raises(BadSheet) as caught:
        read(path, sheet="去年")
    assert (caught.value.reason, caught.value.fields["names"]) == ("no_such_sheet", "Sheet、台账、乡镇")


def test_hidden_rows_are_read(path):
    book(path, [HEADER, ROW, ROW])
    altered(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b'<row r="3"', b'<row r="3" hidden="1"'))
    assert [record.number for record in read(path)[1]] == [2, 3]


def test_values_come_with_their_kind(path):
    fields = [datetime(2024, 3, 5), datetime(2024, 3, 5, 9, 30), 45356, 45.5, True, " 文字\u200b ", ""]  # noqa: DTZ001
    heads = [f"列{place}" for place in range(len(fields))]
    book(path, [heads, fields])
    with open_table(path, {head: (head,) for head in heads}) as table:
        record = next(table.records())
    assert [record[head] for head in heads] == [
        date(2024, 3, 5), datetime(2024, 3, 5, 9, 30), 45356, 45.5, True, "文字", None,  # noqa: DTZ001
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        pytest.param(b'<c r="C2"><f>1+1</f></c>', Fault.UNCOMPUTED, id="a formula without a result"),
        pytest.param(b'<c r="C2"><f>1+1</f><v></v></c>', Fault.UNCOMPUTED, id="a formula with an empty result"),
        pytest.param(
            b'<c r="C2" s="1"><f t="shared" si="0"/></c>', Fault.UNCOMPUTED, id="a shared one without a result"
        ),
        pytest.param(b'<c r="C2"><f>1+1</f><v>2</v></c>', 2, id="a formula with its result"),
        pytest.param(b'<c r="C2" t="str"><f>A9</f><v></v></c>', None, id="a formula whose result is an empty text"),
        pytest.param(b'<c r="C2"><f>[1]Sheet1!$A$1</f><v>7</v></c>', 7, id="a link to another workbook"),
        pytest.param(b'<c r="C2" t="e"><v>#REF!</v></c>', Fault.ERROR, id="an error"),
    ],
)
def test_a_formula_counts_by_the_result_in_the_file(path, cell, value):
    book(path, [HEADER, ("某局", "一群", 12345, "x")])
    altered(path, "xl/worksheets/sheet1.xml", lambda text: text.replace(b'<c r="C2" t="n"><v>12345</v></c>', cell))
    _, records = read(path)
    assert records[0]["members"] == value


def test_the_old_format_is_read_as_the_new_one():
    table, records = read(DATA / "ledger.xls")
    assert (table.kind, table.sheet, table.titles) == (
        SheetKind.XLS,
        "台账",
        ["微信工作群管理台账", "填报单位：某县某局"],
    )
    assert names(records) == [
        (4, "某县某局", "防汛值班群"),
        (5, "某县某局", "业务工作群"),
        (6, "某镇政府", "全镇工作群"),
    ]
    assert [day_of(record["created"], date(2026, 1, 1), ahead=False) for record in records] == [
        date(2024, 3, day) for day in (5, 6, 7)
    ]
    assert [count_of(record["members"]) for record in records] == [45, 12, 98]
    assert table.passed == [(7, Passed.FOOTER), (8, Passed.FOOTER)]


@pytest.mark.parametrize("name", ["ledger.et", "ledger.xlsx", "ledger.csv", "ledger", "台账（终稿）.XLS"])
@pytest.mark.parametrize("kind", [SheetKind.XLS, SheetKind.XLSX])
def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path, name, kind):
    path = tmp_path / name
    if kind is SheetKind.XLS:
        path.write_bytes((DATA / "ledger.xls").read_bytes())
    else:
        book(tmp_path / "new.xlsx", [HEADER, ROW]).rename(path)
    table, records = read(path)
    assert (table.kind, len(records) > 0) == (kind, True)


def test_the_rows_can_be_read_again_after_stopping_halfway(path):
    book(path, [HEADER, *[ROW] * 1300])
    with open_table(path, FIELDS) as table:
        halfway = table.records()
        for _ in range(700):
            next(halfway)
        halfway.close()
        assert sum(1 for _ in table.records()) == 1300


def test_progress_is_told_by_rows(path):
    book(path, [HEADER, *[ROW] * 1300])
    told: list[int] = []
    with open_table(path, FIELDS) as table:
        assert sum(1 for _ in table.records(told.append)) == 1300
        assert (told, table.height) == ([500, 1000], 1301)

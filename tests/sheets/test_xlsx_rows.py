"""Rows of a sheet as the programs of offices write them: shared and rich texts, dates by style, names with a prefix."""

from array import array
from datetime import date, datetime, time

import pytest

from bot.sheets.raw import Merge
from bot.sheets.values import Fault
from bot.sheets.xlsx_parts import Texts
from bot.sheets.xlsx_rows import RowsParser, TextsParser
from tests.sheets.make_sheets import HEADER, ROW, altered, book, names, read

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NONE = Texts(bytearray(), array("Q"))
DATES = frozenset({"1"})


def rows(xml, texts=NONE, *, from_1904=False, step=7):
    """The rows of a sheet, fed in small pieces."""
    parser = RowsParser(texts, DATES, from_1904=from_1904)
    whole = f"<worksheet {MAIN}><sheetData>{xml}</sheetData></worksheet>".encode()
    for _ in parser.feed(whole[place : place + step] for place in range(0, len(whole), step)):
        pass
    return [(row.number, list(row.values)) for row in parser.rows]


def texts(xml):
    parser = TextsParser()
    for _ in parser.feed([f"<sst {MAIN}>{xml}</sst>".encode()]):
        pass
    return parser.texts


def cell(inner, **attributes):
    stated = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<row r="1"><c r="A1"{stated}>{inner}</c></row>'


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        pytest.param(cell("<v>45</v>"), 45, id="a whole number"),
        pytest.param(cell("<v>4.5E-1</v>"), 0.45, id="a fraction"),
        pytest.param(cell("<v>45356</v>", s=1), date(2024, 3, 5), id="a date by its style"),
        pytest.param(cell("<v>45356.5</v>", s=1), datetime(2024, 3, 5, 12), id="a date with a time"),  # noqa: DTZ001
        pytest.param(cell("<v>0.25</v>", s=1), time(6), id="a time"),
        pytest.param(cell("<v>-5</v>", s=1), -5, id="no date at all"),
        pytest.param(cell("<v>2024-03-05T00:00:00Z</v>", t="d"), datetime(2024, 3, 5), id="a written date"),  # noqa: DTZ001
        pytest.param(cell("<v>1</v>", t="b"), True, id="a truth"),
        pytest.param(cell("<v>甲 &amp; 乙</v>", t="str"), "甲 & 乙", id="a text of a formula"),
        pytest.param(cell("<is><r><t>甲</t></r><r><t>乙</t></r></is>", t="inlineStr"), "甲乙", id="a rich text"),
        pytest.param(cell("<is><t>甲_x000D_\n乙</t></is>", t="inlineStr"), "甲\n乙", id="an escaped character"),
        pytest.param(cell("<f>B1</f><v>#N/A</v>", t="e"), Fault.ERROR, id="an error"),
        pytest.param(cell("<f>1+1</f>"), Fault.UNCOMPUTED, id="no result"),
        pytest.param(cell("<v>1e999</v>"), Fault.ERROR, id="a number without end"),
    ],
)
def test_a_cell_has_its_value(xml, value):
    assert rows(xml) == [(1, [value])]


@pytest.mark.parametrize(
    "xml",
    [cell(""), cell("", s=1), cell("<v></v>"), cell("<is><t> </t></is>", t="inlineStr"), "<row r='1'/>"],
    ids=["bare", "with a style", "without a value", "blank", "a row without cells"],
)
def test_what_is_empty_makes_no_row(xml):
    assert rows(xml) == []


def test_days_may_be_counted_from_1904():
    assert rows(cell("<v>43894</v>", s=1), from_1904=True) == [(1, [date(2024, 3, 5)])]


def test_rows_and_cells_without_an_address_follow_one_another():
    xml = "<row><c><v>1</v></c></row><row r='5'><c r='C5'><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    assert rows(xml) == [(1, [1]), (5, [None, None, 2, 3]), (6, [4])]


def test_names_may_have_a_prefix():
    parser = RowsParser(NONE, DATES, from_1904=False)
    row = '<x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row>'
    xml = f"<x:worksheet {MAIN.replace('xmlns', 'xmlns:x')}>{row}</x:worksheet>"
    for _ in parser.feed([xml.encode()]):
        pass
    assert parser.rows == [(2, [None, 7])]


def test_shared_texts_are_whole_and_without_their_pronunciation():
    shared = texts(
        "<si><t>甲</t></si><si/><si><r><t>乙</t></r><r><t xml:space='preserve'> 丙</t></r><rPh><t>ア</t></rPh></si>"
    )
    assert [shared[number] for number in range(len(shared))] == ["甲", "", "乙 丙"]
    xml = "<row r='1'>" + "".join(f"<c t='s'><v>{n}</v></c>" for n in (2, 1, 0)) + "</row>"
    assert rows(xml, shared) == [(1, ["乙 丙", None, "甲"])]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]yyyy/m/d", True), ("h:mm", True),
        ("0.00", False), ("#,##0", False), ('0"d"', False), ("[Red]0", False), ("@", False), ("General", False),
    ],
)  # fmt: skip
def test_a_format_shows_a_date_or_not(tmp_path, code, is_date):
    path = book(tmp_path / "x.xlsx", [HEADER, ROW])
    style = (
        f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts>'.encode()
    )
    altered(
        path,
        "xl/styles.xml",
        lambda text: text.replace(b"<fonts", style + b"<fonts", 1).replace(b'numFmtId="0"', b'numFmtId="200"'),
    )
    altered(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b"<v>45</v>", b"<v>45356</v>").replace(b'r="C2"', b'r="C2" s="0"'),
    )
    assert read(path)[1][0]["members"] == (date(2024, 3, 5) if is_date else 45356)


def test_merged_cells_are_found_wherever_the_pieces_of_a_sheet_are_cut(tmp_path):
    merges = [f"A{row}:A{row + 1}" for row in range(2, 20_001, 2)]
    path = book(
        tmp_path / "x.xlsx", [HEADER, *[(f"某局{row}" if row % 2 == 0 else None, f"群{row}") for row in range(20_000)]]
    )
    tags = "".join(f'<mergeCell ref="{each}"/>' for each in merges)
    altered(
        path,
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b"</sheetData>", f"</sheetData><mergeCells>{tags}</mergeCells>".encode()),
    )
    table, records = read(path)
    assert table.front.merges[0] == Merge(2, 0, 3, 0)
    assert len(table.front.merges) == len(merges)
    assert names(records)[-1] == (20_001, "某局19998", "群19999")
    assert table.height == 20_001

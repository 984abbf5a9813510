"""Files that are broken, locked or made to harm: one reason each, and the reader stays small."""

import io
import zipfile
from pathlib import Path

import pytest

from bot.core.errors import BadSheet
from bot.sheets import Fault
from bot.sheets.book import BookSource
from bot.sheets.raw import SheetKind
from bot.texts import LANGUAGES, Catalogue
from tests.sheets.make_sheets import DATA, HEADER, ROW, altered, book, read

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def _plain(path: Path) -> bytes:
    return book(path, [HEADER, ROW]).read_bytes()


def _zip(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(600):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def _locked_xls() -> bytes:
    """The old workbook with the record that tells a password (FILEPASS) in the place of WRITEACCESS."""
    return (DATA / "ledger.xls").read_bytes().replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1)


FILES = {
    "empty": lambda _: b" \r\n",
    "a page named .xls": lambda _: b"\xef\xbb\xbf<html><body><table><tr><td>\xe7\xbe\xa4</td></tr></table>",
    "a page in UTF-16": lambda _: "<table><tr><td>群</td></tr></table>".encode("utf-16"),
    "an XML table": lambda _: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook></Workbook>',
    "a PDF": lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01",
    "another archive": lambda _: b"Rar!\x1a\x07\x01\x00",
    "a zip of tables": lambda _: _zip(("a.csv", b"x")),
    "a text document": lambda _: _zip(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")),
    "behind a password": lambda _: (DATA / "locked.xlsx").read_bytes(),
    "cut off": lambda path: _plain(path)[:3000],
    "an old one cut off": lambda _: (DATA / "ledger.xls").read_bytes()[:3000],
    "an old one behind a password": lambda _: _locked_xls(),
    "a zip bomb": lambda _: _bomb(),
    "without a header": lambda path: book(path, [("甲", "乙"), ("丙", "丁")]).read_bytes(),
    "with empty sheets": lambda path: book(path, []).read_bytes(),
    "one line without end": lambda _: b"a," * (1 << 20),
}
REASONS = {
    "empty": "empty",
    "a page named .xls": "html",
    "a page in UTF-16": "html",
    "an XML table": "xml",
    "a PDF": "unknown",
    "a picture": "unknown",
    "another archive": "archive",
    "a zip of tables": "archive",
    "a text document": "unknown",
    "behind a password": "password",
    "cut off": "broken",
    "an old one cut off": "broken_or_password",
    "an old one behind a password": "broken_or_password",
    "a zip bomb": "bomb",
    "without a header": "no_header",
    "with empty sheets": "empty",
    "one line without end": "too_long",
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_read_gets_its_reason(path, what):
    content = FILES[what](path)
    path.write_bytes(content)
    with pytest.raises(BadSheet) as caught:
        read(path, name="台账.xlsx")
    assert (caught.value.reason, caught.value.fields["file"]) == (REASONS[what], "台账.xlsx")
    for language in LANGUAGES:
        assert "台账.xlsx" in Catalogue.load(language)(f"errors.{caught.value.key}", **caught.value.fields)


def test_a_cell_in_the_last_corner_of_a_sheet_costs_no_memory(path):
    book(path, [HEADER, ROW])
    far = b'<row r="1048576"><c r="A1048576" t="n"><v>1</v></c><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    altered(path, SHEET, lambda text: text.replace(b"</sheetData>", far))
    assert [record.number for record in read(path)[1]] == [2, 1048576]


def test_a_dimension_that_promises_millions_of_rows_is_not_believed(path):
    book(path, [HEADER, ROW])
    altered(path, SHEET, lambda text: text.replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"'))
    assert len(read(path)[1]) == 1


def test_a_million_rows_that_only_have_a_format_are_passed_over(path):
    book(path, [HEADER, ROW])
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (number, number) for number in range(3, 300_000))
    altered(path, SHEET, lambda text: text.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert len(read(path)[1]) == 1


def test_one_text_in_two_million_cells_costs_no_memory(path):
    book(path, [HEADER, ROW])
    cells = b'<c t="s"><v>0</v></c>' * 20
    rows = b"".join(b'<row r="%d">' % number + cells + b"</row>" for number in range(3, 40_000))
    long = b"<si><t>" + "长".encode() * 30_000 + b"</t></si></sst>"
    altered(path, SHEET, lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", MAIN + long)
    with pytest.raises(BadSheet, match="too_large"):
        read(path)


def test_a_text_longer_than_a_cell_can_hold_is_a_fault(path):
    book(path, [HEADER, ROW])
    long = b"<t>" + b"x" * 40_000 + b"</t>"
    altered(path, SHEET, lambda text: text.replace("<t>业务工作群</t>".encode(), long))
    assert read(path)[1][0]["name"] is Fault.TOO_LONG


def test_entities_that_grow_without_end_are_refused(path):
    book(path, [HEADER, ROW])
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "x">{nested}]><workbook>&e11;</workbook>'.encode()
    altered(path, "xl/workbook.xml", lambda _: bomb)
    with pytest.raises(BadSheet):
        read(path)


def test_the_process_that_reads_ends_with_the_table(path):
    source = BookSource(book(path, [HEADER, ROW]), SheetKind.XLSX, "x")
    process = source._process
    source.close()
    assert not process.is_alive()

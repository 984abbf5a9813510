"""Csv in the encodings and with the separators that offices have."""

import pytest

from bot.core.errors import BadSheet
from bot.sheets import SheetKind, open_table
from tests.sheets.make_sheets import names, read

TEXT = "单位名称,群名称,成员数\r\n某局,一群,45\r\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.csv"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"], ids=str
)
def test_an_encoding_is_recognised(path, encoding):
    path.write_bytes(TEXT.encode(encoding))
    table, records = read(path)
    assert names(records) == [(2, "某局", "一群")]
    assert table.kind is SheetKind.CSV


def test_an_encoding_that_shows_only_late_is_recognised(path):
    columns = {"name": ("name",), "unit": ("unit",)}
    path.write_bytes(b"name,unit\r\n" + b"a,b\r\n" * 20_000 + "一群,某局\r\n".encode("gbk"))
    with open_table(path, columns) as table:
        *_, last = table.records()
    assert (last.number, last.text("unit")) == (20_002, "某局")


def test_rare_characters_of_gb18030_survive(path):
    path.write_bytes(TEXT.replace("某局", "䶮𠮷镇").encode("gb18030"))
    assert names(read(path)[1]) == [(2, "䶮𠮷镇", "一群")]


@pytest.mark.parametrize(
    "separator", [",", ";", "\t", "|", "，"], ids=["comma", "semicolon", "tab", "bar", "full width"]
)
def test_a_separator_is_recognised(path, separator):
    path.write_text(TEXT.replace(",", separator), "utf-8")
    assert names(read(path)[1]) == [(2, "某局", "一群")]


def test_a_declared_separator_is_believed_and_its_line_counted(path):
    path.write_text("sep=;\n" + TEXT.replace(",", ";"), "utf-8")
    assert names(read(path)[1]) == [(3, "某局", "一群")]


def test_quoted_cells_may_hold_breaks_quotes_and_separators(path):
    path.write_text('单位名称,群名称\n"某局,\n二科","一""群"\n\n某镇,二群\n', "utf-8")
    assert names(read(path)[1]) == [(2, "某局,\n二科", '一"群'), (4, "某镇", "二群")]


def test_a_quote_within_a_cell_needs_no_partner(path):
    path.write_text('单位名称,群名称\n某局,5"屏\n某镇,二群\n', "utf-8")
    assert names(read(path)[1]) == [(2, "某局", '5"屏'), (3, "某镇", "二群")]


@pytest.mark.parametrize("rest", [10, 100_000], ids=["soon", "never in sight"])
def test_a_quote_that_is_not_closed_is_named_by_its_row(path, rest):
    path.write_text('单位名称,群名称\n某局,一群\n某镇,"二群\n' + "某村,三群\n" * rest, "utf-8")
    with pytest.raises(BadSheet) as caught:
        read(path)
    assert (caught.value.reason, caught.value.fields["row"]) == ("open_quote", 3)


def test_a_guarding_mark_is_taken_away_and_no_other(path):
    path.write_text("单位名称,群名称\n'=1+1,''-群\n'某局,-群\n", "utf-8")
    assert names(read(path)[1]) == [(2, "=1+1", "'-群"), (3, "'某局", "-群")]

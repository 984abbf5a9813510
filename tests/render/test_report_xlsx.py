import io

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from bot.core.audit import CategoryCount
from bot.core.model import Category
from bot.render.report_xlsx import FORMULA_SIGNS, LONGEST_TEXT, plain, write_xlsx
from bot.texts import LANGUAGES, Catalogue
from tests.render.make_report import hostile, remarkable, report, texts

WORDS = Catalogue.load("zh-Hans")


def written(of: object, words: Catalogue = WORDS) -> Workbook:
    out = io.BytesIO()
    write_xlsx(of, words, out)  # type: ignore[arg-type]
    return load_workbook(out)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_no_text_of_the_input_becomes_a_formula(text: str) -> None:
    shown = plain(text)

    assert isinstance(shown, str)
    assert not shown.startswith(FORMULA_SIGNS)
    assert len(shown) <= LONGEST_TEXT + 1


@given(texts)
@settings(max_examples=15, deadline=None)
def test_a_workbook_of_any_text_opens_and_holds_no_formula(text: str) -> None:
    book = written(hostile(text))

    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not str(cell.value).startswith(("=", "+", "@")) or cell.data_type == "n"


@pytest.mark.parametrize("value", [3, 2.5, None])
def test_a_number_stays_a_number(value: object) -> None:
    assert plain(value) is value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_are_named_in_every_language(language: str) -> None:
    words = Catalogue.load(language)

    book = written(remarkable(), words)

    assert book.sheetnames[0] == words("audit.sheet.overview")
    assert len(book.sheetnames) == 9


def test_the_overview_begins_with_the_notice() -> None:
    sheet = written(report()).worksheets[0]

    assert sheet["A2"].value == WORDS("audit.notice")


def test_the_categories_carry_numbers_and_clause() -> None:
    rows = list(written(report())[WORDS("audit.sheet.categories")].values)

    ranking = next(row for row in rows if row[0] == WORDS("category.ranking.title"))

    assert ranking[1:] == (2, 3, 1, "甘政办发〔2024〕24号", "第十一条", "要求截图的单位")
    assert len(rows) == 1 + len(Category)


def test_excerpts_have_a_sheet_only_when_there_are_some() -> None:
    quoted = {**report().categories, Category.RANKING: CategoryCount(1, 1, excerpts=("请＊＊主任",))}

    rows = list(written(report(categories=quoted))[WORDS("audit.sheet.excerpts")].values)

    assert rows[1] == (WORDS("category.ranking.title"), "请＊＊主任")
    assert WORDS("audit.sheet.excerpts") not in written(report()).sheetnames


def test_a_folded_chat_has_empty_cells() -> None:
    rows = list(written(remarkable())[WORDS("audit.sheet.chats")].values)

    assert rows[1] == ("群 1", None, 120, 20, 6, 12, 60, 40, 9, 5, 11)
    assert rows[2] == ("群 2", None, 120, 20, 6, "<5", None, None, None, None, None)

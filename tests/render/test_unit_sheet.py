"""The sheet of units, the rows of a clean-up and the draft of a notice, as they are read."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.core.campaign import Campaign, Case, Fate
from bot.core.ledger import Evidence
from bot.core.load import Load
from bot.core.model import Category, Clause
from bot.core.notice import Notice, Told
from bot.core.periods import Per, period_of
from bot.core.snapshot import UnitDay
from bot.core.unit_sheet import UnitLine, UnitSheet
from bot.papers import sheet
from bot.render import clean_up
from bot.render.document import write_docx, write_markdown
from bot.render.notice import draft
from bot.texts import LANGUAGES, Catalogue
from tests.core.ledger_rows import gone, row
from tests.render.make_digest import FULL, LAST

WEEK = period_of(Per.WEEK, LAST)
WORDS = Catalogue.load("zh-Hans")
DAY = UnitDay(1, LAST, standing=2, cap=1, projects=3, overdue=1, unfiled=1, seen=2)
LINES = (
    UnitLine('=HYPERLINK("http://example.org")', DAY, 3, Load(70, 20, 700, 5, 4, 8, 2)),
    UnitLine("乙", UnitDay(2, LAST), None, None),
)


def workbook(found: UnitSheet, words: Catalogue = WORDS):
    return load_workbook(io.BytesIO(sheet(found, words).content)).active


def rows(page) -> list[list[object]]:
    return [[cell.value for cell in line] for line in page.iter_rows()]


def test_a_sheet_has_a_row_for_each_unit_and_says_what_it_is_not_for():
    values = rows(workbook(UnitSheet(WEEK, LAST, LINES, 4)))
    assert "不得用于考核" in values[0][0]
    assert "不是排名" in values[0][0]
    assert values[2][1:] == [2, 1, 3, 3, 1, 1, 0, 0, 2, 70, 10, 20, 5, 20, 25]
    assert values[3] == ["乙", 0, 1, None, 0, 0, 0, 0, 0, 0, None, None, None, None, None, None]
    assert values[4][:2] == ["尚未归属单位的群、账号和应用", 4]
    assert "不得用于考核" in values[-1][0]


def test_the_name_of_a_unit_never_becomes_a_formula():
    page = workbook(UnitSheet(WEEK, LAST, LINES, 0))
    assert page["A3"].data_type == "s"
    assert page["A3"].value.startswith("=HYPERLINK")


def test_a_week_that_was_not_counted_says_so():
    assert rows(workbook(UnitSheet(WEEK, None, (), 0)))[2][0] == "（这一期还没有清点过）"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_sheet_ranks_or_scores(language):
    words = Catalogue.load(language)
    heads = [str(value) for value in rows(workbook(UnitSheet(WEEK, LAST, LINES, 0), words))[1]]
    assert len(heads) == len(set(heads)) == 16
    assert not any(word in head.lower() for head in heads for word in ("名次", "得分", "rank", "score"))


CASES = (
    Case(gone(1, name="=旧群"), Fate.DISSOLVED, date(2025, 1, 1), LAST, Evidence.OWNER),
    Case(row(2), Fate.MERGED, None, LAST, Evidence.OFFICE, into=3, relieves=False),
    Case(row(3, unit_id=None), Fate.KEPT),
)
MOVED = Campaign(date(2026, 3, 1), date(2026, 3, 31), CASES)


def test_a_clean_up_says_what_became_of_the_groups():
    assert list(clean_up.summary(MOVED, WORDS))[1:] == [
        "摸排 3 个群",
        "解散 1 个",
        "合并 1 个（其中 0 个，成员要读的消息没有变多）",
        "保留 1 个",
    ]


def test_every_group_of_a_clean_up_has_its_dates_and_how_they_are_known():
    first, merged, kept, note = clean_up.rows(MOVED, {2: "前柏镇"}, WORDS)
    assert first == ("前柏镇", "=旧群", "解散", date(2025, 1, 1), LAST, "群主说明", None, None)
    assert merged[5:] == ("整治办台账", "群3", "要读的消息变多了")
    assert kept[:3] == ("", "群3", "保留")
    assert "不得用于考核" in note[0]


CLAUSE = Clause("包头市若干措施(2019)", "第21条", "发布信息的单位")
NOTICE = Notice(FULL, MOVED, {Category.AFTER_HOURS: CLAUSE}, (34, 128))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_that_no_case_is_confirmed_and_that_a_person_must_edit_it(language):
    words = Catalogue.load(language)
    text = [each.text for each in draft(NOTICE, words)]
    assert words("digest.notice.no_case") in text
    assert words("digest.notice.no_example") in text
    assert words("digest.notice.draft") in text


TOLD = Told(12, Category.RECEIPT, date(2026, 3, 20), "要求逐一\n回复“收到”。", "单位已说明，\n情况属实。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_tells_confirmed_and_corrected_cases_in_the_offices_own_words(language):
    words = Catalogue.load(language)
    told = replace(NOTICE, confirmed=(TOLD,), examples=(replace(TOLD, number=13),), wordless=2)
    text = [each.text for each in draft(told, words)]
    assert not {words("digest.notice.no_case"), words("digest.notice.no_example")} & {*text}
    confirmed, corrected = [line for line in text if "要求逐一 回复“收到”。" in line]
    for line, number in ((confirmed, "12"), (corrected, "13")):
        assert number in line
        assert "单位已说明， 情况属实。" in line
    assert words("digest.notice.suspected") in text
    assert words("digest.notice.wordless", count=2) in text
    assert (words("digest.notice.good") in text, words("digest.notice.cases") in text) == (True, True)
    assert text.index(confirmed) < text.index(words("digest.notice.examples")) < text.index(corrected)


def test_a_draft_has_the_figures_with_their_documents():
    text = "\n".join(each.text for each in draft(NOTICE, WORDS))
    assert "关于2026年第1季度" in text
    assert "季初 128 个单位中 34 个超出，季末 128 个单位中 23 个超出" in text
    assert "非工作时间发布工作信息：疑似 12 处，上季度 20 处（依据：包头市若干措施(2019) 第21条）" in text
    assert "2025 年全年 1,200 次" in text
    assert "1 个以群主说明为准" in text


@pytest.mark.parametrize(("cap", "label"), [(1, "政策"), (2, "本地设置")])
def test_a_draft_tells_whether_the_cap_is_policy(cap, label):
    notice = replace(NOTICE, data=replace(FULL, cap=cap, cap_is_local=cap != 1))
    assert f"一单位一群（{label}，原则上 {cap} 个）" in "\n".join(each.text for each in draft(notice, WORDS))


def test_a_draft_of_hardly_anybody_tells_no_category():
    folded = replace(NOTICE, data=replace(FULL, members=3))
    assert "非工作时间发布工作信息" not in "\n".join(each.text for each in draft(folded, WORDS))


def test_a_draft_is_written_as_markdown():
    out = io.BytesIO()
    write_markdown(out, draft(NOTICE, WORDS))
    lines = out.getvalue().decode().splitlines()
    assert lines[0].startswith("# 关于2026年第1季度")
    assert "## 二、问题" in lines
    assert sum(line.startswith("- ") for line in lines) > 8


def test_a_draft_is_written_as_a_document_with_its_text_and_nothing_active():
    paragraphs = [*draft(NOTICE, WORDS), replace(draft(NOTICE, WORDS)[1], text="a < b & c\x0b\nd")]
    out = io.BytesIO()
    write_docx(out, paragraphs)
    with zipfile.ZipFile(out) as book:
        assert sorted(book.namelist()) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        document = book.read("word/document.xml").decode()
    assert document.count("<w:p>") == len(paragraphs)
    assert '>a &lt; b &amp; c</w:t><w:br/><w:t xml:space="preserve">d<' in document
    assert "\x0b" not in document
    assert "fldChar" not in document


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_sheet_counts_the_cases_of_the_whole_office(language):
    words = Catalogue.load(language)
    found = UnitSheet(WEEK, LAST, LINES, 4, FULL.cases)
    _, page = load_workbook(io.BytesIO(sheet(found, words).content)).worksheets
    values = rows(page)
    assert page.title == words("digest.sheet.cases")
    assert [value for _, value in values[2:-1]] == [4, 3, 2, 1, 1, 1, 2]
    assert values[6][0] == words("digest.sheet.case_cleared")
    assert words("digest.not_for_assessment") in values[-1][0]

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from bot.core.model import Category
from bot.render.report_html import CHATS_SHOWN, html, write_html
from bot.texts import LANGUAGES, Catalogue
from tests.render.make_report import RANKING, chat, hostile, remarkable, report, texts, weeks

WORDS = Catalogue.load("zh-Hans")


class Outline(HTMLParser):
    """Collects the tags and the attributes of a page, and the text between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


HARMLESS = Outline(html(hostile("甲"), WORDS))


@given(texts)
@settings(max_examples=60, deadline=None)
def test_no_text_of_the_input_becomes_markup(text: str) -> None:
    attacked = Outline(html(hostile(text), WORDS))

    assert attacked.tags == HARMLESS.tags or not text
    assert {name for name, _ in attacked.attributes} == {name for name, _ in HARMLESS.attributes}


@given(texts)
@settings(max_examples=40, deadline=None)
def test_any_text_can_be_written(text: str) -> None:
    out = io.BytesIO()

    write_html(hostile(text), WORDS, out)

    assert out.getvalue().decode("utf-8").endswith("</html>")


def test_the_page_needs_nothing_else() -> None:
    page = html(remarkable(), WORDS)
    outline = Outline(page)

    assert not {"script", "link", "iframe", "img", "object", "form"} & set(outline.tags)
    assert not re.search(r"url\(|@import|https?:", page)
    assert all(value.startswith("#") for name, value in outline.attributes if name in ("href", "src"))
    assert not [name for name, _ in outline.attributes if name.startswith("on")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language(language: str) -> None:
    words = Catalogue.load(language)

    page = html(remarkable(), words)

    assert f'<html lang="{language}">' in page
    assert page.count(words("audit.notice")) == 2
    assert "unheard_of" in page


def test_every_chart_is_described_and_has_a_table() -> None:
    outline = Outline(html(report(weeks=weeks(3, {Category.RANKING: 1})), WORDS))

    assert outline.tags.count("svg") == 5
    labels = [value for name, value in outline.attributes if name == "aria-label"]
    assert len(labels) == 5
    assert "每周消息，最高一柱 12 条" in labels
    assert outline.tags.count("caption") == outline.tags.count("table") == 8


def test_a_category_shows_its_clause_reasons_and_advice() -> None:
    page = html(report(), WORDS)

    assert "依据：甘政办发〔2024〕24号第十一条" in page
    assert "责任单位：要求截图的单位" in page
    assert WORDS("category.ranking.advice") in page
    assert WORDS("category.ranking.meaning") in page


def test_excerpts_are_in_the_page_only_when_the_report_has_some() -> None:
    quoted = {**report().categories, Category.RANKING: RANKING.__class__(1, 1, excerpts=("请＊＊主任",))}

    assert "请＊＊主任" in html(report(categories=quoted), WORDS)
    assert WORDS("audit.excerpts") not in Outline(html(report(), WORDS)).words


def test_a_report_without_findings_says_so() -> None:
    nothing = dict.fromkeys(Category, RANKING.__class__())

    page = html(report(categories=nothing, suspected=0, weeks=(), chats=(), sources=()), WORDS)

    assert WORDS("audit.nothing_found") in page


@pytest.mark.parametrize(
    ("found", "drawn"),
    [
        pytest.param(2, False, id="two weeks are told by the table alone"),
        pytest.param(3, True, id="three weeks are drawn"),
    ],
)
def test_a_category_of_few_weeks_has_no_chart_of_its_own(found: int, drawn: bool) -> None:
    busy, quiet = weeks(found, {Category.RANKING: 1}), weeks(9)[found:]

    page = html(report(weeks=busy + quiet), WORDS)

    assert (f"<figcaption>{WORDS('audit.chart.per_week')}" in page) is drawn


def test_the_first_page_shows_the_burdens_before_what_was_read() -> None:
    page = html(report(), WORDS)

    assert page.index('id="categories"') < page.index('id="reading"') < page.index('id="times"')


def test_nothing_is_said_of_repairs_where_nothing_was_repaired() -> None:
    assert "修复" not in html(report(), WORDS)


def test_only_so_many_chats_are_listed() -> None:
    page = html(report(chats=tuple(chat(n) for n in range(1, CHATS_SHOWN + 4))), WORDS)

    assert f"群 {CHATS_SHOWN}<" in page
    assert f"群 {CHATS_SHOWN + 1}<" not in page
    assert WORDS("audit.more_chats", count=3) in page


def test_many_weeks_are_joined_so_that_the_page_stays_readable() -> None:
    page = html(report(weeks=weeks(400)), WORDS)

    assert page.count('class="bar"') <= 53
    assert WORDS("audit.chart.joined", weeks=8) in page

"""The caption of a digest: it always fits, its lines are whole, and it says what it must."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.case_counts import CaseCounts
from bot.core.digest import Unseen
from bot.core.digest_lines import KEPT, Subject, lines, nothing
from bot.core.load import Load
from bot.core.model import Category
from bot.core.periods import Per, period_of
from bot.render.digest import LONGEST_CAPTION, caption
from bot.render.digest import _said as said_of
from bot.render.messages import plain_of, shown_length, without_tags
from bot.texts import LANGUAGES, Catalogue
from tests.render.make_digest import FULL, QUIET, ZONE, digest

NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, 10**18))
COUNTS = st.dictionaries(st.sampled_from(list(Category)), NUMBERS)
CASES = st.builds(CaseCounts, *[NUMBERS] * 7)
LOADS = st.builds(Load, *[NUMBERS] * 7)
MOMENTS = st.integers(0, 5 * 10**8).map(lambda seconds: datetime(2015, 1, 1, tzinfo=ZONE) + timedelta(seconds=seconds))
UNSEEN = st.lists(st.builds(Unseen, MOMENTS, st.one_of(st.none(), MOMENTS), NUMBERS), max_size=9).map(tuple)
SCALARS = (
    *("groups", "answers", "provisional", "cap", "closing", "closing_days", "overdue", "grace_days", "fresh"),
    *("dissolved", "merged", "relieved", "rebounds", "rebound_days", "matters", "forms", "forms_before", "forms_year"),
    *("base_forms", "windows", "window_hours", "taken_back", "unseen_groups"),
)


@st.composite
def digests(draw):
    """Any numbers at all, of any week or month."""
    period = period_of(draw(st.sampled_from([Per.WEEK, Per.MONTH])), draw(MOMENTS).date())
    numbers = {name: draw(NUMBERS) for name in SCALARS}
    over = tuple((day, draw(NUMBERS), draw(NUMBERS)) for day in (period.first, period.last))
    parts = {"categories": draw(COUNTS), "categories_before": draw(COUNTS), "unseen": draw(UNSEEN)}
    posts = draw(st.dictionaries(st.sampled_from(["sign", "hint", "welcome"]), NUMBERS))
    loads = {"load": draw(LOADS), "load_before": draw(LOADS), "cases": draw(CASES)}
    place = {"first": period.first, "last": period.last, "per": period.per}
    return replace(FULL, **place, **numbers, **parts, **loads, posts=posts, over=over, base_year=2025)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(data=digests())
def test_a_caption_fits_whatever_the_numbers_and_every_line_of_it_is_whole(language, data):
    words = Catalogue.load(language)
    said = caption(data, words)
    assert shown_length(said) <= LONGEST_CAPTION
    whole = {caption_line for subject in lines(data) for caption_line in only(data, subject, words)}
    assert set(said.split("\n")) <= whole | {""}
    assert all(set(only(data, subject, words)) <= set(said.split("\n")) for subject in KEPT)


def only(data, subject, words):
    """The line of a subject as it stands where there is room for all."""
    return said_of(lines(data)[subject], words).split("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_caption_has_room_for_all_that_matters(language):
    said = caption(FULL, Catalogue.load(language))
    words = Catalogue.load(language)
    matters = (Subject.CATEGORIES, Subject.OVER, Subject.PROJECTS, Subject.FORMS, Subject.UNSEEN, Subject.POSTS)
    for subject in (*matters, Subject.CASES, Subject.CASES_LATE):
        assert only(FULL, subject, words)[0] in said


def test_in_simplified_chinese_every_line_of_a_full_digest_fits():
    words = Catalogue.load("zh-Hans")
    said = caption(FULL, words)
    assert all(only(FULL, subject, words)[0] in said for subject in lines(FULL))


def test_what_is_less_important_gives_way_first():
    words = Catalogue.load("zh-Hans")
    said = caption(FULL, words, longest=420)
    assert only(FULL, Subject.UNSEEN, words)[0] in said
    assert only(FULL, Subject.MATTERS, words)[0] not in said


def test_a_caption_reads_as_an_office_would_write_it():
    said = without_tags(caption(FULL, Catalogue.load("zh-Hans")))
    assert "12 个群共 3,412 条消息，疑似加重负担 27 处，上周 29 处。" in said
    assert "下班后发工作 20→12" in said
    assert "一单位一群（政策，原则上 1 个）：128 个单位中 23 个超出，上周 25 个、四周前 31 个。" in said
    assert "2025 年全年 1,200 次，政策目标减半，即 600 次" in said
    assert "天数为本地设置" in said
    assert "事项：新立 4 件、送单位说明 3 件、已改正 2 件、查实 1 件、澄清 1 件。" in said
    assert "过了期限：等单位答复 1 件、等整治办办理 2 件。" in said
    assert "03-10 22:00 到 03-11 06:00" in said
    assert said.endswith("不排名，不用于考核。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_in_one_line(language):
    said = plain_of(nothing(QUIET), Catalogue.load(language))
    assert "\n" not in said
    assert "12" in said
    assert "11" in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("per", [Per.WEEK, Per.MONTH])
def test_every_length_has_its_words(language, per):
    period = period_of(per, FULL.first)
    data = digest(first=period.first, last=period.last, per=per)
    assert caption(data, Catalogue.load(language))
    assert plain_of(nothing(data), Catalogue.load(language))

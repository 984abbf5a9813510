from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.dates import months_later, only_figures, read_day, shown

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2027-03-31", date(2027, 3, 31), id="with dashes"),
        pytest.param("2027/3/31", date(2027, 3, 31), id="with slashes"),
        pytest.param("２０２７．３．３１", date(2027, 3, 31), id="full width"),
        pytest.param("2027年3月31日", date(2027, 3, 31), id="Chinese"),
        pytest.param(" 2027年 3月 31號 ", date(2027, 3, 31), id="traditional, with blanks"),
        pytest.param("12月1日", date(2026, 12, 1), id="later this year"),
        pytest.param("3月31日", date(2027, 3, 31), id="next year, as it is over in this"),
        pytest.param("11月23日", TODAY, id="today"),
        pytest.param("2027-02-29", None, id="no such day"),
        pytest.param("2月29日", None, id="no such day next year"),
        pytest.param("明年三月", None, id="words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_day_is_read_as_it_is_written(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        pytest.param("2026-13-45", True, id="a date that there is not"),
        pytest.param("３月１號。", True, id="wide figures"),
        pytest.param("延到3月1日", False, id="a word before it"),
        pytest.param("flood", False, id="no figures"),
    ],
)
def test_words_that_are_figures_alone_are_told(words, alone):
    assert only_figures(words) is alone


@pytest.mark.parametrize(
    ("today", "months", "then"),
    [
        pytest.param(date(2026, 3, 11), 3, date(2026, 6, 11), id="the same day"),
        pytest.param(date(2026, 11, 23), 3, date(2027, 2, 23), id="over the year's end"),
        pytest.param(date(2026, 8, 31), 6, date(2027, 2, 28), id="a shorter month"),
        pytest.param(date(2026, 12, 31), 12, date(2027, 12, 31), id="a year"),
    ],
)
def test_months_are_counted_by_the_calendar(today, months, then):
    assert months_later(today, months) == then


@pytest.mark.parametrize(
    ("named", "year", "words"),
    [
        pytest.param("", False, "03-18 08:30", id="in the office's zone"),
        pytest.param("", True, "2026-03-18 08:30", id="with the year"),
        pytest.param("Asia/Urumqi", False, "03-18 06:30 (Asia/Urumqi)", id="in a zone of the group's own"),
    ],
)
def test_a_moment_names_its_zone_where_the_group_has_its_own(named, year, words):
    moment = datetime(2026, 3, 18, 0, 30, tzinfo=UTC)
    assert shown(moment, ZoneInfo(named or "Asia/Shanghai"), named, year=year) == words

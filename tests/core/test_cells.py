"""What people mean by what they write into cells."""

from datetime import UTC, date, datetime
from enum import Enum

import pytest

from bot.core.cells import count_of, day_of, truth_of, words_of

TODAY = date(2026, 3, 11)


class Broken(Enum):
    ERROR = "error"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param("2026.3.1", date(2026, 3, 1), id="dots"),
        pytest.param("2026年3月1日", date(2026, 3, 1), id="in words"),
        pytest.param(" 2026/03/01 09:30 ", date(2026, 3, 1), id="with a time"),
        pytest.param("２０２６－３－１", date(2026, 3, 1), id="full width"),
        pytest.param("20260301", date(2026, 3, 1), id="packed"),
        pytest.param(20260301, date(2026, 3, 1), id="packed as a number"),
        pytest.param(46082, date(2026, 3, 1), id="a serial of Excel"),
        pytest.param("46082.5", date(2026, 3, 1), id="a serial as text"),
        pytest.param(datetime(2026, 3, 1, 8, tzinfo=UTC), date(2026, 3, 1), id="a moment"),
        pytest.param("3月1日", date(2027, 3, 1), id="without a year, ahead"),
        pytest.param("12月1日", date(2026, 12, 1), id="later this year"),
        pytest.param("2026/3/1 0:00:00", date(2026, 3, 1), id="as a program writes it into text"),
        pytest.param("2026年3月", None, id="no day"),
        pytest.param("2026-02-30", None, id="no such day"),
        pytest.param("待定", None, id="words"),
        pytest.param(12, None, id="a small number"),
        pytest.param(True, None, id="a truth"),
        pytest.param(Broken.ERROR, None, id="a fault"),
        pytest.param(None, None, id="nothing"),
        pytest.param("1" * 5000, None, id="endless digits"),
    ],
)
def test_a_day_is_read(value, day):
    assert day_of(value, TODAY, ahead=True) == day


def test_a_day_of_the_past_without_a_year_is_the_last_one():
    assert day_of("12月1日", TODAY, ahead=False) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        *((45, 45), (45.0, 45), ("45人", 45), ("４５", 45), ("45.0", 45), ("约1,200余人", 1200), ("14天", 14)),
        *(("很多", None), (-1, None), (1.5, None), ("30-40", None), (True, None), ("", None)),
    ],
)
def test_a_number_is_read(value, count):
    assert count_of(value) == count


def test_yes_and_no_and_words_are_read():
    assert [truth_of(value) for value in ("是", "√", "否", "", "也许")] == [True, True, False, None, None]
    assert [words_of(value) for value in (" 甲\n乙 ", 7.0, None, Broken.ERROR)] == ["甲 乙", "7", "", ""]

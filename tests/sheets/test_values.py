"""Dates and numbers as people write them into cells."""

from datetime import date, datetime

import pytest

from bot.sheets import Fault, as_count, as_date
from bot.sheets.values import column_of, letter

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        pytest.param(DAY, DAY, id="a date"),
        pytest.param(datetime(2024, 3, 5, 9, 30), DAY, id="a moment"),  # noqa: DTZ001
        pytest.param(45356, DAY, id="a serial number"),
        pytest.param(45356.75, DAY, id="a serial number with a time"),
        pytest.param("45356", DAY, id="a serial number as text"),
        pytest.param(20240305, DAY, id="eight digits"),
        pytest.param("20240305", DAY, id="eight digits as text"),
        pytest.param("2024-03-05", DAY, id="with hyphens"),
        pytest.param("2024/3/5 0:00:00", DAY, id="with strokes and a time"),
        pytest.param("2024.3.5", DAY, id="with dots"),
        pytest.param("２０２４年３月５日", DAY, id="in full width"),
        pytest.param("2024年3月5號", None, id="in another script"),
        pytest.param("2024年3月", None, id="a month"),
        pytest.param("2024-02-30", None, id="no day of the calendar"),
        pytest.param("长期", None, id="a word"),
        pytest.param(45, None, id="a small number"),
        pytest.param(True, None, id="a truth"),
        pytest.param(Fault.ERROR, None, id="an error"),
        pytest.param(None, None, id="nothing"),
        pytest.param("1" * 5000, None, id="endless digits"),
    ],
)
def test_a_date_is_understood(value, day):
    assert as_date(value) == day


@pytest.mark.parametrize(
    ("value", "count"),
    [
        pytest.param(45, 45, id="a number"),
        pytest.param("45人", 45, id="with its unit"),
        pytest.param(" 约 1,200 余人", 1200, id="about so many"),
        pytest.param("４５", 45, id="in full width"),
        pytest.param("45.0", 45, id="with a nought"),
        pytest.param(45.5, None, id="a fraction"),
        pytest.param(-1, None, id="below nought"),
        pytest.param("30-40", None, id="a range"),
        pytest.param(True, None, id="a truth"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_count_is_understood(value, count):
    assert as_count(value) == count


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_a_column_has_the_letters_of_the_programs(column, letters):
    assert (letter(column), column_of(letters)) == (letters, column)

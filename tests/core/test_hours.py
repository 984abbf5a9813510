import pytest

from bot.core.hours import notation, weekday_ranges
from bot.core.worktime import WorkingHours


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mon-Fri 08:30-12:00 14:00-18:00", id="an office week"),
        pytest.param("Mon-Thu 09:00-17:00; Fri 09:00-12:00", id="a short Friday"),
        pytest.param("Mon 09:00-17:00; Wed 09:00-17:00", id="days apart"),
        pytest.param("Mon-Sun 22:00-06:00", id="nights"),
        pytest.param("Sat 18:00-24:00", id="until midnight"),
    ],
)
def test_written_hours_are_read_as_they_were(text):
    hours = WorkingHours.parse(text)
    assert notation(hours) == text
    assert WorkingHours.parse(notation(hours)) == hours


def test_hours_without_work_are_empty():
    assert notation(WorkingHours(((),) * 7)) == ""


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        pytest.param("Mon-Fri 09:00-12:00", "09:00-12:00", id="an ordinary week"),
        pytest.param("Mon-Fri 09:00-12:00; Sat 09:00-10:00", "", id="with a Saturday"),
        pytest.param("周一至周五 09:00-12:00", "", id="in words"),
    ],
)
def test_only_an_ordinary_week_is_shortened(text, ranges):
    assert weekday_ranges(text) == ranges

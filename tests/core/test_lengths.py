"""Lengths of reports as offices count them."""

import pytest

from bot.core.lengths import Limits, ReportKind, count_characters


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        pytest.param("减负，先减表。", 7, id="every character and mark counts"),
        pytest.param("2026年 app 3个", 5, id="a number or a Latin word counts as one, white space not"),
        pytest.param("", 0, id="nothing is nothing"),
    ],
)
def test_characters_are_counted_as_offices_do(text: str, characters: int) -> None:
    assert count_characters(text) == characters


def test_a_report_of_1201_characters_is_too_long_for_every_day_only() -> None:
    assert Limits().exceeded(1201) == (ReportKind.DAILY,)


def test_local_limits_may_be_stricter() -> None:
    assert Limits(daily=1200, special=2000, general=4000).exceeded(4001) == tuple(ReportKind)

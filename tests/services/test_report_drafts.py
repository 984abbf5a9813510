"""What is remembered between the steps of a report: briefly, under a name drawn anew, and taken back on an undo."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.report_drafts import LASTS, TALKS, Draft, Drafts, Stage

NOW = datetime(2026, 3, 11, 10, 0).astimezone()
DAY = date(2026, 3, 11)


@pytest.fixture
def drafts():
    return Drafts()


def told(drafts, name, number, words, now=NOW):
    """One update that adds words to a talk; returns what it found."""
    before = drafts.begin(name, number, now)
    drafts.keep(name, replace(before or Draft(), words=(before.words if before else "") + words))
    return before


def test_a_talk_goes_on_and_ends_after_half_an_hour(drafts):
    name = drafts.name(42, DAY)
    assert drafts.begin(name, 1, NOW) is None
    drafts.keep(name, Draft(Stage.CATEGORY))
    assert drafts.begin(name, 2, NOW + LASTS - timedelta(seconds=1)) == Draft(Stage.CATEGORY)
    assert drafts.begin(name, 3, NOW + 2 * LASTS) is None
    drafts.sweep(NOW + 4 * LASTS)
    assert drafts._talks == {}


def test_a_batch_that_is_undone_and_done_again_finds_what_was_before(drafts):
    name = drafts.name(42, DAY)
    for _ in range(3):
        assert [told(drafts, name, number, f"{number}") for number in (1, 2, 3)] == [
            None,
            Draft(words="1"),
            Draft(words="12"),
        ]
    assert drafts.begin(name, 4, NOW) == Draft(words="123")


@given(st.lists(st.integers(0, 4), max_size=6))
def test_wherever_a_batch_is_undone_its_end_is_the_same(stops):
    drafts = Drafts()
    name = drafts.name(42, DAY)
    for stop in stops:
        for number in range(stop):
            told(drafts, name, number, f"{number}")
    for number in range(5):
        told(drafts, name, number, f"{number}")
    assert drafts.begin(name, 9, NOW).words == "01234"


def test_names_are_drawn_anew_each_day_and_a_talk_over_midnight_goes_on(drafts):
    name = drafts.name(42, DAY)
    told(drafts, name, 1, "x")
    assert drafts.name(43, DAY) != name
    tomorrow = drafts.name(42, DAY + timedelta(days=1))
    assert tomorrow != name
    assert drafts.begin(tomorrow, 2, NOW + timedelta(minutes=1)) == Draft(words="x")
    assert Drafts().name(42, DAY) != Drafts().name(42, DAY)


def test_a_matter_counts_once_a_day_and_the_same_update_may_be_done_again(drafts):
    name, other = drafts.name(42, DAY), drafts.name(43, DAY)
    assert drafts.is_first(name, "a", 1)
    assert drafts.is_first(name, "a", 1)
    assert not drafts.is_first(name, "a", 2)
    assert drafts.is_first(other, "a", 3)
    assert drafts.is_first(name, "b", 4)
    drafts.untell(name, "a")
    assert drafts.is_first(name, "a", 5)
    assert drafts.is_first(drafts.name(42, DAY + timedelta(days=1)), "a", 6)


def test_many_strangers_do_not_push_a_talk_out(drafts):
    name = drafts.name(42, DAY)
    told(drafts, name, 1, "x")
    for number in range(TALKS + 50):
        drafts.begin(drafts.name(1_000 + number, DAY), 10 + number, NOW)
    assert drafts.begin(name, 2, NOW) == Draft(words="x")


def test_nothing_that_is_remembered_shows_who_it_is(drafts):
    told(drafts, drafts.name(7_123_456_789, DAY), 1, "x")
    assert "7123456789" not in repr(drafts)

"""Clocks that jump, and what is done once a period all the same: nothing skipped, nothing twice."""

from datetime import time

from bot.core.periods import Per, Schedule
from bot.jobs.job import PeriodJob
from tests.test_periodic_jobs import Stage


def test_a_clock_that_was_a_year_ahead_for_an_hour_silences_no_week():
    stage = Stage()
    stage.job = PeriodJob("weekly", lambda _: Schedule(Per.WEEK, time(9, 30), catch_up=9), stage.act)
    stage.look()
    stage.clock.advance(days=7)
    stage.look()
    stage.clock.advance(days=365)
    stage.look()
    stage.clock.advance(days=-365)
    ahead = len(stage.done)
    for _ in range(3):
        stage.clock.advance(days=7)
        stage.look()
    assert stage.done[ahead:] == ["2026-W12", "2026-W13", "2026-W14"]
    assert len({*stage.done}) == len(stage.done)


def test_a_clock_that_was_a_month_behind_repeats_nothing():
    stage = Stage()
    stage.look()
    for _ in range(4):
        stage.clock.advance(days=7)
        stage.look()
    done = [*stage.done]
    stage.clock.advance(days=-28)
    stage.look()
    stage.clock.advance(days=7)
    stage.look()
    assert stage.done == done
    stage.clock.advance(days=28)
    stage.look()
    assert stage.done == [*done, "2026-W15"]

"""Clocks that jump, and what is done once a period all the same: nothing skipped, nothing twice."""

import asyncio
from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.core.periods import Per, Schedule
from bot.jobs.job import PeriodJob
from bot.services import office
from bot.services.backup import settle
from tests.fakes import FakeForgotten
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


def put_back(stage: Stage, periods: dict[tuple[str, str], datetime]) -> None:
    """The claims of an older backup, as after a restore."""
    stage.store.tables.periods.clear()
    stage.store.tables.periods.update(periods)
    asyncio.run(settle(stage.store, stage.runtime.vault, FakeForgotten(), stage.clock.now()))


@pytest.mark.parametrize(("posts", "done"), [(True, ["2026-W11"]), (False, ["2026-W11", "2026-W11"])])
def test_what_was_posted_after_the_backup_is_not_posted_again_after_its_restore(posts, done):
    stage = Stage()
    stage.job = replace(stage.job, posts=posts)
    stage.look()
    backup = dict(stage.store.tables.periods)
    stage.clock.advance(days=7)
    stage.look()
    stage.clock.advance(days=1)
    put_back(stage, backup)
    stage.look()
    assert stage.done == done
    stage.clock.advance(days=7)
    stage.look()
    assert stage.done == [*done, "2026-W12"]


def test_no_code_of_a_backup_can_be_used():
    stage = Stage()

    async def play() -> bool:
        async with stage.store.begin() as work:
            code = await office.make_code(work, stage.runtime.vault, "desk", None, stage.clock.now())
            await work.commit()
        await settle(stage.store, stage.runtime.vault, FakeForgotten(), stage.clock.now())
        async with stage.store.begin() as work:
            digest = office.digest_of(code, stage.runtime.vault)
            return await work.office.use_code(digest, stage.clock.now()) is not None

    assert asyncio.run(play()) is False

"""Jobs done once a period: with their effects, after a failure again, in replicas once, and told in /status."""

import asyncio
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.core.periods import Per, Period, Schedule
from bot.core.policy import Policy
from bot.jobs import JOBS
from bot.jobs.job import PeriodJob
from bot.jobs.periodic import catch_up
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.scheduler import run_once
from bot.services.running import LONGEST_PAUSE, check_job, ran
from bot.texts import LANGUAGES, Catalogue
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import runtime

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Stage:
    """A weekly job that notes its periods, on a Wednesday."""

    def __init__(self) -> None:
        self.store = InMemoryStore()
        self.clock = FixedClock(datetime(2026, 3, 11, 12, 0, tzinfo=SHANGHAI))
        self.runtime = runtime(self.store, self.clock)
        self.done: list[str] = []
        self.fails = False
        self.job = PeriodJob("weekly", self.schedule, self.act)

    def schedule(self, policy: Policy) -> Schedule:
        del policy
        return Schedule(Per.WEEK, time(9, 30))

    async def act(self, running: Runtime, work: UnitOfWork, period: Period, now: datetime) -> None:
        del running, now
        await work.state.set("effect", period.key)
        if self.fails:
            raise RuntimeError
        self.done.append(period.key)

    def look(self) -> bool:
        return asyncio.run(run_once(self.runtime, self.job))


def test_the_week_before_the_bot_came_is_no_business_of_its():
    stage = Stage()
    assert stage.look()
    assert stage.done == []


def test_every_week_is_done_once_and_missed_ones_after_a_stop():
    stage = Stage()
    stage.look()
    stage.clock.advance(days=7)
    stage.look()
    stage.look()
    stage.clock.advance(days=21)
    stage.look()
    assert stage.done == ["2026-W11", "2026-W12", "2026-W13", "2026-W14"]


def test_a_failure_undoes_the_effect_and_the_week_is_tried_again():
    stage = Stage()
    stage.look()
    stage.clock.advance(days=7)
    stage.fails = True
    assert stage.look() is False
    assert "effect" not in stage.store.tables.state
    stage.fails = False
    stage.clock.advance(minutes=10)
    assert stage.look() is True
    assert stage.done == ["2026-W11"]


def test_two_replicas_that_both_look_do_it_once():
    stage = Stage()
    stage.look()
    now = stage.clock.advance(days=7)

    async def both() -> list[int]:
        return list(await asyncio.gather(*(catch_up(stage.runtime, stage.job, now) for _ in range(2))))

    assert sum(asyncio.run(both())) == 1
    assert stage.done == ["2026-W11"]


def test_the_office_is_told_what_was_done_and_when_the_next_is_due():
    stage = Stage()
    stage.look()

    async def told() -> str:
        async with stage.store.begin() as work:
            (job,) = await ran(work)
            assert job.following is not None
            later = job.at + 2 * LONGEST_PAUSE
            codes = [check_job(job, job.at).code, check_job(job, later).code]
            return f"{job.name} {job.period} {job.following.astimezone(SHANGHAI):%m-%d %H:%M} {codes}"

    assert asyncio.run(told()) == "weekly 2026-W10 03-16 09:30 ['job', 'job_old']"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_job_has_a_name_that_the_office_can_read(language):
    words = Catalogue.load(language)
    assert [job.name for job in JOBS if f"job.{job.name}" not in words] == []

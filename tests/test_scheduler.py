"""Jobs: of several replicas one acts, and a failing job ends nothing."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import JOBS, Every, Job
from bot.jobs.job import MOST_FAILURES, one_by_one
from bot.ports import UnitOfWork
from bot.runtime import Runtime
from bot.scheduler import LEASE_SECONDS, run_once, schedule
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import private_message, runtime, stored


class Stage:
    """A job that counts its runs, and two replicas of a bot."""

    def __init__(self) -> None:
        self.store, self.clock, self.runs = InMemoryStore(), FixedClock(), 0
        self.job = Job("counting", Every(timedelta(hours=1)), self.count)
        self.runtime = runtime(self.store, self.clock)

    async def count(self, running: Runtime, now: datetime) -> None:
        del running, now
        self.runs += 1
        if self.runs == 1:
            raise RuntimeError


def test_a_failing_job_is_run_again_at_its_next_time():
    stage = Stage()
    assert asyncio.run(run_once(stage.runtime, stage.job)) is False
    assert asyncio.run(run_once(stage.runtime, stage.job)) is True


def test_what_fails_undoes_itself_and_keeps_no_other_from_its_turn():
    stage = Stage()

    async def act(work: UnitOfWork, name: str) -> None:
        await work.state.set(name, "done")
        if name == "b":
            raise KeyError(name)

    async def go() -> list[str]:
        with pytest.raises(KeyError):
            await one_by_one(stage.runtime, "abc", act)
        async with stage.store.begin() as work:
            return sorted(await work.state.beginning(""))

    assert asyncio.run(go()) == ["a", "c"]


def test_when_everything_fails_the_rest_waits_for_the_next_run():
    tried: list[int] = []

    async def act(_: UnitOfWork, number: int) -> None:
        tried.append(number)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        asyncio.run(one_by_one(Stage().runtime, range(1_000), act))
    assert len(tried) == MOST_FAILURES


def test_of_two_replicas_one_acts():
    stage = Stage()

    async def go() -> list[bool]:
        async with stage.store.begin() as work:
            await work.leases.take("job:counting", "another", stage.clock.now(), LEASE_SECONDS)
            await work.commit()
        first = await run_once(stage.runtime, stage.job)
        stage.clock.advance(seconds=LEASE_SECONDS + 1)
        await run_once(stage.runtime, stage.job)
        return [first, stage.runs == 1]

    assert asyncio.run(go()) == [False, True]


def test_every_job_is_scheduled_under_its_name():
    names = {job.id for job in schedule(Stage().runtime).scheduler.get_jobs()}
    assert names == {job.name for job in JOBS}
    assert len(names) == len(JOBS)


def test_what_was_set_aside_is_emptied_after_its_hours_and_ids_go_later():
    stage = Stage()
    (retention,) = [job for job in JOBS if job.name == "retention"]

    async def go() -> None:
        await stored(stage.store, stage.clock, private_message(1), private_message(2))
        async with stage.store.begin() as work:
            await work.inbox.handled([1], stage.clock.now())
            await work.inbox.set_aside(2, "ValueError", stage.clock.now(), b"{}")
            await work.commit()
        await retention.run(stage.runtime, stage.clock.advance(hours=71))
        assert stage.store.tables.inbox[2].update.payload
        await retention.run(stage.runtime, stage.clock.advance(hours=2))
        assert not stage.store.tables.inbox[2].update.payload
        assert len(stage.store.tables.inbox) == 2
        await retention.run(stage.runtime, stage.clock.advance(days=7))

    asyncio.run(go())
    assert stage.store.tables.inbox == {}


def test_a_job_that_runs_at_the_end_is_undone_before_its_database_is_closed():
    stage = Stage()
    ended: list[str] = []

    async def endless(running: Runtime, now: datetime) -> None:
        del now
        async with running.store.begin() as work:
            await work.state.set("began", "yes")
            try:
                await asyncio.sleep(3600)
            finally:
                ended.append("undone")

    async def go() -> None:
        timetable = schedule(stage.runtime, [Job("endless", Every(timedelta(hours=1)), endless)])
        timetable.start()
        (job,) = timetable.scheduler.get_jobs()
        job.modify(next_run_time=datetime.now(UTC))
        while stage.store.holder is None:
            await asyncio.sleep(0.01)
        await timetable.stop()
        ended.append("stopped")

    asyncio.run(go())
    assert ended == ["undone", "stopped"]

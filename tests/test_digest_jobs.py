"""The jobs of the digest: what is chosen is posted once, and a missed day is counted first."""

import asyncio
from datetime import UTC, datetime, time

import pytest

from bot.core.ledger_log import HOST
from bot.core.office import Place, PlaceKind
from bot.core.units import Unit, UnitLevel
from bot.jobs import digest, snapshot
from bot.jobs.job import PeriodJob
from bot.jobs.periodic import catch_up
from bot.services import units
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import runtime

WEDNESDAY = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)


class Stage:
    def __init__(self, **policy):
        self.store, self.clock = InMemoryStore(), FixedClock(WEDNESDAY)
        self.runtime = runtime(self.store, self.clock, **policy)
        asyncio.run(self._open())

    async def _open(self):
        async with self.store.begin() as work:
            await units.add(work, [Unit("前柏镇", UnitLevel.TOWNSHIP)], HOST, WEDNESDAY)
            await work.office.bind(Place(PlaceKind.CHANNEL, -1009, "x", WEDNESDAY))
            await work.commit()

    def look(self, *jobs: PeriodJob, **later: float):
        """The clock goes on, and the scheduler looks; what waits to be said since the start."""
        now = self.clock.advance(**later)
        for job in jobs:
            asyncio.run(catch_up(self.runtime, job, now))
        return [part.key for each in self.store.queued() for part in each.speech.parts]


WEEKLY, MONTHLY = digest.WEEKLY, digest.MONTHLY


@pytest.mark.parametrize(
    ("every", "said"),
    [("week", ["digest.nothing.week_unwatched"] * 3), ("month", ["digest.nothing.month_unwatched"])],
)
def test_what_the_office_chose_is_posted_and_the_other_is_not(every, said):
    stage = Stage(digest_every=every)
    stage.look(WEEKLY, MONTHLY)
    for _ in range(22):
        posted = stage.look(WEEKLY, MONTHLY, days=1)
    assert posted == said


def test_after_a_change_from_weeks_to_months_no_month_is_left_out():
    stage = Stage()
    stage.look(WEEKLY, MONTHLY)
    stage.look(WEEKLY, MONTHLY, days=6)
    stage.runtime = runtime(stage.store, stage.clock, digest_every="month")
    assert stage.look(WEEKLY, MONTHLY, days=16)[-1] == "digest.nothing.month_unwatched"


def test_the_office_sets_the_hour():
    stage = Stage(digest_at=time(15, 0))
    stage.look(WEEKLY)
    assert stage.look(WEEKLY, days=5) == []
    assert stage.look(WEEKLY, hours=5) == ["digest.nothing.week_unwatched"]


def test_a_day_that_a_stop_left_out_is_counted_before_the_digest_speaks_of_it():
    stage = Stage()
    stage.look(WEEKLY)
    stage.look(WEEKLY, days=6)
    assert {day for day, _ in stage.store.tables.days} == {datetime(2026, 3, 15, tzinfo=UTC).date()}


def test_every_day_is_counted_once_and_missed_ones_after_a_stop():
    stage = Stage()
    stage.look(snapshot.JOB)
    stage.look(snapshot.JOB, days=1)
    stage.look(snapshot.JOB, hours=1)
    stage.look(snapshot.JOB, days=3)
    assert sorted(day.day for day, _ in stage.store.tables.days) == [11, 12, 13, 14]


def test_days_of_long_ago_are_let_go():
    stage = Stage()
    stage.look(snapshot.JOB)
    stage.look(snapshot.JOB, days=1)
    stage.look(snapshot.JOB, days=801)
    assert min(day for day, _ in stage.store.tables.days).year == 2028

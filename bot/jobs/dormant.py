"""Once a day in working time: in which watched groups nobody has written for long, each is asked about once."""

from datetime import datetime
from functools import partial

from bot.core.group import GroupState
from bot.jobs.dissolve import prompter_of
from bot.jobs.job import Daily, Job, one_by_one
from bot.runtime import Runtime


async def run(runtime: Runtime, now: datetime) -> None:
    """Look at one group after another."""
    prompter = prompter_of(runtime)
    async with runtime.store.begin() as work:
        watched = [group for group in await work.groups.all() if group.state is GroupState.WATCHING]
    await one_by_one(runtime, watched, partial(prompter.ask_silent, now=now))


JOB = Job("dormant", Daily(10, 40), run)

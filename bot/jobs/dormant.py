"""Once a day in working time: in which watched groups nobody has written for long, each is asked about once."""

from datetime import datetime

from bot.core.group import GroupState
from bot.jobs.dissolve import prompter_of
from bot.jobs.job import Daily, Job
from bot.runtime import Runtime


async def run(runtime: Runtime, now: datetime) -> None:
    """Find the silent groups in one look, then ask about each in a transaction of its own."""
    prompter = prompter_of(runtime)
    async with runtime.store.begin() as work:
        watched = [group for group in await work.groups.all() if group.state is GroupState.WATCHING]
        silent = [group for group in watched if await prompter.is_silent(work, group, now)]
    for group in silent:
        async with runtime.store.begin() as work:
            if await prompter.ask_silent(work, group, now):
                await work.commit()


JOB = Job("dormant", Daily(10, 40), run)

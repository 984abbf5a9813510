"""Several times a day: whose end is near or past, or who is silent, is asked, each in the working time of the group."""

from datetime import datetime, timedelta

from bot.core.group import GroupState
from bot.jobs.job import Every, Job
from bot.runtime import Runtime
from bot.services.dissolve import Closer
from bot.services.dissolve_prompts import Prompter
from bot.services.places import OfficeTime


async def run(runtime: Runtime, now: datetime) -> None:
    """Ask about one row after another, each in a transaction of its own, so that a failure loses no other."""
    office = OfficeTime(runtime.calendar, runtime.hours, runtime.zone)
    prompter = Prompter(Closer(runtime.policy, runtime.vault, runtime.username, office))
    async with runtime.store.begin() as work:
        rows = [row async for row in prompter.open_rows(work, now.astimezone(runtime.zone).date())]
        groups = [group for group in await work.groups.all() if group.state is GroupState.WATCHING]
    for row in rows:
        async with runtime.store.begin() as work:
            await prompter.ask(work, row, now)
            await work.commit()
    for group in groups:
        async with runtime.store.begin() as work:
            if await prompter.ask_silent(work, group, now):
                await work.commit()


JOB = Job("dissolve", Every(timedelta(minutes=20)), run)

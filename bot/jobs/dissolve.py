"""Several times a day: whose end is near or past is asked, each in the working time of the group."""

from datetime import datetime, timedelta

from bot.jobs.job import Every, Job
from bot.runtime import Runtime
from bot.services.dissolve import Closer
from bot.services.dissolve_prompts import Prompter


def prompter_of(runtime: Runtime) -> Prompter:
    """Who asks, with what the running bot knows."""
    return Prompter(Closer(runtime.policy, runtime.vault, runtime.username, runtime.office))


async def run(runtime: Runtime, now: datetime) -> None:
    """Ask about one row after another, each in a transaction of its own, so that a failure loses no other."""
    prompter = prompter_of(runtime)
    async with runtime.store.begin() as work:
        rows = [row async for row in prompter.open_rows(work, runtime.office.today(now))]
    for row in rows:
        async with runtime.store.begin() as work:
            await prompter.ask(work, row, now)
            await work.commit()


JOB = Job("dissolve", Every(timedelta(minutes=20)), run)

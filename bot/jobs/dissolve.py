"""Several times a day: whose end is near or past is asked, each in the working time of the group."""

from datetime import datetime, timedelta
from functools import partial

from bot.jobs.job import Every, Job, one_by_one
from bot.runtime import Runtime
from bot.services.dissolve import Closer
from bot.services.dissolve_prompts import Prompter


def prompter_of(runtime: Runtime) -> Prompter:
    """Who asks, with what the running bot knows."""
    return Prompter(Closer(runtime.policy, runtime.vault, runtime.username, runtime.office))


async def run(runtime: Runtime, now: datetime) -> None:
    """Ask about one row after another."""
    prompter = prompter_of(runtime)
    async with runtime.store.begin() as work:
        rows = await prompter.open_rows(work, runtime.office.today(now))
    await one_by_one(runtime, rows, partial(prompter.ask, now=now))


JOB = Job("dissolve", Every(timedelta(minutes=20)), run)

"""Several times a day: of each due day that has passed, whoever owes the next step is reminded once."""

from datetime import datetime, timedelta

from bot.jobs.job import Every, Job
from bot.runtime import Runtime
from bot.services import case_reminders
from bot.services.case_files import CaseRoom


async def run(runtime: Runtime, now: datetime) -> None:
    """Look, and remind."""
    room = CaseRoom(runtime.policy, runtime.vault, runtime.office, runtime.username)
    async with runtime.store.begin() as work:
        await case_reminders.remind(work, room, now)
        await work.commit()


JOB = Job("cases", Every(timedelta(minutes=20)), run)

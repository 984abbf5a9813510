"""Several times a day: whoever owes a step is reminded once of its day, and what was cleared is taken back."""

from datetime import datetime, timedelta

from bot.jobs.job import Every, Job
from bot.runtime import Runtime
from bot.services import case_reminders, case_unsaying
from bot.services.case_files import CaseRoom


async def run(runtime: Runtime, now: datetime) -> None:
    """Remind, and take back, each in a transaction of its own."""
    room = CaseRoom(runtime.policy, runtime.vault, runtime.office, runtime.username)
    for act in (case_reminders.remind, case_unsaying.unsay):
        async with runtime.store.begin() as work:
            await act(work, room, now)
            await work.commit()


JOB = Job("cases", Every(timedelta(minutes=20)), run)

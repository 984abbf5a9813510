"""At 11:00 and 16:00 of working days, while the office works: reports and notes are shown to it."""

from datetime import datetime, timedelta

from bot.jobs.job import Every, Job
from bot.jobs.periodic import office_time
from bot.runtime import Runtime
from bot.services import report_batches
from bot.services.report_batches import Opening


async def run(runtime: Runtime, now: datetime) -> None:
    """Show the batch that is due, once: claimed and done in one transaction."""
    runtime.drafts.sweep(now)
    async with runtime.store.begin() as work:
        slot = report_batches.slot(await office_time(runtime, work, now), now)
        if slot is None or not await work.periods.claim(report_batches.JOB, slot, now):
            return
        today, terms = runtime.office.today(now), runtime.policy.case_terms
        opening = Opening(today, terms, runtime.office.works, now)
        batch = await report_batches.release(work, opening)
        await report_batches.tell(work, runtime.policy, batch, slot, now)
        await work.commit()


JOB = Job("reports", Every(timedelta(minutes=5)), run)

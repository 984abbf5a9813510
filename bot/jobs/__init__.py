"""What the bot does by itself at set times: a file a job, declared in code at every start."""

from bot.jobs import cases, day_keys, digest, dissolve, dormant, members, reports, retention, snapshot, suspicions
from bot.jobs.job import Daily, Every, Job, PeriodJob

JOBS: tuple[Job | PeriodJob, ...] = (
    dissolve.JOB,
    dormant.JOB,
    members.JOB,
    cases.JOB,
    snapshot.JOB,
    suspicions.JOB,
    digest.WEEKLY,
    digest.MONTHLY,
    retention.JOB,
    day_keys.JOB,
    reports.JOB,
)
"""Every job; of several replicas one acts."""

__all__ = ["JOBS", "Daily", "Every", "Job", "PeriodJob"]

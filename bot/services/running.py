"""How the scheduled jobs last ran, as /status and the doctor tell it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.health import Check, Health
from bot.core.speech import Value, Word
from bot.ports import UnitOfWork

PREFIX = "job:"
LONGEST_PAUSE = timedelta(days=2)
"""No job pauses for longer while the bot runs."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The last run of a job; `following` is when its next period is due, None where it has none or none is known."""

    name: str
    at: datetime
    failed: bool
    period: str
    following: datetime | None


def check_job(job: Ran, now: datetime) -> Check:
    """Whether a job runs: not when its last run failed, or lies back for longer than any job pauses.

    The time is told in the zone of `now`.
    """
    fields: dict[str, Value] = {
        "name": Word(f"job.{job.name}"),
        "at": f"{job.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
    }
    if job.failed:
        return Check("job", Health.BAD, "job_failed", fields)
    if now - job.at > LONGEST_PAUSE:
        return Check("job", Health.NOTE, "job_old", fields)
    return Check("job", Health.GOOD, "job", fields)


async def note(work: UnitOfWork, name: str, at: datetime, following: datetime | None, *, failed: bool) -> None:
    """Keep how a run ended."""
    fact = {"at": at.isoformat(), "failed": failed, "following": following.isoformat() if following else None}
    await work.state.set(f"{PREFIX}{name}", json.dumps(fact))


async def ran(work: UnitOfWork) -> Sequence[Ran]:
    """The last run of every job that ever ran, by name."""
    runs = []
    for key, value in sorted((await work.state.beginning(PREFIX)).items()):
        fact, name = json.loads(value), key.removeprefix(PREFIX)
        last = await work.periods.last(name)
        following = datetime.fromisoformat(fact["following"]) if fact["following"] else None
        at = datetime.fromisoformat(fact["at"])
        runs.append(Ran(name, at, bool(fact["failed"]), last[0] if last else "", following))
    return runs

"""The manners of the bot itself, enforced here alone, so that it never becomes the burden it speaks of.

Baotou 2019 item 21 holds for its own posts: nothing appears in a group outside working time, not even a reaction, and a
day that the calendar does not know counts as rest. It speaks seldom, names nobody, and never nags.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.arrival import StoredFinding
from bot.core.group import Response
from bot.core.model import Category, Direction, Message, SenderRole
from bot.core.speech import Act, Outgoing
from bot.core.worktime import SEARCH_DAYS, WorkTime

SIGN = "👀"
"""The silent reaction that is a quiet sign: seen, nothing more."""

WEEK = timedelta(days=7)
STALE = timedelta(hours=24)
"""After so long nothing follows from a message any more, as after an outage."""

LATEST = timedelta(hours=10)
"""How long after its moment a hint may still be sent; later it would speak of what nobody remembers."""


OF_TIME = frozenset({Category.AFTER_HOURS, Category.LATE_DEADLINE, Category.VISIT_ON_REST_DAY})
"""Categories that a later moment mends, so that the platform's scheduled sending helps."""


class Step(StrEnum):
    """What follows from the findings of one message."""

    NOTHING = "nothing"
    SIGN = "sign"
    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Posted:
    """How much the bot has already said in a group: its unasked posts of a week, and its hints of the day."""

    week: int = 0
    hints_today: int = 0


def may_post(worktime: WorkTime, now: datetime) -> bool:
    """Whether the bot may say anything unasked: surely working time, on a day that is not kept quiet."""
    return worktime.inside(now) and worktime.known(now) and not worktime.is_quiet(now)


def next_moment(worktime: WorkTime, now: datetime) -> datetime | None:
    """The first moment at or after `now` at which the bot may speak; None when no such moment is surely known."""
    at = worktime.local(now)
    for _ in range(SEARCH_DAYS):
        if may_post(worktime, at):
            return at
        if worktime.known(at) and not worktime.is_quiet(at):
            later = _later_today(worktime, at)
            if later is not None:
                return later
        at = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return None


def _later_today(worktime: WorkTime, at: datetime) -> datetime | None:
    """The next working moment of the same day."""
    midnight = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    if not worktime.minutes_between(at, midnight):
        return None
    later = worktime.next_working(at)
    return later if may_post(worktime, later) else None


def to_tell(findings: Iterable[StoredFinding]) -> tuple[StoredFinding, ...]:
    """The findings of which somebody may be told.

    Not a provisional one, for the calendar may yet say otherwise; not one that was marked wrong; and never to whoever
    answers at night, for they carry the load.
    """
    return tuple(
        stored
        for stored in findings
        if not stored.finding.provisional
        and stored.finding.direction is not Direction.ANSWERS
        and stored.marked_wrong_at is None
    )


def without_answers(findings: Iterable[StoredFinding], message: Message) -> tuple[StoredFinding, ...]:
    """The findings, without those of time where the message is by its form an answer: a member's reply to somebody.

    An answer given at night is never hinted at, also where its words were read as an order.
    """
    answers = message.reply_to is not None and message.role is not SenderRole.ADMIN
    return tuple(stored for stored in findings if not (answers and stored.finding.category in OF_TIME))


def follows(response: Response, role: SenderRole, findings: Iterable[StoredFinding], *, someone: bool) -> Step:
    """What follows from the findings of a message; `someone` tells whether its sender is a known person.

    A quiet sign is set on admins' messages alone, for they give the orders. Reports of others never come in here.
    """
    if not to_tell(findings):
        return Step.NOTHING
    if response is Response.QUIET_SIGN:
        return Step.SIGN if role is SenderRole.ADMIN else Step.NOTHING
    if response is Response.PRIVATE_HINT:
        return Step.PRIVATE if someone and role is not SenderRole.BOT else Step.NOTHING
    return Step.GROUP if response is Response.GROUP_HINT else Step.NOTHING


def fits_channel(outgoing: Outgoing) -> bool:
    """Whether a post may stand in a channel: whoever reads there could press its buttons, and a file tells of units."""
    if outgoing.act is Act.DOCUMENT:
        return False
    rows = () if outgoing.speech is None else outgoing.speech.buttons
    return not any(button.data for row in rows for button in row)


def may_notify(posted: Posted, posts_per_week: int, *, hint: bool = False) -> bool:
    """Whether one more unasked post is within the limits: so many a week, and one hint a day."""
    return posted.week < posts_per_week and not (hint and posted.hints_today)

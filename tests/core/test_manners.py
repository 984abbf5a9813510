"""The bot keeps the rules it speaks of: working time, few posts, no word to whoever answers."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.arrival import StoredFinding
from bot.core.group import Response
from bot.core.manners import Posted, Step, follows, may_notify, may_post, next_moment, without_answers
from bot.core.model import Category, Clause, Direction, Finding, Message, SenderRole
from bot.core.workcal import QuietDays
from bot.core.worktime import WorkTime

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLAUSE = Clause("d", "i", "u")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def stored(**fields: object) -> StoredFinding:
    finding = Finding(Category.RECEIPT, 0.9, "r", ((0, 1),), CLAUSE)
    marked = fields.pop("marked_wrong_at", None)
    changed = finding._replace(**fields)
    return StoredFinding(1, 2, changed, at("2026-03-11T10:00"), SenderRole.MEMBER, marked_wrong_at=marked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "may", "later"),
    [
        pytest.param("2026-03-11T10:00", True, "2026-03-11T10:00", id="in the morning"),
        pytest.param("2026-03-11T12:30", False, "2026-03-11T14:00", id="at lunch"),
        pytest.param("2026-03-11T21:00", False, "2026-03-12T08:30", id="at night"),
        pytest.param("2026-03-13T21:00", False, "2026-03-16T08:30", id="before a weekend"),
        pytest.param("2026-02-14T10:00", True, "2026-02-14T10:00", id="on a make-up Saturday"),
        pytest.param("2026-10-01T10:00", False, "2026-10-08T08:30", id="on a holiday"),
        pytest.param("2026-12-31T19:00", False, None, id="before a year the calendar does not know"),
        pytest.param("2027-03-11T10:00", False, None, id="on a day the calendar does not know"),
    ],
)
def test_the_bot_speaks_in_working_time_alone(worktime: WorkTime, moment: str, may: bool, later: str | None) -> None:
    assert may_post(worktime, at(moment)) is may
    assert next_moment(worktime, at(moment)) == (at(later) if later else None)


def test_a_quiet_day_is_kept_by_the_bot_too(worktime: WorkTime) -> None:
    quiet = replace(worktime, quiet=QuietDays(frozenset({date(2026, 3, 11)})))
    assert not may_post(quiet, at("2026-03-11T10:00"))
    assert next_moment(quiet, at("2026-03-11T10:00")) == at("2026-03-12T08:30")


ADMIN, MEMBER, CHANNEL, BOT = SenderRole.ADMIN, SenderRole.MEMBER, SenderRole.CHANNEL, SenderRole.BOT


@pytest.mark.parametrize(
    ("response", "role", "someone", "expected"),
    [
        pytest.param(Response.WATCH_ONLY, ADMIN, True, Step.NOTHING, id="watching only"),
        pytest.param(Response.QUIET_SIGN, ADMIN, False, Step.SIGN, id="a sign on an admin's message"),
        pytest.param(Response.QUIET_SIGN, MEMBER, True, Step.NOTHING, id="no sign on a member's message"),
        pytest.param(Response.QUIET_SIGN, CHANNEL, False, Step.NOTHING, id="no sign on a channel's post"),
        pytest.param(Response.PRIVATE_HINT, MEMBER, True, Step.PRIVATE, id="a hint to a person"),
        pytest.param(Response.PRIVATE_HINT, ADMIN, False, Step.NOTHING, id="no hint to a stand-in"),
        pytest.param(Response.PRIVATE_HINT, BOT, True, Step.NOTHING, id="no hint to a bot"),
        pytest.param(Response.GROUP_HINT, MEMBER, True, Step.GROUP, id="a hint in the group"),
    ],
)
def test_what_follows_is_what_the_group_chose(
    response: Response, role: SenderRole, someone: bool, expected: Step
) -> None:
    assert follows(response, role, [stored()], someone=someone) is expected


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param(stored(direction=Direction.ANSWERS), id="an answer at night"),
        pytest.param(stored(provisional=True), id="a provisional finding"),
        pytest.param(stored(marked_wrong_at=at("2026-03-11T11:00")), id="one marked wrong"),
    ],
)
@pytest.mark.parametrize("response", Response)
def test_nothing_follows_from_what_must_not_be_told(response: Response, finding: StoredFinding) -> None:
    assert follows(response, ADMIN, [finding], someone=True) is Step.NOTHING


@pytest.mark.parametrize(
    ("posted", "hint", "may"),
    [
        pytest.param(Posted(2, 0), False, True, id="one left"),
        pytest.param(Posted(3, 0), False, False, id="the week is full"),
        pytest.param(Posted(1, 1), True, False, id="one hint a day"),
        pytest.param(Posted(1, 1), False, True, id="another post on the day of a hint"),
    ],
)
def test_posts_are_few(posted: Posted, hint: bool, may: bool) -> None:
    assert may_notify(posted, 3, hint=hint) is may


@pytest.mark.parametrize(
    ("role", "reply_to", "category", "told"),
    [
        pytest.param(MEMBER, "7", Category.AFTER_HOURS, False, id="a member's reply at night"),
        pytest.param(MEMBER, "7", Category.RECEIPT, True, id="a member's reply that is wrong at any hour"),
        pytest.param(MEMBER, None, Category.AFTER_HOURS, True, id="a member's order at night"),
        pytest.param(ADMIN, "7", Category.AFTER_HOURS, True, id="an admin's reply at night"),
    ],
)
def test_a_reply_of_a_member_is_an_answer(
    role: SenderRole, reply_to: str | None, category: Category, told: bool
) -> None:
    message = Message("8", "x", at("2026-03-11T22:00"), role=role, reply_to=reply_to)
    assert bool(without_answers([stored(category=category)], message)) is told

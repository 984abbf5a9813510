"""A unit's rows as they are counted and pointed out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.dissolve import Terms
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_view import days_stale, ending, load_of, low_level, view_of
from bot.core.snapshot import UnitDay
from bot.core.units import UnitLevel

TODAY = date(2026, 3, 11)
GROUP = LedgerObject(1, ObjectType.GROUP, Platform.WECHAT, "群", id=1, kind=GroupKind.STANDING)
ACCOUNT = LedgerObject(1, ObjectType.ACCOUNT, Platform.WECHAT, "号", id=2)
APP = LedgerObject(1, ObjectType.APP, Platform.OTHER, "应用", id=3)


def project(days, **fields):
    return replace(GROUP, kind=GroupKind.PROJECT, end_date=TODAY + timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("rows", "standing", "projects", "ended"),
    [
        pytest.param([GROUP, replace(GROUP, id=4, kind=None)], 2, 0, 0, id="a group of no stated kind stays"),
        pytest.param([GROUP, replace(GROUP, id=4, twin_of=1)], 1, 0, 0, id="a twin counts once"),
        pytest.param([replace(GROUP, id=4, twin_of=9)], 1, 0, 0, id="whose twin is elsewhere counts"),
        pytest.param(
            [replace(GROUP, state=ObjectState.DISSOLVED), replace(GROUP, id=4, twin_of=1)], 1, 0, 1,
            id="whose twin is gone counts",
        ),
        pytest.param([GROUP, project(30, id=4), ACCOUNT, APP], 1, 1, 0, id="projects apart"),
        pytest.param([replace(GROUP, kind=GroupKind.PROJECT)], 1, 0, 0, id="a project without an end stays"),
        pytest.param([replace(GROUP, state=ObjectState.MERGED)], 0, 0, 1, id="what has ended"),
    ],
)  # fmt: skip
def test_groups_are_counted(rows, standing, projects, ended):
    view = view_of(rows)
    assert (view.standing, view.projects, view.ended) == (standing, projects, ended)


@pytest.mark.parametrize(
    ("days_ago", "own", "limit"),
    [
        pytest.param(14, None, None, id="on the last day of the local limit"),
        pytest.param(15, None, 14, id="after the local limit"),
        pytest.param(11, 10, 10, id="after its own limit"),
        pytest.param(15, 30, None, id="within its own limit"),
        pytest.param(None, None, None, id="unknown"),
    ],
)
def test_an_account_is_stale_after_its_limit(days_ago, own, limit):
    last = None if days_ago is None else TODAY - timedelta(days=days_ago)
    assert days_stale(replace(ACCOUNT, last_update=last, freshness_days=own), TODAY, 14) == limit


@pytest.mark.parametrize(
    ("row", "unit", "level"),
    [
        pytest.param(APP, UnitLevel.TOWNSHIP, UnitLevel.TOWNSHIP, id="a township's own"),
        pytest.param(APP, UnitLevel.COUNTY, None, id="a county's"),
        pytest.param(replace(APP, owner_level=UnitLevel.VILLAGE), UnitLevel.COUNTY, UnitLevel.VILLAGE, id="by its row"),
        pytest.param(replace(APP, owner_level=UnitLevel.CITY), UnitLevel.TOWNSHIP, None, id="a city's in a township"),
        pytest.param(ACCOUNT, UnitLevel.TOWNSHIP, None, id="an account"),
    ],
)
def test_an_app_owned_below_the_county_is_pointed_out(row, unit, level):
    assert low_level(row, unit) is level


def test_what_ends_soon_or_waits_to_be_confirmed_is_counted():
    rows = [project(20), project(5), project(-30), replace(GROUP, state=ObjectState.AWAITING), GROUP]
    assert ending(view_of(rows), Terms(), TODAY) == 3


def test_the_load_is_that_of_the_days_on_which_something_was_seen():
    days = [
        UnitDay(1, TODAY, seen=1, members=10, messages=20, readings=100, receipts=4, tasks=5),
        UnitDay(1, TODAY, seen=0, members=10, messages=9, readings=90),
        UnitDay(1, TODAY, seen=2, members=30, messages=20, readings=300, receipts=1, tasks=1),
    ]
    seen = load_of(days)
    assert (seen.days, seen.groups, seen.members) == (2, 2, 30)
    assert (seen.load.per_seat, seen.load.receipts, seen.load.task_share) == (10.0, 5, 0.15)


@pytest.mark.parametrize("days", [[], [UnitDay(1, TODAY, standing=3)]], ids=["no days", "nothing seen"])
def test_where_nothing_was_seen_there_is_no_load(days):
    assert load_of(days) is None

"""What is pointed out about rows of the ledger, and on what it rests."""

from datetime import date

import pytest

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_rules import Basis, RemarkKind, remarks, stale_for
from bot.core.units import Unit, UnitLevel

TODAY = date(2026, 3, 31)
UNITS = {1: Unit("青山镇", UnitLevel.TOWNSHIP, id=1), 2: Unit("县局", UnitLevel.COUNTY, id=2)}


def row(object_type, unit_id=1, **fields):
    return LedgerObject(unit_id, object_type, fields.pop("platform", Platform.WECHAT), "名", **fields)


def account(last_update, **fields):
    return row(ObjectType.ACCOUNT, last_update=last_update, **fields)


def found(*rows):
    return [(each.kind, each.basis) for each in remarks(rows, UNITS, 14, TODAY)]


@pytest.mark.parametrize(
    ("last_update", "own_limit", "days"),
    [
        pytest.param(date(2026, 3, 17), None, None, id="just within the local setting"),
        pytest.param(date(2026, 3, 16), None, 15, id="beyond the local setting"),
        pytest.param(date(2026, 3, 16), 60, None, id="within its own limit"),
        pytest.param(date(2026, 3, 20), 10, 11, id="beyond its own limit"),
        pytest.param(None, None, None, id="unknown"),
    ],
)
def test_an_account_is_stale_by_its_own_limit_or_the_local_one(last_update, own_limit, days):
    assert stale_for(account(last_update, freshness_days=own_limit), 14, TODAY) == days


def test_a_stale_account_is_a_local_matter_and_an_ended_one_none():
    old = date(2026, 1, 1)
    assert found(account(old)) == [(RemarkKind.STALE, Basis.LOCAL)]
    assert found(account(None)) == [(RemarkKind.UPDATE_UNKNOWN, Basis.LOCAL)]
    assert found(account(old, state=ObjectState.DISSOLVED)) == []


def test_two_accounts_of_a_unit_on_one_platform_are_pointed_out():
    one, two = account(TODAY, id=1), account(TODAY, id=2)
    assert found(one, two) == [(RemarkKind.SEVERAL_ACCOUNTS, Basis.POLICY)] * 2
    assert found(one, account(TODAY, platform=Platform.WEIBO), account(TODAY, unit_id=2)) == []


def test_an_app_of_a_township_is_pointed_out_and_one_of_a_county_is_not():
    assert found(row(ObjectType.APP)) == [(RemarkKind.OWN_APP, Basis.POLICY)]
    assert found(row(ObjectType.APP, unit_id=2)) == []
    assert found(row(ObjectType.APP, unit_id=2, owner_level=UnitLevel.VILLAGE)) == [(RemarkKind.OWN_APP, Basis.POLICY)]


def test_a_group_without_approval_is_not_filed_and_a_project_needs_an_end():
    assert found(row(ObjectType.GROUP, kind=GroupKind.PROJECT)) == [
        (RemarkKind.NOT_FILED, Basis.LOCAL),
        (RemarkKind.NO_END, Basis.LOCAL),
    ]
    assert found(row(ObjectType.GROUP, kind=GroupKind.STANDING, approved_by="网信办")) == []

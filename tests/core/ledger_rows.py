"""Rows and units of an invented ledger, of which a test says only what matters."""

from datetime import date
from typing import Any

from bot.core.group import GroupKind
from bot.core.ledger import Evidence, LedgerObject, ObjectState, ObjectType, Platform
from bot.core.units import Unit, UnitLevel

TODAY = date(2026, 3, 15)
COUNTY = Unit("青山县", UnitLevel.COUNTY, id=1)
TOWN = Unit("前柏镇", UnitLevel.TOWNSHIP, id=2, parent_id=1)
OFFICE = Unit("综合办", UnitLevel.TOWNSHIP, id=3, parent_id=2, is_department=True)
VILLAGE = Unit("前柏村", UnitLevel.VILLAGE, id=4, parent_id=2)
TREE = (COUNTY, TOWN, OFFICE, VILLAGE)


def row(id_: int, unit_id: int | None = 2, **fields: Any) -> LedgerObject:
    """A running standing group on WeChat."""
    usual = {"object_type": ObjectType.GROUP, "platform": Platform.WECHAT, "name": f"群{id_}"}
    return LedgerObject(unit_id, id=id_, **{**usual, "kind": GroupKind.STANDING, **fields})


def project(id_: int, end: date | None, **fields: Any) -> LedgerObject:
    return row(id_, kind=GroupKind.PROJECT, end_date=end, **fields)


def gone(id_: int, on: date | None = TODAY, **fields: Any) -> LedgerObject:
    """A dissolved group, as its owner said."""
    return row(id_, **{"state": ObjectState.DISSOLVED, "closed_on": on, "evidence": Evidence.OWNER, **fields})

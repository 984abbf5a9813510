"""What a row of the ledger is pointed out for: a matter to look at, never a fault by itself.

Each remark says whether its number is policy or a local setting, and which document it rests on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType
from bot.core.units import Unit, UnitLevel

BELOW_COUNTY = frozenset({UnitLevel.TOWNSHIP, UnitLevel.VILLAGE})
"""Levels that build no app of their own, in principle (国办函〔2026〕12号 art. 2)."""


class RemarkKind(StrEnum):
    """What is pointed out."""

    STALE = "stale"  # an account that was not updated within its limit
    UPDATE_UNKNOWN = "update_unknown"  # an account of which no update is known
    OWN_APP = "own_app"  # an app of a township or village
    SEVERAL_ACCOUNTS = "several_accounts"  # more than one account of a unit on a platform
    NOT_FILED = "not_filed"  # a group without approval: it may be filed afterwards
    NO_END = "no_end"  # a project group without an end date


class Basis(StrEnum):
    """Whether a number or rule is a document's, or the office's own setting."""

    POLICY = "policy"
    LOCAL = "local"


SOURCES: Mapping[RemarkKind, str] = {
    RemarkKind.OWN_APP: "国办函〔2026〕12号 第二条",
    RemarkKind.SEVERAL_ACCOUNTS: "国办发〔2018〕123号",
}
"""The documents of those that rest on one."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing pointed out about one row; `days` since the last update and `limit` for an account, `count` of twins.

    `source` names the document, empty for a local setting.
    """

    object_id: int
    kind: RemarkKind
    basis: Basis = Basis.LOCAL
    source: str = ""
    days: int = 0
    limit: int = 0
    count: int = 0


def freshness_limit(row: LedgerObject, local_days: int) -> int:
    """Days within which an account is to be updated: its own limit, else the local setting. Never policy."""
    return local_days if row.freshness_days is None else row.freshness_days


def stale_for(row: LedgerObject, local_days: int, today: date) -> int | None:
    """Days since the last update of an account beyond its limit; None for what is fresh, unknown or no account."""
    if row.object_type is not ObjectType.ACCOUNT or row.state.ended or row.last_update is None:
        return None
    days = (today - row.last_update).days
    return days if days > freshness_limit(row, local_days) else None


def is_own_app_below_county(row: LedgerObject, unit: Unit | None) -> bool:
    """Whether an app is a township's or village's own, by the level of its owner or else of its unit."""
    level = row.owner_level or (None if unit is None else unit.level)
    return row.object_type is ObjectType.APP and not row.state.ended and level in BELOW_COUNTY


def remarks(rows: Iterable[LedgerObject], units: Mapping[int, Unit], local_days: int, today: date) -> Iterator[Remark]:
    """What is pointed out about rows, in their order; `rows` hold all those of each unit that is looked at."""
    running = [row for row in rows if not row.state.ended]
    accounts: dict[tuple[int | None, str], int] = {}
    for row in running:
        if row.object_type is ObjectType.ACCOUNT:
            key = (row.unit_id, row.platform)
            accounts[key] = accounts.get(key, 0) + 1
    for row in running:
        unit = None if row.unit_id is None else units.get(row.unit_id)
        if row.object_type is ObjectType.ACCOUNT:
            yield from _of_account(row, local_days, today)
            count = accounts[row.unit_id, row.platform]
            if count > 1 and row.unit_id is not None:
                yield _by_document(row, RemarkKind.SEVERAL_ACCOUNTS, count)
        elif is_own_app_below_county(row, unit):
            yield _by_document(row, RemarkKind.OWN_APP)
        elif row.object_type is ObjectType.GROUP:
            yield from _of_group(row)


def _of_account(row: LedgerObject, local_days: int, today: date) -> Iterator[Remark]:
    limit = freshness_limit(row, local_days)
    days = stale_for(row, local_days, today)
    if row.last_update is None:
        yield Remark(row.id, RemarkKind.UPDATE_UNKNOWN, limit=limit)
    elif days is not None:
        yield Remark(row.id, RemarkKind.STALE, days=days, limit=limit)


def _of_group(row: LedgerObject) -> Iterator[Remark]:
    if not row.approved_by and row.approved_on is None:
        yield Remark(row.id, RemarkKind.NOT_FILED)
    if row.kind is GroupKind.PROJECT and row.end_date is None:
        yield Remark(row.id, RemarkKind.NO_END)


def _by_document(row: LedgerObject, kind: RemarkKind, count: int = 0) -> Remark:
    return Remark(row.id, kind, Basis.POLICY, SOURCES[kind], count=count)

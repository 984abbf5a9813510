"""What stands in the ledger: groups, accounts and apps of units (微信工作群管理台账; N1: 三类对象).

Never a list of members: their number is enough.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.group import GroupKind
from bot.core.units import UnitLevel


class ObjectType(StrEnum):
    """The three kinds of object that the inventory covers (中央网信委 2023, title and scope)."""

    GROUP = "group"
    ACCOUNT = "account"
    APP = "app"


class Platform(StrEnum):
    """Where an object lives."""

    TELEGRAM = "telegram"
    WECHAT = "wechat"
    QQ = "qq"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    WEIBO = "weibo"
    DOUYIN = "douyin"
    OTHER = "other"


class ObjectState(StrEnum):
    """How far the life of an object has come; what follows from a date alone is told by `core/dissolve.py`."""

    RUNNING = "running"
    EXTENDED = "extended"
    AWAITING = "awaiting"  # told to be closed, and not yet confirmed by the platform or the owner
    DISSOLVED = "dissolved"
    MERGED = "merged"

    @property
    def ended(self) -> bool:
        """Whether the object is gone."""
        return self is ObjectState.DISSOLVED or self is ObjectState.MERGED


class Evidence(StrEnum):
    """How it is known that an object is gone; a removed bot is no evidence, and nor is a new name."""

    PLATFORM = "platform"
    OWNER = "owner"
    OFFICE = "office"  # imported from the office's own ledger


class ClosingReason(StrEnum):
    """Why an object was closed (Gansu 2024 no. 24 item 10: unused, replaceable, finished)."""

    FINISHED = "finished"
    UNUSED = "unused"
    REPLACEABLE = "replaceable"
    DUPLICATE = "duplicate"
    MERGED = "merged"
    OTHER = "other"


class Source(StrEnum):
    """How a row came into the ledger."""

    TELEGRAM = "telegram"
    IMPORT = "import"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class LedgerObject:
    """One row of the ledger.

    `id` is our own number, 0 before it is stored. `kind` is known of groups alone. `owner` is a role, never a name.
    `approved_by` and `approved_on` may be filed afterwards (事后补报): without them a group is "not filed", which is no
    wrong. `twin_of` is the same group on another platform, counted once. `freshness_days` is the account's own limit
    between updates, None for the local setting. `extensions` counts new end dates; `seasonal` groups sleep without
    being asked.
    `group_id` leads to the watched group of a Telegram row.
    """

    unit_id: int | None
    object_type: ObjectType
    platform: Platform
    name: str
    id: int = 0
    kind: GroupKind | None = None
    owner: str = ""
    owner_level: UnitLevel | None = None
    members: int | None = None
    purpose: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    created_on: date | None = None
    end_date: date | None = None
    state: ObjectState = ObjectState.RUNNING
    twin_of: int | None = None
    merged_into: int | None = None
    closing_reason: ClosingReason | None = None
    closed_on: date | None = None
    evidence: Evidence | None = None
    filing_number: str = ""
    last_update: date | None = None
    freshness_days: int | None = None
    seasonal: bool = False
    extensions: int = 0
    group_id: int | None = None
    source: Source = Source.IMPORT

"""The ledger: units, objects, daily counts, what members pointed out, and the log of every change."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, LargeBinary, text
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of

AWAITING = text("state = 'awaiting'")
"""Few rows wait to be confirmed as gone, and they are looked at several times a day."""


def _among(column: str, table: str) -> ForeignKeyConstraint:
    """A reference within a table, checked in the end: rows come in any order, as from a backup."""
    return ForeignKeyConstraint([column], [f"{table}.id"], deferrable=True, initially="DEFERRED")


class UnitRow(Row, table=True):
    """One unit; `contacts` are sealed, `aliases` JSON."""

    __tablename__ = "units"
    __table_args__ = (_among("parent_id", "units"), _among("merged_into", "units"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    name: str
    level: str
    parent_id: int | None = Field(default=None, sa_type=Number, index=True)
    is_department: bool
    aliases: str
    hours: str
    contacts: bytes | None = Field(default=None, sa_type=LargeBinary)
    place: int = Field(sa_type=Number, index=True)
    merged_into: int | None = Field(default=None, sa_type=Number)
    closed_on: date | None = None
    cap: int | None = None
    project_cap: int | None = None


class UnitNameRow(Row, table=True):
    """A name or alias of an open unit as it is compared: folded. Two units may share one (综合办)."""

    __tablename__ = "unit_names"

    name: str = Field(primary_key=True)
    unit_id: int = Field(sa_type=Number, foreign_key="units.id", ondelete="CASCADE", primary_key=True, index=True)


class ObjectRow(Row, table=True):
    """One group, account or app."""

    __tablename__ = "objects"
    __table_args__ = (
        Index("ix_objects_unit_id", "unit_id", "id"),
        Index("ix_objects_end_date", "end_date"),
        Index("ix_objects_name", "name"),
        Index("ix_objects_state", "id", sqlite_where=AWAITING, postgresql_where=AWAITING),
        _among("twin_of", "objects"),
        _among("merged_into", "objects"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    unit_id: int | None = Field(default=None, sa_type=Number, foreign_key="units.id")
    object_type: str
    platform: str
    name: str
    kind: str | None = None
    owner: str
    owner_level: str | None = None
    members: int | None = None
    purpose: str
    approved_by: str
    approved_on: date | None = None
    created_on: date | None = None
    end_date: date | None = None
    state: str
    twin_of: int | None = Field(default=None, sa_type=Number, index=True)
    merged_into: int | None = Field(default=None, sa_type=Number)
    closing_reason: str | None = None
    closed_on: date | None = None
    evidence: str | None = None
    filing_number: str
    last_update: date | None = None
    freshness_days: int | None = None
    seasonal: bool
    extensions: int
    group_id: int | None = Field(
        default=None, sa_type=Number, foreign_key="groups.id", ondelete="SET NULL", unique=True
    )
    source: str


class UnitDayRow(Row, table=True):
    """The count of one unit on one day."""

    __tablename__ = "unit_days"
    __table_args__ = (Index("ix_unit_days_unit_id", "unit_id", "day"),)

    day: date = Field(primary_key=True)
    unit_id: int = Field(sa_type=Number, foreign_key="units.id", ondelete="CASCADE", primary_key=True)
    standing: int
    cap: int
    projects: int
    overdue: int
    accounts: int
    apps: int
    seen: int
    members: int
    messages: int
    receipts: int
    tasks: int
    unfiled: int
    readings: int = Field(sa_type=BigInteger)
    work: int
    late: int


class PointerRow(Row, table=True):
    """What a member pointed out; the day alone is kept, and the words sealed until the office is done."""

    __tablename__ = "pointers"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    day: date
    words: bytes | None = Field(default=None, sa_type=LargeBinary)


class ChangeRow(Row, table=True):
    """One change; `before` and `after` are JSON."""

    __tablename__ = "changes"
    __table_args__ = (Index("ix_changes_at", "noun", "at"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    role: str
    actor: str
    noun: str
    noun_id: int = Field(sa_type=Number)
    before: str
    after: str
    reason: str
    previous: str = Field(unique=True)
    digest: str


units = table_of(UnitRow)
unit_names = table_of(UnitNameRow)
objects = table_of(ObjectRow)
unit_days = table_of(UnitDayRow)
pointers = table_of(PointerRow)
changes = table_of(ChangeRow)

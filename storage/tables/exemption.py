"""Emergency windows, duty hours and quiet days."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class WindowRow(Row, table=True):
    """One emergency window; people write its reason, so it is sealed."""

    __tablename__ = "windows"
    __table_args__ = (
        Index("ix_windows_group_id", "group_id", "end"),
        Index("ix_windows_end", "end"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    start: datetime = Field(sa_type=Moment)
    end: datetime = Field(sa_type=Moment)
    reason: bytes = Field(sa_type=LargeBinary)
    reviewed: str


class DutyRow(Row, table=True):
    """One stretch of duty of a unit or a group."""

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_unit", "unit", "group_id"),)

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    unit: str
    group_id: int | None = Field(default=None, sa_type=Number, foreign_key="groups.id", ondelete="CASCADE", index=True)
    start: datetime = Field(sa_type=Moment)
    end: datetime = Field(sa_type=Moment)


class QuietRow(Row, table=True):
    """One span of quiet days of a unit, a group or the office."""

    __tablename__ = "quiet"
    __table_args__ = (Index("ix_quiet_unit", "unit", "group_id"),)

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    unit: str
    group_id: int | None = Field(default=None, sa_type=Number, foreign_key="groups.id", ondelete="CASCADE", index=True)
    first: date
    last: date
    note: str


windows = table_of(WindowRow)
duty = table_of(DutyRow)
quiet = table_of(QuietRow)

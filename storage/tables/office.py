"""The office's places, one-time codes and roles, and what its jobs have done."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class PlaceRow(Row, table=True):
    """One bound chat."""

    __tablename__ = "places"

    kind: str = Field(primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    title: str
    bound_at: datetime = Field(sa_type=Moment)


class CodeRow(Row, table=True):
    """One open code, as a keyed hash."""

    __tablename__ = "codes"

    digest: str = Field(primary_key=True)
    purpose: str
    unit_id: int | None = Field(default=None, sa_type=Number, foreign_key="units.id", ondelete="CASCADE")
    expires_at: datetime = Field(sa_type=Moment)


class BindingRow(Row, table=True):
    """One role of one person: a keyed hash, and the sealed id."""

    __tablename__ = "bindings"
    __table_args__ = (UniqueConstraint("person", "unit_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    person: str
    user_id: bytes = Field(sa_type=LargeBinary)
    role: str
    unit_id: int | None = Field(default=None, sa_type=Number, foreign_key="units.id", ondelete="CASCADE", index=True)
    bound_at: datetime = Field(sa_type=Moment)


class PeriodRow(Row, table=True):
    """A job done for a period."""

    __tablename__ = "periods"

    job: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    done_at: datetime = Field(sa_type=Moment)


places = table_of(PlaceRow)
codes = table_of(CodeRow)
bindings = table_of(BindingRow)
periods = table_of(PeriodRow)

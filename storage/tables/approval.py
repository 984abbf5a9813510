"""The list of approvals, what was refused and asked, and the visits of units."""

from datetime import date

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from storage.tables.columns import Number, Row, table_of


class ApprovalRow(Row, table=True):
    """One item of the list."""

    __tablename__ = "approvals"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    number: str
    name: str
    kind: str
    issuer: str
    first: date | None = None
    last: date | None = None
    place: str


class RefusalRow(Row, table=True):
    """What somebody refused; the words are sealed, and emptied when their time is over."""

    __tablename__ = "refusals"
    __table_args__ = (Index("ix_refusals_day", "day"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    day: date
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    unit_id: int | None = Field(default=None, sa_type=Number, foreign_key="units.id", index=True)


class InquiryRow(Row, table=True):
    """A question to the office; words and asker are sealed until it is answered, and nothing is left of them then."""

    __tablename__ = "inquiries"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    day: date
    language: str
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    asker: bytes | None = Field(default=None, sa_type=LargeBinary)


class VisitRow(Row, table=True):
    """One visit of a unit."""

    __tablename__ = "visits"
    __table_args__ = (
        Index("ix_visits_unit_id", "unit_id", "on"),
        Index("ix_visits_on", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    unit_id: int = Field(sa_type=Number, foreign_key="units.id")
    kind: str
    who: str
    place: str
    on: date
    noticed: date | None = None


approvals = table_of(ApprovalRow)
refusals = table_of(RefusalRow)
inquiries = table_of(InquiryRow)
visits = table_of(VisitRow)

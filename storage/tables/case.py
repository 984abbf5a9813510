"""Cases and their steps; reports and the talk about them.

Nothing here names a reporter: a report has a random number, a day, and the keyed hash of a receipt.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from storage.tables.columns import UNORDERED, Moment, Number, Row, table_of


class CaseRow(Row, table=True):
    """One case; `place` is sealed, `shown` the places of the charge, parted by commas."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_matter", "category", "group_id"),
        Index("ix_cases_state", "state", "moved_on"),
        Index("ix_cases_due", "due"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    category: str
    state: str
    opened_on: date
    moved_on: date
    due: date | None = None
    group_id: int | None = Field(default=None, sa_type=Number, foreign_key="groups.id", ondelete="SET NULL")
    unit_id: int | None = Field(default=None, sa_type=Number, foreign_key="units.id", index=True)
    place: bytes | None = Field(default=None, sa_type=LargeBinary)
    heard: bool
    objected: bool
    outcome: str | None = None
    clearing: str | None = None
    shown: str
    findings: int
    reports: int
    reminded: bool
    sealed_off: bool
    emptied: bool
    words_until: date | None = None


class CaseEventRow(Row, table=True):
    """One step; `words` and the case before it are sealed."""

    __tablename__ = "case_events"
    __table_args__ = (
        Index("ix_case_events_case_id", "case_id", "id"),
        Index("ix_case_events_at", "at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    case_id: int = Field(sa_type=Number, foreign_key="cases.id", ondelete="CASCADE")
    step: str
    role: str
    before: str
    after: str
    at: datetime = Field(sa_type=Moment)
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    clearing: str | None = None
    undone: bool
    former: bytes | None = Field(default=None, sa_type=LargeBinary)


class ReportRow(Row, table=True):
    """One report; `id` is random. Words, place and (where chosen) the reporter are sealed."""

    __tablename__ = "reports"
    __table_args__ = UNORDERED

    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    day: date
    category: str
    receipt: str = Field(unique=True)
    group_id: int | None = Field(default=None, sa_type=Number, foreign_key="groups.id", ondelete="SET NULL", index=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    place: bytes | None = Field(default=None, sa_type=LargeBinary)
    known: bytes | None = Field(default=None, sa_type=LargeBinary)
    open_handed: bool
    joined: str
    state: str
    case_id: int | None = Field(default=None, sa_type=Number, foreign_key="cases.id", ondelete="SET NULL", index=True)


class ReportNoteRow(Row, table=True):
    """One line of the talk between the office and a reporter; `id` is random."""

    __tablename__ = "report_notes"
    __table_args__ = UNORDERED

    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    report_id: int = Field(sa_type=BigInteger, foreign_key="reports.id", ondelete="CASCADE", index=True)
    day: date
    words: bytes | None = Field(default=None, sa_type=LargeBinary)
    from_office: bool
    held: bool


cases = table_of(CaseRow)
case_events = table_of(CaseEventRow)
reports = table_of(ReportRow)
report_notes = table_of(ReportNoteRow)

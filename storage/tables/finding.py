"""The findings: why, where and when; who only as a keyed hash, and what of the text only sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of

PERSONAL = "sender <> '' OR excerpt IS NOT NULL"
"""What still holds something of a person, and so has to end."""


class FindingRow(Row, table=True):
    """One finding of a message; `details` are its spans, clause and deadline as JSON."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("group_id", "message_id", "category"),
        Index("ix_findings_group_id", "group_id", "at"),
        Index("ix_findings_at", "at"),
        Index("ix_findings_sender", "sender", "id"),
        Index("ix_findings_expires_at", "expires_at", sqlite_where=text(PERSONAL), postgresql_where=text(PERSONAL)),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    message_id: int = Field(sa_type=BigInteger)
    thread_id: int | None = Field(default=None, sa_type=BigInteger)
    category: str
    reason: str
    score: float
    direction: str | None = None
    provisional: bool
    refers_to: str | None = None
    details: str
    role: str
    sender: str
    excerpt: bytes | None = Field(default=None, sa_type=LargeBinary)
    at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    edited_at: datetime | None = Field(default=None, sa_type=Moment)
    marked_wrong_at: datetime | None = Field(default=None, sa_type=Moment)


findings = table_of(FindingRow)

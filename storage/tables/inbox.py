"""Received updates. No chat or user id stands in clear: both are in the payload, which is sealed."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class InboxRow(Row, table=True):
    """One update; `payload` is empty once it is handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index(
            "ix_inbox_pending",
            "id",
            sqlite_where=text("handled_at IS NULL AND aside_at IS NULL"),
            postgresql_where=text("handled_at IS NULL AND aside_at IS NULL"),
        ),
        Index("ix_inbox_handled_at", "handled_at"),
        Index(
            "ix_inbox_aside_at",
            "aside_at",
            sqlite_where=text("aside_at IS NOT NULL"),
            postgresql_where=text("aside_at IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    bot_id: int = Field(sa_type=BigInteger)
    update_id: int = Field(sa_type=BigInteger)
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=Moment)
    attempts: int
    error: str
    handled_at: datetime | None = Field(default=None, sa_type=Moment)
    aside_at: datetime | None = Field(default=None, sa_type=Moment)


inbox = table_of(InboxRow)

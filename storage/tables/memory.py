"""What the groups were asked and sent before; the words only sealed."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class RequestRow(Row, table=True):
    """One earlier request."""

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_group_id", "group_id", "message_id"),)

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    thread: str
    message_id: str
    at: datetime | None = Field(default=None, sa_type=Moment)
    payload: bytes = Field(sa_type=LargeBinary)


class DocumentRow(Row, table=True):
    """The first message of a document; `key` is the keyed hash of what the payload names."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("group_id", "key"),)

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    key: str
    message_id: str
    at: datetime | None = Field(default=None, sa_type=Moment)
    payload: bytes = Field(sa_type=LargeBinary)


class UrgentRow(Row, table=True):
    """When a group last spoke of a real emergency."""

    __tablename__ = "urgent"

    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE", primary_key=True)
    at: datetime = Field(sa_type=Moment)


requests = table_of(RequestRow)
documents = table_of(DocumentRow)
urgent = table_of(UrgentRow)

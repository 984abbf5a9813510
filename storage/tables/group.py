"""The groups, their former chat ids, and the times in which they could not be seen."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, LargeBinary, false
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class GroupRow(Row, table=True):
    """One group; `contact` is a sealed user id."""

    __tablename__ = "groups"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    title: str
    state: str
    is_supergroup: bool
    is_forum: bool
    unit: str
    kind: str | None = None
    purpose: str
    owner: str
    end_date: date | None = None
    hours: str | None = None
    zone: str
    language: str
    response: str
    exempt_threads: str
    linked_chat_id: int | None = Field(default=None, sa_type=BigInteger)
    contact: bytes | None = Field(default=None, sa_type=LargeBinary)
    is_admin: bool
    rights: str
    reads_all: bool
    announced_sign: bool = Field(sa_column_kwargs={"server_default": false()})
    joined_at: datetime | None = Field(default=None, sa_type=Moment)
    watching_since: datetime | None = Field(default=None, sa_type=Moment)
    left_at: datetime | None = Field(default=None, sa_type=Moment)


class AliasRow(Row, table=True):
    """A former chat id of a group."""

    __tablename__ = "group_aliases"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE", index=True)


class GapRow(Row, table=True):
    """A time in which a group could not be seen."""

    __tablename__ = "gaps"
    __table_args__ = (Index("ix_gaps_group_id", "group_id", "since"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    reason: str


groups = table_of(GroupRow)
aliases = table_of(AliasRow)
gaps = table_of(GapRow)

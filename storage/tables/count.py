"""What was counted by group and day, and the bot's own posts."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of

FORMS = text("name = 'data_collection'")


class CountRow(Row, table=True):
    """One amount of one group and day; what forms were asked for in a year is found by an index of its own."""

    __tablename__ = "counts"
    __table_args__ = (
        Index("ix_counts_day", "day"),
        Index("ix_counts_name", "name", "day", sqlite_where=FORMS, postgresql_where=FORMS),
    )

    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE", primary_key=True)
    day: date = Field(primary_key=True)
    name: str = Field(primary_key=True)
    amount: int = Field(sa_type=BigInteger)


class PostRow(Row, table=True):
    """One unasked post of the bot."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_group_id", "group_id", "at"),)

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    group_id: int = Field(sa_type=Number, foreign_key="groups.id", ondelete="CASCADE")
    kind: str
    at: datetime = Field(sa_type=Moment)


counts = table_of(CountRow)
posts = table_of(PostRow)

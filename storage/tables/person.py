"""Who opened the bot, as keyed hashes."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.columns import UNORDERED, Moment, Number, Row, table_of


class PersonRow(Row, table=True):
    """One person; `chosen` is a language of their own choice."""

    __tablename__ = "people"
    __table_args__ = UNORDERED

    person: str = Field(primary_key=True)
    reachable: bool
    language: str
    chosen: str
    question: str
    question_group: int = Field(sa_type=Number)
    asked_at: datetime | None = Field(default=None, sa_type=Moment)


people = table_of(PersonRow)

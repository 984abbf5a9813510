"""Events seen, facts of the bot itself, leases."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.columns import Moment, Row, table_of


class SeenRow(Row, table=True):
    """One event, as a keyed hash."""

    __tablename__ = "seen"

    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)


class StateRow(Row, table=True):
    """One fact of the bot itself."""

    __tablename__ = "state"

    name: str = Field(primary_key=True)
    value: str


class LeaseRow(Row, table=True):
    """One lease and who holds it."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=Moment)


seen = table_of(SeenRow)
state = table_of(StateRow)
leases = table_of(LeaseRow)

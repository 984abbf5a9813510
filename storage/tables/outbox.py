"""What the bot wants to say. The chat is named by a keyed hash, and stands in clear only in the sealed payload."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, LargeBinary, false, text
from sqlmodel import Field

from storage.tables.columns import Moment, Number, Row, table_of


class EntryState(StrEnum):
    """Where an entry stands; in the last three it is done with and its payload gone."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    UNSURE = "unsure"


OPEN = "done_at IS NULL"


class OutboxRow(Row, table=True):
    """One entry; `key` is the keyed hash of its key, `held_until` holds back its whole queue.

    A `fleeting` one is sealed and its queue named under the key of the day; it is deleted once it is done with.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_open", "queue", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_outbox_done_at", "done_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_type=Number, primary_key=True)
    queue: str
    key: str | None = Field(default=None, unique=True)
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    state: str
    attempts: int
    added_at: datetime = Field(sa_type=Moment)
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    held_until: datetime | None = Field(default=None, sa_type=Moment)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str
    fleeting: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


outbox = table_of(OutboxRow)

"""What the tables share: their metadata, and the types on which SQLite and PostgreSQL differ."""

from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Table
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


UNORDERED = {"sqlite_with_rowid": False}
"""Of a table whose rows must not tell in which order they came: SQLite would number them."""


class Row(SQLModel):
    """The base of all tables; constraints have names, so that migrations can tell them."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC: SQLite drops zones, so they are put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC; a naive moment is a mistake."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware again."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value


class Number(TypeDecorator[int]):
    """Our own running number: 64 bit on PostgreSQL, and on SQLite INTEGER, which alone counts by itself."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of the database."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


def table_of(row: type[Row]) -> Table:
    """The table of a class, for statements."""
    return cast("Table", getattr(row, "__table__"))  # noqa: B009

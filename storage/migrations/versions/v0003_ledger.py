"""The ledger: units, objects, daily counts, the log of changes; the office's places, codes, roles and periods.

Written down as it was: a revision never changes, and knows nothing of the present tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
FORMS = sa.text("name = 'data_collection'")
AWAITING = sa.text("state = 'awaiting'")


def upgrade() -> None:
    """Make the tables."""
    _units()
    _objects()
    _days()
    _office()


def _among(table: str, column: str) -> sa.ForeignKeyConstraint:
    """A reference within a table, checked in the end of a transaction."""
    name = op.f(f"fk_{table}_{column}_{table}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, deferrable=True, initially="DEFERRED")


def _units() -> None:
    """The units and the names by which they are found."""
    op.create_table(
        "units",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("is_department", sa.Boolean(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("contacts", sa.LargeBinary(), nullable=True),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("merged_into", NUMBER, nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("project_cap", sa.Integer(), nullable=True),
        _among("units", "merged_into"),
        _among("units", "parent_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"])
    op.create_index(op.f("ix_units_place"), "units", ["place"])
    op.create_table(
        "unit_names",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_names_unit_id_units"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("name", "unit_id", name=op.f("pk_unit_names")),
    )
    op.create_index(op.f("ix_unit_names_unit_id"), "unit_names", ["unit_id"])


def _objects() -> None:
    """The rows of the ledger, and what members pointed out."""
    op.create_table(
        "objects",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=True),
        sa.Column("object_type", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_level", sa.String(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("twin_of", NUMBER, nullable=True),
        sa.Column("merged_into", NUMBER, nullable=True),
        sa.Column("closing_reason", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("filing_number", sa.String(), nullable=False),
        sa.Column("last_update", sa.Date(), nullable=True),
        sa.Column("freshness_days", sa.Integer(), nullable=True),
        sa.Column("seasonal", sa.Boolean(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("group_id", NUMBER, nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_objects_group_id_groups"), ondelete="SET NULL"
        ),
        _among("objects", "merged_into"),
        _among("objects", "twin_of"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_objects_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objects")),
        sa.UniqueConstraint("group_id", name=op.f("uq_objects_group_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_objects_end_date", "objects", ["end_date"])
    op.create_index("ix_objects_name", "objects", ["name"])
    op.create_index("ix_objects_state", "objects", ["id"], sqlite_where=AWAITING, postgresql_where=AWAITING)
    op.create_index(op.f("ix_objects_twin_of"), "objects", ["twin_of"])
    op.create_index("ix_objects_unit_id", "objects", ["unit_id", "id"])
    op.create_table(
        "pointers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pointers")),
        sqlite_autoincrement=True,
    )


def _days() -> None:
    """The daily counts, ways to find what was counted on a day and in a year, and the log of changes."""
    op.create_table(
        "unit_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("projects", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("apps", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("unfiled", sa.Integer(), nullable=False),
        sa.Column("readings", sa.BigInteger(), nullable=False),
        sa.Column("work", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_days_unit_id_units"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("day", "unit_id", name=op.f("pk_unit_days")),
    )
    op.create_index("ix_unit_days_unit_id", "unit_days", ["unit_id", "day"])
    op.create_index("ix_counts_day", "counts", ["day"])
    op.create_index("ix_counts_name", "counts", ["name", "day"], sqlite_where=FORMS, postgresql_where=FORMS)
    op.create_table(
        "changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("noun_id", NUMBER, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sa.UniqueConstraint("previous", name=op.f("uq_changes_previous")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_at", "changes", ["noun", "at"])


def _office() -> None:
    """The office's places, codes and roles, and what its jobs have done."""
    op.create_table(
        "places",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_places")),
    )
    op.create_table(
        "codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_codes_unit_id_units"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_codes")),
    )
    op.create_table(
        "bindings",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=True),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bindings_unit_id_units"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bindings")),
        sa.UniqueConstraint("person", "unit_id", name=op.f("uq_bindings_person")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bindings_unit_id"), "bindings", ["unit_id"])
    op.create_table(
        "periods",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("job", "period", name=op.f("pk_periods")),
    )

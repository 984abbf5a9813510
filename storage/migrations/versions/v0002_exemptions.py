"""Emergency windows, duty hours and quiet days; whether the quiet sign was announced.

Written down as it was: a revision never changes, and knows nothing of the present tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables and the column."""
    op.add_column("groups", sa.Column("announced_sign", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "duty",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("group_id", NUMBER, nullable=True),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_duty_group_id_groups"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
    )
    op.create_index(op.f("ix_duty_group_id"), "duty", ["group_id"])
    op.create_index("ix_duty_unit", "duty", ["unit", "group_id"])
    op.create_table(
        "quiet",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("group_id", NUMBER, nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_quiet_group_id_groups"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet")),
    )
    op.create_index(op.f("ix_quiet_group_id"), "quiet", ["group_id"])
    op.create_index("ix_quiet_unit", "quiet", ["unit", "group_id"])
    op.create_table(
        "windows",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("group_id", NUMBER, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("reviewed", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_windows_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_windows")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_windows_end", "windows", ["end"])
    op.create_index("ix_windows_group_id", "windows", ["group_id", "end"])

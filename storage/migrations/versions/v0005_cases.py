"""Cases, reports without a trace of who reports, and a log that refuses to be altered.

Written down as it was: a revision never changes, and knows nothing of the present tables.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and let the log be appended to alone."""
    _cases()
    _reports()
    _append_only()
    op.add_column("outbox", sa.Column("fleeting", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        _unordered_people()
    op.create_index("ix_findings_at", "findings", ["at"])


def _append_only() -> None:
    """Refuse to alter or delete a change. A restore makes the table anew and appends, so it needs no way through."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER changes_no_{act.lower()} BEFORE {act} ON changes "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER changes_append_only BEFORE UPDATE OR DELETE ON changes "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _unordered_people() -> None:
    """Make the table anew, in which the order of coming no longer shows."""
    op.rename_table("people", "people_before")
    op.create_table(
        "people",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_group", NUMBER, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_people")),
        sqlite_with_rowid=False,
    )
    columns = "person, reachable, language, chosen, question, question_group, asked_at"
    op.execute(f"INSERT INTO people ({columns}) SELECT {columns} FROM people_before ORDER BY person")  # noqa: S608
    op.drop_table("people_before")


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("group_id", NUMBER, nullable=True),
        sa.Column("unit_id", NUMBER, nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("heard", sa.Boolean(), nullable=False),
        sa.Column("objected", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("clearing", sa.String(), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("sealed_off", sa.Boolean(), nullable=False),
        sa.Column("emptied", sa.Boolean(), nullable=False),
        sa.Column("words_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_cases_group_id_groups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_matter", "cases", ["category", "group_id"])
    op.create_index("ix_cases_state", "cases", ["state", "moved_on"])
    op.create_index("ix_cases_due", "cases", ["due"])
    op.create_index(op.f("ix_cases_unit_id"), "cases", ["unit_id"])
    op.create_table(
        "case_events",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("clearing", sa.String(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("former", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id", "id"])
    op.create_index("ix_case_events_at", "case_events", ["at"])


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("group_id", NUMBER, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("known", sa.LargeBinary(), nullable=True),
        sa.Column("open_handed", sa.Boolean(), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_reports_group_id_groups"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reports_case_id_cases"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("receipt", name=op.f("uq_reports_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_reports_group_id"), "reports", ["group_id"])
    op.create_index(op.f("ix_reports_case_id"), "reports", ["case_id"])
    op.create_table(
        "report_notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("from_office", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_notes_report_id_reports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_notes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_report_notes_report_id"), "report_notes", ["report_id"])

"""The tables, a file per noun."""

from storage.tables.approval import approvals, inquiries, refusals, visits
from storage.tables.case import case_events, cases, report_notes, reports
from storage.tables.columns import Row
from storage.tables.count import counts, posts
from storage.tables.exemption import duty, quiet, windows
from storage.tables.finding import findings
from storage.tables.group import aliases, gaps, groups
from storage.tables.inbox import inbox
from storage.tables.ledger import changes, objects, pointers, unit_days, unit_names, units
from storage.tables.memory import documents, requests, urgent
from storage.tables.office import bindings, codes, periods, places
from storage.tables.outbox import outbox
from storage.tables.person import people
from storage.tables.upkeep import leases, seen, state

METADATA = Row.metadata

__all__ = [
    "METADATA",
    "aliases",
    "approvals",
    "bindings",
    "case_events",
    "cases",
    "changes",
    "codes",
    "counts",
    "documents",
    "duty",
    "findings",
    "gaps",
    "groups",
    "inbox",
    "inquiries",
    "leases",
    "objects",
    "outbox",
    "people",
    "periods",
    "places",
    "pointers",
    "posts",
    "quiet",
    "refusals",
    "report_notes",
    "reports",
    "requests",
    "seen",
    "state",
    "unit_days",
    "unit_names",
    "units",
    "urgent",
    "visits",
    "windows",
]

"""The repositories in SQL: they take and return values of the core."""

from storage.repositories.approvals import SqlApprovals, SqlInquiries, SqlRefusals, SqlVisits
from storage.repositories.cases import SqlCases
from storage.repositories.changes import SqlChanges, SqlPointers
from storage.repositories.counts import SqlCounts, SqlPosts
from storage.repositories.exemptions import SqlExemptions
from storage.repositories.findings import SqlFindings
from storage.repositories.groups import SqlGroups
from storage.repositories.inbox import SqlInbox
from storage.repositories.memory import SqlMemory
from storage.repositories.objects import SqlObjects
from storage.repositories.office import SqlOffice, SqlPeriods
from storage.repositories.outbox import SqlOutbox
from storage.repositories.people import SqlPeople
from storage.repositories.reports import SqlReports
from storage.repositories.snapshots import SqlSnapshots
from storage.repositories.units import SqlUnits
from storage.repositories.upkeep import SqlLeases, SqlSeen, SqlState

__all__ = [
    "SqlApprovals",
    "SqlCases",
    "SqlChanges",
    "SqlCounts",
    "SqlExemptions",
    "SqlFindings",
    "SqlGroups",
    "SqlInbox",
    "SqlInquiries",
    "SqlLeases",
    "SqlMemory",
    "SqlObjects",
    "SqlOffice",
    "SqlOutbox",
    "SqlPeople",
    "SqlPeriods",
    "SqlPointers",
    "SqlPosts",
    "SqlRefusals",
    "SqlReports",
    "SqlSeen",
    "SqlSnapshots",
    "SqlState",
    "SqlUnits",
    "SqlVisits",
]

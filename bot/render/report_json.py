"""The audit as JSON, for machines: codes as keys, numbers as numbers, and the notice that goes with them."""

import json
from collections.abc import Sequence
from typing import BinaryIO

from bot.core.audit import AuditReport, CategoryCount, ChatLoad, Source, WeekCount
from bot.core.model import Category
from bot.texts import Catalogue

FORMAT = "jianfu-audit"
VERSION = 1
"""Rises when a field changes its meaning or goes; a new field does not raise it."""


def write_json(report: AuditReport, words: Catalogue, out: BinaryIO) -> None:
    """Write the report as one JSON object in UTF-8."""
    tree = {
        "format": FORMAT,
        "version": VERSION,
        "notice": words("audit.notice"),
        **_totals(report),
        "categories": [_category(name, count, words) for name, count in report.categories.items()],
        "weeks": [_week(week) for week in report.weeks],
        "hours": _days(report.hours),
        "late_hours": _days(report.late_hours),
        "chats": [_chat(chat) for chat in report.chats],
        "chats_left_out": report.chats_left_out,
        "sources": [_source(source) for source in report.sources],
    }
    text = json.dumps(tree, ensure_ascii=False, indent=2)
    out.write(text.encode("utf-8", "replace") + b"\n")


def _totals(report: AuditReport) -> dict[str, object]:
    return {
        "period": {
            "first": report.first and report.first.isoformat(),
            "last": report.last and report.last.isoformat(),
        },
        "messages": {
            "read": report.messages,
            "judged": report.judged,
            "failed": report.failed,
            "undated": report.undated,
            "suspected": report.suspected,
        },
        "facts": dict(report.facts),
        "kinds": dict(report.kinds),
        "roles": dict(report.roles),
        "after_hours": {"work": sum(report.late_hours), "asks": report.asks, "answers": report.answers},
        "receipts": report.receipts,
        "duplicates": report.duplicates,
        "deadlines": {"stated": report.deadlines, "median_working_minutes": report.lead_minutes},
        "exempt": dict(report.exempt),
        "failures": dict(report.failures),
        "provisional": report.provisional,
        "unknown_years": list(report.unknown_years),
    }


def _category(name: Category, count: CategoryCount, words: Catalogue) -> dict[str, object]:
    clause = count.clause
    return {
        "category": name,
        "title": words(f"category.{name}.title"),
        "suspected_messages": count.messages,
        "suspected_findings": count.findings,
        "provisional": count.provisional,
        "clause": clause
        and {
            "document": clause.document,
            "item": clause.item,
            "responsible_unit": clause.responsible_unit,
        },
        "reasons": dict(count.reasons),
        "excerpts": list(count.excerpts),
    }


def _week(week: WeekCount) -> dict[str, object]:
    year, number, _ = week.monday.isocalendar()
    return {
        "week": f"{year}-W{number:02}",
        "monday": week.monday.isoformat(),
        "messages": week.messages,
        "suspected": dict(week.suspected),
    }


def _days(hours: Sequence[int]) -> list[list[int]]:
    return [[*hours[day * 24 : day * 24 + 24]] for day in range(7)]


def _chat(chat: ChatLoad) -> dict[str, object]:
    named: dict[str, object] = {"title": chat.title} if chat.title else {}
    return {
        "chat": chat.number,
        **named,
        "messages": chat.messages,
        "days": chat.days,
        "people": chat.people,
        "folded": chat.folded,
        "work": chat.work,
        "tasks": chat.tasks,
        "after_hours": chat.after_hours,
        "receipts": chat.receipts,
        "suspected": chat.suspected,
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "kind": source.kind,
        "messages": source.messages,
        "services": source.services,
        "skipped": dict(source.skipped),
        "repairs": dict(source.repairs),
        "truncated": source.truncated,
        "last_at": source.last_at and source.last_at.isoformat(),
    }

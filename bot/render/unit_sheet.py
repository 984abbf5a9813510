"""The sheet of all units as rows of values: in the ledger's order, with no total, no rank and no colour."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

from bot.core.unit_sheet import UnitLine, UnitSheet
from bot.texts import Catalogue

COLUMNS = (
    ("unit", 40), ("standing", 9), ("cap", 9), ("before", 12), ("projects", 9), ("overdue", 11), ("unfiled", 13),
    ("accounts", 12), ("apps", 9), ("seen", 10), ("members", 11), ("per_seat", 14), ("messages", 10), ("receipts", 9),
    ("tasks", 11), ("late", 13),
)  # fmt: skip
"""The columns and their widths in characters."""


def headings(words: Catalogue) -> Sequence[tuple[str, int]]:
    """The heading of each column, with its width."""
    return [(words(f"digest.sheet.{name}"), width) for name, width in COLUMNS]


def title(sheet: UnitSheet, words: Catalogue) -> str:
    """What the sheet is, of when, and what it must not be used for."""
    if sheet.day is None:
        return words("digest.sheet.title_uncounted", period=sheet.period.key)
    return words("digest.sheet.title", period=sheet.period.key, day=sheet.day.isoformat())


def rows(sheet: UnitSheet, words: Catalogue) -> Iterator[Sequence[str | int | float | None]]:
    """A row for each unit, then how many rows of the ledger have none."""
    if sheet.day is None:
        yield (words("digest.sheet.none"),)
    for line in sheet.lines:
        yield _row(line)
    if sheet.unassigned:
        yield (words("digest.sheet.unassigned"), sheet.unassigned)
    yield (words("digest.not_for_assessment"),)


def _row(line: UnitLine) -> Sequence[str | int | float | None]:
    day, load = line.day, line.load
    counts = (day.standing, day.cap, line.before, day.projects, day.overdue, day.unfiled, day.accounts, day.apps)
    if load is None:
        return (line.path, *counts, day.seen, *[None] * 6)
    per_seat = None if load.per_seat is None else round(load.per_seat, 1)
    shares = (None if share is None else round(100 * share, 1) for share in (load.task_share, load.late_share))
    return (line.path, *counts, day.seen, load.seats, per_seat, load.messages, load.receipts, *shares)


def cases_title(sheet: UnitSheet, words: Catalogue) -> str:
    """What the sheet of cases is: of the whole office, by no unit and no person."""
    return words("digest.sheet.cases_title", period=sheet.period.key)


def case_rows(sheet: UnitSheet, words: Catalogue) -> Iterator[Sequence[str | int | float | None]]:
    """A row for each number of cases, nought too: what was done in the period, then what is owed beyond its day."""
    for each in fields(sheet.cases):
        yield (words(f"digest.sheet.case_{each.name}"), getattr(sheet.cases, each.name))
    yield (words("digest.not_for_assessment"),)

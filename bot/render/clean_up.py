"""A clean-up between two dates as lines and rows: every group with its dates and how its end is known."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.core.campaign import Campaign, Case, Fate
from bot.texts import Catalogue

COLUMNS = (("unit", 36), ("name", 36), ("fate", 10), ("began", 12), ("ended", 12), ("evidence", 18), ("into", 30),
           ("relieves", 20))  # fmt: skip
"""The columns and their widths in characters."""


def headings(words: Catalogue) -> Sequence[tuple[str, int]]:
    """The heading of each column, with its width."""
    return [(words(f"digest.campaign.{name}"), width) for name, width in COLUMNS]


def summary(moved: Campaign, words: Catalogue) -> Iterator[str]:
    """What was found, and what became of it."""
    yield words("digest.campaign.title", first=moved.first, last=moved.last)
    yield words("digest.campaign.found", count=moved.found)
    for fate in Fate:
        yield words(f"digest.campaign.{fate}", count=moved.count(fate), relieved=moved.relieved)
    if moved.unproven:
        yield words("digest.campaign.unproven", count=moved.unproven)


def rows(moved: Campaign, paths: Mapping[int, str], words: Catalogue) -> Iterator[Sequence[str | date | None]]:
    """A row for each group, in the ledger's order."""
    names = {case.row.id: case.row.name for case in moved.cases}
    for case in moved.cases:
        yield _row(case, paths.get(case.row.unit_id or 0, ""), names.get(case.into or 0), words)
    yield (words("digest.not_for_assessment"),)


def _row(case: Case, path: str, into: str | None, words: Catalogue) -> Sequence[str | date | None]:
    evidence = None if case.evidence is None else words(f"digest.campaign.by_{case.evidence}")
    lightened = None
    if case.fate is Fate.MERGED:
        known = {None: "unknown", True: "yes", False: "no"}[case.relieves]
        lightened = words(f"digest.campaign.relieves_{known}")
    fate = words(f"digest.campaign.fate_{case.fate}")
    return (path, case.row.name, fate, case.began, case.ended, evidence, into, lightened)

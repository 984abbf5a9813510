"""The length of a report against the limits of the texts (Baotou 2019 item 11; local values may be stricter)."""

from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """The kinds of report that have a limit of their own."""

    DAILY = "daily"
    SPECIAL = "special"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest report of each kind, in characters; Haidong's 2,000 and 4,000 are an example of local ones."""

    daily: int = 1200
    special: int = 3000
    general: int = 5000

    def of(self, kind: ReportKind) -> int:
        """The limit of a kind, in characters."""
        return {
            ReportKind.DAILY: self.daily,
            ReportKind.SPECIAL: self.special,
            ReportKind.GENERAL: self.general,
        }[kind]

    def exceeded(self, characters: int) -> tuple[ReportKind, ...]:
        """The kinds of report for which a text of so many characters is too long."""
        return tuple(kind for kind in ReportKind if characters > self.of(kind))


def count_characters(text: str) -> int:
    """Characters as offices count them: every Chinese character and mark, every Latin word or number as one.

    White space does not count.
    """
    count = 0
    in_word = False
    for char in text:
        latin = char.isascii() and char.isalnum()
        if char.isspace():
            in_word = False
            continue
        if not (latin and in_word):
            count += 1
        in_word = latin
    return count

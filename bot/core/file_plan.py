"""What the rows of a file would do to rows that are known: which are new, change something, or cannot be taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.core.ledger_entry import Problem

Row = TypeVar("Row")


@dataclass(slots=True)
class TakenRow(Generic[Row]):
    """A row of the file that can be taken: as it was (None for a new one), and as it is to be."""

    row: int
    before: Row | None
    after: Row
    left: bool = False
    """Whether it cannot be taken after all; it keeps its place, for references count from it."""


@dataclass(slots=True)
class FilePlan(Generic[Row]):
    """The effect of a file."""

    taken: list[TakenRow[Row]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> Sequence[TakenRow[Row]]:
        """The rows that are not known yet."""
        return [each for each in self.taken if each.before is None and not each.left]

    @property
    def changed(self) -> Sequence[TakenRow[Row]]:
        """The rows that change one that is known."""
        return [each for each in self.taken if each.before is not None and each.before != each.after and not each.left]

    @property
    def unchanged(self) -> int:
        """How many rows say what is known."""
        return sum(each.before == each.after and not each.left for each in self.taken)

    @property
    def wrong(self) -> int:
        """How many rows have a problem."""
        return len({each.row for each in self.problems})

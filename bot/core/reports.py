"""A report: what somebody tells the office of a demand. It carries no trace of who it was, unless they choose so.

Of its time only the day is kept, and it is shown to the office in batches, in no order (Baotou 2019 item 23, Haidong:
信、访、网、电; L1-L4 of the sources: anonymous clues). The receipt is the only way back to it, in the reporter's hands.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.masking import MARK, clean
from bot.core.model import Category

RECEIPT_DIGITS = 16
_RECEIPT = re.compile(rf"(?<!\d)\d(?:[\s–-]?\d){{{RECEIPT_DIGITS - 1}}}(?!\d)")
LONGEST = 1_000
"""Characters of what is reported, and of each later note."""
SAME_MATTER_DAYS = 30
"""Days after its last step within which a case takes up further reports of its matter."""


class ReportState(StrEnum):
    """Where a report stands."""

    HELD = "held"  # not shown to anybody yet: waits for the next batch
    OPEN = "open"  # part of a case
    WITHDRAWN = "withdrawn"  # its words are gone


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `id` is drawn at random, so that no order of arrival is in it.

    `group_id` and `message_id` name a demand in a watched group; `place` is where else it was made, in the reporter's
    words. `known` is who the reporter is, where they chose to be known to the office. `receipt` is a keyed hash.
    `open_handed` tells that it was made by a command that others in the group may have seen. `joined` is the state in
    which its case was already when it became part of it: whoever reports is not to learn from that what others began.
    """

    id: int
    day: date
    category: Category
    receipt: str
    group_id: int | None = None
    message_id: int | None = None
    words: str = ""
    place: str = ""
    known: str = ""
    open_handed: bool = False
    state: ReportState = ReportState.HELD
    case_id: int | None = None
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the talk between the office and a reporter, by way of the receipt; `id` is drawn at random too.

    `held` notes of a reporter wait for the next batch.
    """

    id: int
    report_id: int
    day: date
    words: str
    from_office: bool = False
    held: bool = False


def receipt_shown(digits: str) -> str:
    """A receipt in groups of four, as it is shown."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def receipt_read(text: str) -> str | None:
    """The digits of what looks like a receipt: sixteen, with spaces or hyphens; None for anything else."""
    plain = "".join(text.split()).replace("-", "").replace("–", "")
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in plain)
    return digits if len(digits) == RECEIPT_DIGITS and digits.isascii() and digits.isdecimal() else None


def as_kept(text: str) -> str:
    """Words of a reporter as they are kept: on one line, which cannot pass for a line of the file or of the office.

    What looks like a receipt is left out, for whoever reads it could speak for its owner.
    """
    return _RECEIPT.sub(MARK, clean(text))


@dataclass(frozen=True, slots=True)
class Matter:
    """What one case is about: a burden in a group; elsewhere, a burden at a place that reads alike."""

    category: Category
    group_id: int | None
    place: str = ""


def matter_of(report: Report) -> Matter:
    """The matter of a report. What names no group stands alone, unless the place is told in the same words."""
    place = "" if report.group_id is not None else "".join(report.place.split()).casefold()
    return Matter(report.category, report.group_id, place)


def batched(reports: Iterable[Report]) -> Sequence[Sequence[Report]]:
    """Reports by their matter, in an order that tells nothing of their arrival."""
    by_matter: dict[Matter, list[Report]] = {}
    for each in sorted(reports, key=_scattered):
        matter = matter_of(each)
        alone = matter.group_id is None and not matter.place
        by_matter.setdefault(Matter(matter.category, None, f"#{each.id}") if alone else matter, []).append(each)
    return [*by_matter.values()]


def _scattered(report: Report) -> bytes:
    return hashlib.sha256(str(report.id).encode()).digest()

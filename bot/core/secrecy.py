"""What must not be kept: texts that carry a mark of secrecy, and columns of identity numbers.

State secrets have no place in a chat (保守国家秘密法); identity numbers are sensitive personal data (个人信息保护法):
of such a message nothing is stored but that there was one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from bot.core.model import Message
from bot.core.text import fold

LEAST_NUMBERS = 3
"""Identity numbers that make a list of people; fewer may be a single case."""

LEAST_ROWS = 2
"""Rows below a column's heading that make it a table with content, not a form to be filled in."""

BEFORE = 10
"""Characters before a mark in which a word may tell that marks are only spoken of."""

TOGETHER = 2_000
"""Cells of a table that are looked at together."""

_GATE = re.compile("[密內内证證證涉]")
_NUMBER = re.compile(r"(?<![0-9a-z])[1-9]\d{5}[ \-]?\d{8}[ \-]?\d{3}[0-9x](?![0-9a-z])", re.ASCII)
_ROW = re.compile(r"(?<![0-9a-z])\d[\d*]{13,16}[0-9x](?![0-9a-z])", re.ASCII)
_MANY_DIGITS = re.compile(r"\d{3}[0-9xX\uff58\uff38]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10x98765432"
_MOST_NUMBERS = 1_000


class Withheld(StrEnum):
    """Why nothing is kept of a message."""

    MARK = "mark"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Secrecy:
    """The marks in force: patterns over the folded text, of documents and not of talk about secrecy.

    `marks` are searched in the text, `file_marks` in a file's name; a word of `unless` shortly before a mark means
    that marks are spoken of. `columns` are headings under which identity numbers stand.
    """

    marks: Sequence[str] = ()
    file_marks: Sequence[str] = ()
    unless: Sequence[str] = ()
    columns: Sequence[str] = ()
    _mark: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _file_mark: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _unless: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _column: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, patterns in (
            ("_mark", self.marks),
            ("_file_mark", self.file_marks),
            ("_unless", self.unless),
            ("_column", self.columns),
        ):
            object.__setattr__(self, name, _either(patterns))

    def withheld(self, message: Message) -> Withheld | None:
        """Why nothing of a message may be kept; None for nearly all. Two plain searches where nothing hints at it."""
        return Withheld.MARK if self._names_mark(message.file_name) else self._of_text(message.text)

    def of_table(self, file_name: str, texts: Iterable[str]) -> Withheld | None:
        """Why nothing of a table may be taken, by its name and the texts of its cells, row after row."""
        if self._names_mark(file_name):
            return Withheld.MARK
        rest = iter(texts)
        while part := "\n".join(islice(rest, TOGETHER)):
            found = self._of_text(part)
            if found is not None:
                return found
        return None

    def _names_mark(self, file_name: str | None) -> bool:
        return bool(file_name and self._file_mark is not None and self._file_mark.search(fold(file_name)))

    def _of_text(self, text: str) -> Withheld | None:
        hinted = _GATE.search(text) is not None
        numbered = len(text) > 30 and _MANY_DIGITS.search(text) is not None
        if not hinted and not numbered:
            return None
        folded = fold(text)
        if hinted and self._marked(folded):
            return Withheld.MARK
        if numbered and (_lists_people(folded) or (hinted and self._tabulates(folded))):
            return Withheld.IDENTITY
        return None

    def _marked(self, text: str) -> bool:
        if self._mark is None:
            return False
        for match in self._mark.finditer(text):
            before = text[max(0, match.start() - BEFORE) : match.start()]
            if self._unless is None or not self._unless.search(before):
                return True
        return False

    def _tabulates(self, text: str) -> bool:
        """Whether numbers of the length of an identity number stand in rows under their heading."""
        heading = self._column.search(text) if self._column is not None else None
        if heading is None:
            return False
        rows = [row for row in text[heading.end() :].splitlines()[1:] if _ROW.search(row)]
        return len(rows) >= LEAST_ROWS


def _either(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.MULTILINE) if patterns else None


def _lists_people(text: str) -> bool:
    """Whether a text holds at least `LEAST_NUMBERS` different identity numbers with a right check digit."""
    found = (re.sub(r"[ \-]", "", match[0]) for match in islice(_NUMBER.finditer(text), _MOST_NUMBERS))
    return len({number for number in found if is_identity_number(number)}) >= LEAST_NUMBERS


def is_identity_number(number: str) -> bool:
    """Whether 18 characters are an identity number by its check digit (GB 11643)."""
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK[total % 11] == number[17].lower()

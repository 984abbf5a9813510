"""The audit as a workbook of plain values: no formula, no macro, no link, whatever the input holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.core.audit import AuditReport, ChatLoad, Source
from bot.core.masking import clean
from bot.core.model import Category, Fact
from bot.render.remarks import method, per_day, period, remarks, share
from bot.texts import Catalogue

LONGEST_TEXT = 32_000
"""The most characters of one cell; the format holds little more."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with one of these could be taken for a formula, here or in a CSV made from here."""

_BOLD = Font(bold=True)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_NARROW, _MIDDLE, _WIDE = 12, 28, 80


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the key of its title, the heads of its columns in words, their widths, and its rows."""

    name: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[object]]


def write_xlsx(report: AuditReport, words: Catalogue, out: BinaryIO) -> None:
    """Write the workbook: an overview, then a sheet for each table of the report."""
    book = Workbook(write_only=True)
    for table in _tables(report, words):
        sheet = book.create_sheet(words(f"audit.sheet.{table.name}"))
        sheet.freeze_panes = "A2"
        for place, width in enumerate(table.widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate((table.heads, *table.rows)):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, plain(value))
                if number == 0:
                    cell.font = _BOLD
                cell.alignment = _WRAPPED
                cells.append(cell)
            sheet.append(cells)
    whole = BytesIO()  # what is saved straight to a disk that fills up complains once more from its destructors
    book.save(whole)
    out.write(whole.getbuffer())


def plain(value: object) -> str | int | float | None:
    """Return a value that a sheet shows as it is: numbers stay numbers, a text never becomes a formula."""
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    sign = "'" if text.startswith(FORMULA_SIGNS) else ""
    text = clean(text)[:LONGEST_TEXT]
    return f"'{text}" if sign or text.startswith(FORMULA_SIGNS) else text


def _tables(report: AuditReport, words: Catalogue) -> Iterator[Table]:
    yield _overview(report, words)
    yield _categories(report, words)
    yield _reasons(report, words)
    yield _weeks(report, words)
    yield _hours("hours", report.hours, words)
    yield _hours("late_hours", report.late_hours, words)
    yield _facts(report, words)
    yield _chats(report, words)
    yield _reading(report, words)
    if any(count.excerpts for count in report.categories.values()):
        yield _excerpts(report, words)


def _heads(words: Catalogue, *names: str) -> list[str]:
    return [words(f"audit.column.{name}") for name in names]


def _title(category: Category, words: Catalogue) -> str:
    return words(f"category.{category}.title")


def _overview(report: AuditReport, words: Catalogue) -> Table:
    figures = (
        ("chats", len(report.chats) + report.chats_left_out),
        ("messages", report.messages),
        ("suspected", report.suspected),
        ("tasks", report.facts.get(Fact.TASK, 0)),
        ("after_hours", sum(report.late_hours)),
        ("receipts", report.receipts),
    )
    rows: list[Sequence[object]] = [(words("audit.notice"),), (period(report, words),)]
    rows += [(words(f"audit.figure.{name}"), value) for name, value in figures]
    rows += [(line,) for line in (*remarks(report, words), *method(words))]
    return Table("overview", _heads(words, "what", "figure"), (_WIDE, _NARROW), rows)


def _categories(report: AuditReport, words: Catalogue) -> Table:
    heads = _heads(words, "category", "suspected", "findings", "provisional", "document", "item", "unit")
    rows = []
    for category, count in report.categories.items():
        clause = (count.clause.document, count.clause.item, count.clause.responsible_unit) if count.clause else ()
        numbers = (count.messages, count.findings, count.provisional)
        rows.append((_title(category, words), *numbers, *clause))
    return Table("categories", heads, (_MIDDLE, *[_NARROW] * 3, _MIDDLE, _NARROW, _MIDDLE), rows)


def _reasons(report: AuditReport, words: Catalogue) -> Table:
    rows = (
        (_title(category, words), words.label("reason", code), times)
        for category, count in report.categories.items()
        for code, times in count.reasons
    )
    return Table("reasons", _heads(words, "category", "reason", "count"), (_MIDDLE, _MIDDLE, _NARROW), rows)


def _weeks(report: AuditReport, words: Catalogue) -> Table:
    heads = _heads(words, "week", "messages") + [_title(category, words) for category in Category]
    rows = (
        (week.monday.isoformat(), week.messages, *(week.suspected.get(category, 0) for category in Category))
        for week in report.weeks
    )
    return Table("weeks", heads, [_NARROW] * len(heads), rows)


def _hours(name: str, values: Sequence[int], words: Catalogue) -> Table:
    heads = _heads(words, "weekday") + [f"{hour}:00" for hour in range(24)]
    rows = ((words(f"weekday.{day + 1}"), *values[day * 24 : day * 24 + 24]) for day in range(7))
    return Table(name, heads, [_NARROW] + [7] * 24, rows)


def _facts(report: AuditReport, words: Catalogue) -> Table:
    rows: list[Sequence[object]] = [
        (words(f"fact.{fact}.title"), count, share(count, report.judged)) for fact, count in report.facts.items()
    ]
    rows += [(words(f"audit.kind.{kind}"), count) for kind, count in report.kinds.items()]
    rows += [(words(f"role.{role}"), count) for role, count in report.roles.items()]
    rows += [(words("audit.exempted", what=words.label("audit.exempt", code)), n) for code, n in report.exempt.items()]
    heads = _heads(words, "fact", "count", "share_percent")
    return Table("facts", heads, (_MIDDLE, _NARROW, _NARROW), rows)


def _chats(report: AuditReport, words: Catalogue) -> Table:
    names = ("chat", "title", "messages", "days", "per_day", "people")
    more = ("work", "tasks", "after_hours", "receipts", "suspected")
    rows = (_chat(chat, words) for chat in report.chats)
    widths = (_NARROW, _MIDDLE, *[_NARROW] * 9)
    return Table("chats", _heads(words, *names, *more), widths, rows)


def _chat(chat: ChatLoad, words: Catalogue) -> Sequence[object]:
    name = words("audit.chat", number=chat.number)
    people = int(chat.people) if chat.people.isdecimal() else chat.people
    size = (chat.messages, chat.days, per_day(chat), people)
    return (name, chat.title, *size, chat.work, chat.tasks, chat.after_hours, chat.receipts, chat.suspected)


def _reading(report: AuditReport, words: Catalogue) -> Table:
    rows = (row for number, source in enumerate(report.sources, 1) for row in _source(number, source, words))
    return Table("reading", _heads(words, "source", "what", "count"), (_MIDDLE, _MIDDLE, _NARROW), rows)


def _source(number: int, source: Source, words: Catalogue) -> Iterator[Sequence[object]]:
    file = words("audit.file", number=number)
    yield file, words.label("audit.source", source.kind), source.messages
    passed_over = {**source.skipped, "services": source.services}
    for key, counts in (("skipped", passed_over), ("repaired", source.repairs)):
        for code, count in counts.items():
            if count:
                yield file, words(f"audit.read.{key}", what=words.label(f"audit.{key}", code)), count
    if source.truncated:
        yield file, words("audit.read.truncated_undated"), None


def _excerpts(report: AuditReport, words: Catalogue) -> Table:
    rows = ((_title(category, words), text) for category, count in report.categories.items() for text in count.excerpts)
    return Table("excerpts", _heads(words, "category", "text"), (_MIDDLE, _WIDE), rows)

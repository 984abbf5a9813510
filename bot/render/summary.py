"""The audit in a terminal of 80 columns; every figure is a number, colour adds nothing that is needed."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.core.audit import AuditReport, ChatLoad
from bot.core.masking import clean
from bot.core.model import Fact
from bot.render.lines import wrapped
from bot.render.remarks import per_day, period, reading, reasons_of, remarks, share
from bot.render.weeks import stretches
from bot.texts import Catalogue

WIDTH = 80
"""No line is longer, in columns; a Chinese character takes two."""
WEEKS_SHOWN = 16
CHATS_SHOWN = 12
"""More than these are joined, or left to the other outputs."""

_BAR = 24
_FIRST_COLUMN = 24
_LEVELS = 9


def write_summary(report: AuditReport, words: Catalogue, console: Console, *, excerpts: bool = True) -> None:
    """Print the summary, with what `excerpts` the report holds; the console decides whether there is colour."""
    width = min(console.width, WIDTH)
    for part in _parts(report, words, excerpts=excerpts):
        shown = _Flowing(part) if isinstance(part, str) else part
        console.print(shown, width=width, highlight=False, markup=False, emoji=False)


@dataclass(frozen=True, slots=True)
class _Flowing:
    """Text that breaks where Chinese does, and never between a number and the word of measure behind it."""

    text: str

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        lines = (part for line in self.text.split("\n") for part in wrapped(line, options.max_width))
        yield Text("\n".join(lines))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, Text(self.text))


def _parts(report: AuditReport, words: Catalogue, *, excerpts: bool) -> Iterator[RenderableType]:
    yield _heading(words("audit.title") + "  " + period(report, words))
    yield Text(words("audit.notice"), style="bold")
    yield _figures(report, words)
    yield _heading(words("audit.heading.categories"))
    yield _categories(report, words) if report.suspected else words("audit.nothing_found")
    if excerpts:
        yield from _excerpts(report, words)
    if report.weeks:
        yield _heading(words("audit.heading.weeks"))
        yield _weeks(report, words)
        yield words("audit.chart.suspected_sum")
    for name, values in (("hours", report.hours), ("late_hours", report.late_hours)):
        if any(values):
            yield _heading(words(f"audit.heading.{name}"))
            yield _hours(values, words)
    yield _heading(words("audit.heading.facts"))
    yield _facts(report, words)
    yield _heading(words("audit.heading.chats"))
    yield _chats(report.chats[:CHATS_SHOWN], words)
    if len(report.chats) > CHATS_SHOWN:
        yield words("audit.more_chats", count=len(report.chats) - CHATS_SHOWN)
    yield _heading(words("audit.heading.reading"))
    for line in (*reading(report, words), *remarks(report, words)):
        yield clean(line)


def _heading(text: str) -> RenderableType:
    return Padding(Text(clean(text), style="bold underline"), (1, 0, 0, 0))


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]], numbers: Container[int]) -> Table:
    """Lay out rows under their heads, the columns in `numbers` to the right; long texts are folded."""
    widths = [_needed(head, [row[place] for row in rows]) for place, head in enumerate(heads)]
    room = WIDTH - 2 * len(heads) - sum(width for place, width in enumerate(widths) if place in numbers)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for place, head in enumerate(heads):
        if place in numbers:
            table.add_column(Text(head), justify="right", overflow="fold", width=widths[place])
        else:
            width = min(widths[place], _FIRST_COLUMN, room) if place == 0 else None
            table.add_column(Text(head), overflow="fold", width=width)
    for row in rows:
        table.add_row(*(_Flowing("\n".join(map(clean, str(value).split("\n")))) for value in row))
    return table


def _needed(head: str, values: Iterable[object]) -> int:
    """Return the columns that the values need, and a head that may be broken once, but not in a word."""
    halved = -(-cell_len(head) // 4) * 2 if not head.isascii() and len(head) > 4 else cell_len(head)
    longest_word = min(max(map(cell_len, head.split()), default=0), halved)
    return max(longest_word, *(cell_len(str(value)) for value in values), 1)


def _heads(words: Catalogue, *names: str) -> list[str]:
    return [words(f"audit.column.{name}") for name in names]


def _figures(report: AuditReport, words: Catalogue) -> RenderableType:
    tasks, work = report.facts.get(Fact.TASK, 0), report.facts.get(Fact.WORK, 0)
    late = sum(report.late_hours)
    rows = (
        ("chats", len(report.chats) + report.chats_left_out, ""),
        ("messages", report.messages, ""),
        ("suspected", report.suspected, _share(report.suspected, report.judged, words)),
        ("tasks", tasks, _share(tasks, report.judged, words)),
        ("after_hours", late, _share(late, work, words)),
        ("receipts", report.receipts, _share(report.receipts, report.judged, words)),
    )
    named = [(words(f"audit.figure.{name}"), count, part) for name, count, part in rows]
    return _table(_heads(words, "what", "figure", "share"), named, (1, 2))


def _share(part: int, whole: int, words: Catalogue) -> str:
    return words("audit.share", part=share(part, whole))


def _categories(report: AuditReport, words: Catalogue) -> RenderableType:
    rows = []
    for category, count in report.categories.items():
        if count.messages:
            items = (words("audit.item", what=what, count=times) for what, times in reasons_of(count, words, 2))
            title = words(f"category.{category}.title")
            rows.append((title, count.messages, str(count.clause or ""), "\n".join(map(clean, items))))
    return _table(_heads(words, "category", "suspected", "clause", "reason"), rows, (1,))


def _excerpts(report: AuditReport, words: Catalogue) -> Iterator[RenderableType]:
    quoted = {category: count.excerpts for category, count in report.categories.items() if count.excerpts}
    if quoted:
        yield _heading(words("audit.excerpts"))
        yield words("audit.method.masking")
    for category, excerpts in quoted.items():
        yield words(f"category.{category}.title")
        yield "\n".join(f"  - {clean(excerpt)}" for excerpt in excerpts)


def _weeks(report: AuditReport, words: Catalogue) -> RenderableType:
    weeks = stretches(report.weeks, WEEKS_SHOWN)
    most = max(week.messages for week in weeks)
    rows = [
        (week.label, week.messages, sum(week.suspected.values()), "#" * -(-week.messages * _BAR // most))
        for week in weeks
    ]
    return _table(_heads(words, "week", "messages", "suspected_sum", "messages_drawn"), rows, (1, 2))


def _hours(values: Sequence[int], words: Catalogue) -> RenderableType:
    most = max(values)
    lines = [" " * 5 + "".join(f"{hour:>3}" for hour in range(24))]
    for day in range(7):
        levels = (_level(value, most) for value in values[day * 24 : day * 24 + 24])
        lines.append(set_cell_size(words(f"weekday.{day + 1}"), 5) + "".join(f"{level:>3}" for level in levels))
    lines.append(words("audit.chart.levels", most=most))
    return Text("\n".join(lines))


def _level(value: int, most: int) -> str:
    """Return 1 to 9 for a value, in proportion to the greatest; a point for none."""
    return str(-(-value * _LEVELS // most)) if value else "."


def _facts(report: AuditReport, words: Catalogue) -> RenderableType:
    rows = [
        (words(f"fact.{fact}.title"), count, _share(count, report.judged, words))
        for fact, count in report.facts.items()
    ]
    return _table(_heads(words, "fact", "count", "share"), rows, (1, 2))


def _chats(chats: Sequence[ChatLoad], words: Catalogue) -> RenderableType:
    names = (
        "chat",
        "messages",
        "per_day",
        "people",
        "task_share",
        "after_hours_short",
        "receipts",
        "suspected",
    )
    return _table(_heads(words, *names), [_chat(chat, words) for chat in chats], range(1, len(names)))


def _chat(chat: ChatLoad, words: Catalogue) -> Sequence[object]:
    folded = words("audit.folded")
    tasks = folded if chat.tasks is None else _share(chat.tasks, chat.messages, words)
    counts = (chat.after_hours, chat.receipts, chat.suspected)
    return (
        words("audit.chat", number=chat.number) + (f" {chat.title}" if chat.title else ""),
        chat.messages,
        per_day(chat) or folded,
        chat.people or folded,
        tasks,
        *(folded if count is None else count for count in counts),
    )

"""The audit as one page that needs nothing else, no script and no address of the net; made to be printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.core.audit import AuditReport, CategoryCount
from bot.core.model import Category, Fact
from bot.render import svg
from bot.render.remarks import method, per_day, period, reading, reasons_of, remarks, share
from bot.render.weeks import Stretch, stretches
from bot.texts import Catalogue

CHATS_SHOWN = 50
"""More chats than these are in the sheets and the JSON only."""
BARS_MOST = 53
"""Weeks beyond a year are joined, so that a bar stays a bar."""
WEEKS_FEWEST = 3
"""Weeks with something of a category; of fewer than these no chart is drawn, for the numbers are in the tables."""
BLOCK_WIDTH = 300
"""The width of the chart of one category, that stands beside its text."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the page says of one category; too few weeks have no chart."""

    category: Category
    count: CategoryCount
    chart: Markup | None
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures at the top of the page; `part` is its share, where it has one."""

    name: str
    value: int
    part: float | None = None


def html(report: AuditReport, words: Catalogue) -> str:
    """Return the page; whatever came from the input is escaped in it."""
    weeks = stretches(report.weeks, BARS_MOST)
    found = [category for category, count in report.categories.items() if count.messages]
    return _template().render(
        words=words,
        report=report,
        period=period(report, words),
        figures=list(_figures(report, words)),
        blocks=[_block(category, report, weeks, words) for category in found],
        found=found,
        missing=[category for category in report.categories if category not in found],
        weeks=weeks,
        joined=weeks[0].weeks if weeks else 1,
        weekdays=[words(f"weekday.{day}") for day in range(1, 8)],
        charts=_charts(report, weeks, words),
        chats=report.chats[:CHATS_SHOWN],
        titled=any(chat.title for chat in report.chats),
        remarks=list(remarks(report, words)),
        reading=list(reading(report, words)),
        method=list(method(words)),
        share=share,
        per_day=per_day,
    )


def write_html(report: AuditReport, words: Catalogue, out: BinaryIO) -> None:
    """Write the page as UTF-8."""
    out.write(html(report, words).encode("utf-8", "replace"))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bot.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


def _figures(report: AuditReport, words: Catalogue) -> Iterator[Figure]:
    late = sum(report.late_hours)
    yield Figure(words("audit.figure.chats"), len(report.chats) + report.chats_left_out)
    yield Figure(words("audit.figure.messages"), report.messages)
    yield Figure(words("audit.figure.suspected"), report.suspected, share(report.suspected, report.judged))
    tasks = report.facts.get(Fact.TASK, 0)
    yield Figure(words("audit.figure.tasks"), tasks, share(tasks, report.judged))
    work = report.facts.get(Fact.WORK, 0)
    yield Figure(words("audit.figure.after_hours"), late, share(late, work))
    yield Figure(words("audit.figure.receipts"), report.receipts, share(report.receipts, report.judged))


def _block(category: Category, report: AuditReport, weeks: tuple[Stretch, ...], words: Catalogue) -> Block:
    count = report.categories[category]
    drawn = sum(category in week.suspected for week in report.weeks) >= WEEKS_FEWEST
    return Block(category, count, _chart(category, count, weeks, words) if drawn else None, reasons_of(count, words))


def _chart(category: Category, count: CategoryCount, weeks: tuple[Stretch, ...], words: Catalogue) -> Markup:
    values = [week.suspected.get(category, 0) for week in weeks]
    label = words(
        "audit.chart.category_weeks",
        category=words(f"category.{category}.title"),
        most=max(values, default=0),
        total=count.messages,
    )
    return svg.bars([str(week.first) for week in weeks], values, label, width=BLOCK_WIDTH, height=96)


def _charts(report: AuditReport, weeks: tuple[Stretch, ...], words: Catalogue) -> dict[str, Markup]:
    days = [words(f"weekday.{day}") for day in range(1, 8)]
    volume = [week.messages for week in weeks]
    label = words("audit.chart.weeks", most=max(volume, default=0))
    return {
        "weeks": svg.bars([str(week.first) for week in weeks], volume, label),
        "hours": svg.heat_map(days, report.hours, _heat_label(report.hours, "hours", words)),
        "late_hours": svg.heat_map(
            days, report.late_hours, _heat_label(report.late_hours, "late_hours", words), "late"
        ),
        "tasks": _tasks(report, words),
    }


def _heat_label(values: Sequence[int], heading: str, words: Catalogue) -> str:
    most = max(values, default=0)
    return words("audit.chart.heat", heading=words(f"audit.heading.{heading}"), most=most)


def _tasks(report: AuditReport, words: Catalogue) -> Markup:
    tasks = report.facts.get(Fact.TASK, 0)
    work = max(report.facts.get(Fact.WORK, 0) - tasks, 0)
    other = max(report.judged - tasks - work, 0)
    counts = {"tasks": tasks, "work": work, "other": other}
    label = words("audit.chart.tasks", **counts)
    parts = [
        (f"{words(f'audit.task_share.{name}')} {value} ({share(value, report.judged)}%)", value)
        for name, value in counts.items()
    ]
    return svg.divided(parts, label)

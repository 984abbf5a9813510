"""Builds reports for the tests of the renderers; what a test does not name is small and harmless."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from bot.core.audit import AuditReport, CategoryCount, ChatLoad, Source, WeekCount
from bot.core.model import Category, Clause, Fact, MessageKind, SenderRole

MONDAY = date(2026, 3, 2)
CLAUSE = Clause("甘政办发〔2024〕24号", "第十一条", "要求截图的单位")
RANKING = CategoryCount(3, 2, 1, CLAUSE, (("behind_named", 2), ("named_last", 1)))

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "[bold red]x[/bold red]",
    "\x1b[31m红\x07",
    "\u202e反\u2066写",
    "\ud800",
    "\x00\ufffe",
    "很长" * 300,
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=60) | st.text("<>&\"'=+-@\t\r\n{}%[]", max_size=20)


def chat(number: int = 1, **changes: object) -> ChatLoad:
    load = ChatLoad(number, "", 120, 20, "12", 60, 40, 9, 5, 11)
    return replace(load, **changes)  # type: ignore[arg-type]


def weeks(number: int, counts: Mapping[Category, int] | None = None) -> tuple[WeekCount, ...]:
    return tuple(WeekCount(MONDAY + timedelta(weeks=n), 10 + n, counts or {}) for n in range(number))


def report(**changes: object) -> AuditReport:
    categories = {category: CategoryCount() for category in Category} | {Category.RANKING: RANKING}
    hours = [0] * 168
    hours[9], hours[33] = 12, 5
    made = AuditReport(
        first=MONDAY,
        last=MONDAY + timedelta(days=13),
        messages=130,
        failed=0,
        undated=0,
        suspected=2,
        categories=categories,
        weeks=weeks(2, {Category.RANKING: 1}),
        hours=tuple(hours),
        late_hours=(0,) * 168,
        facts=dict.fromkeys(Fact, 40),
        kinds={MessageKind.TEXT: 120, MessageKind.PHOTO: 10},
        roles={SenderRole.MEMBER: 130},
        asks=0,
        answers=0,
        receipts=5,
        deadlines=0,
        lead_minutes=None,
        exempt={},
        failures={},
        unknown_years=(),
        chats=(chat(),),
        chats_left_out=0,
        sources=(Source("telegram_json", 130),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def remarkable() -> AuditReport:
    """Return a report with something of everything."""
    return report(
        failed=1,
        undated=2,
        asks=3,
        answers=4,
        deadlines=2,
        lead_minutes=45,
        exempt={"urgent": 6, "unheard_of": 1},
        failures={"ranking": 1, "unheard_of": 2},
        unknown_years=(2029, 2031),
        roles={},
        chats=(
            chat(),
            chat(2, people="<5", work=None, tasks=None, after_hours=None, receipts=None, suspected=None),
        ),
        chats_left_out=7,
        sources=(
            Source("qq_text", 9, {"no_date": 2}, {"bad_utf8": 1}, 4, truncated=True),
            Source("unheard_of", 1, {"odd": 1}, truncated=True, last_at=datetime(2026, 3, 4, 5, 6)),  # noqa: DTZ001
        ),
    )


def hostile(text: str) -> AuditReport:
    """Return a report that holds `text` wherever a text of the input could come."""
    counts = {category: replace(RANKING, excerpts=(text, text)) for category in Category}
    return report(
        categories=counts,
        chats=(chat(title=text), chat(2, title=text)),
        failures={text: 1},
        exempt={text: 1},
        sources=(Source(text, 1, {text: 1}, {text: 1}),),
    )

"""The sentences that stand beside the figures of a report: what was read, left out, folded and exempted."""

from collections.abc import Iterator, Mapping

from bot.core.audit import AuditReport, CategoryCount, ChatLoad, Source
from bot.core.model import Fact
from bot.render.moments import lasting
from bot.texts import Catalogue

REASONS_SHOWN = 5
"""The reasons named under one category; the rest is summed up."""
METHOD = ("suspected", "no_ranking", "counts", "time", "masking", "load")


def share(part: int, whole: int) -> float:
    """Return a share in percent, rounded to one place; a share of nothing is 0."""
    return round(100 * part / whole, 1) if whole else 0.0


def period(report: AuditReport, words: Catalogue) -> str:
    """Say which days the messages cover."""
    if report.first is None:
        return words("audit.no_period")
    return words("audit.period", first=report.first, last=report.last)


def per_day(chat: ChatLoad) -> float | None:
    """Return the messages of a chat on an average day between its first and its last one."""
    return round(chat.messages / chat.days, 1) if chat.days else None


def reasons_of(count: CategoryCount, words: Catalogue, most: int = REASONS_SHOWN) -> tuple[tuple[str, int], ...]:
    """Return the most frequent reasons in words, the others summed up; a code without words stays."""
    first = [(words.label("reason", code), times) for code, times in count.reasons[:most]]
    rest = sum(times for _, times in count.reasons[most:])
    return (*first, (words("reason.other"), rest)) if rest else tuple(first)


def title_of(category: str, words: Catalogue) -> str:
    """Return the title of a category, or its bare name where the catalogue has none."""
    key = f"category.{category}.title"
    return words(key) if key in words else category


def listed(counts: Mapping[str, int], section: str, words: Catalogue) -> str:
    """Return counts by code in one line, as `图片 3 条、文字 5 条`; what is zero is left out."""
    return _in_line({words.label(section, code): count for code, count in counts.items() if count}, words)


def _in_line(counts: Mapping[str, int], words: Catalogue) -> str:
    items = (words("audit.item", what=what, count=count) for what, count in counts.items())
    return words("audit.join").join(items)


def remarks(report: AuditReport, words: Catalogue) -> Iterator[str]:
    """Say whatever a reader of the figures must know, most weighty first; nothing that is zero."""
    for key, count in (("failed", report.failed), ("undated", report.undated)):
        if count:
            yield words(f"audit.remark.{key}", count=count)
    if report.unknown_years:
        years = words("audit.join").join(str(year) for year in report.unknown_years)
        yield words("audit.remark.unknown_years", years=years)
    if report.provisional:
        yield words("audit.remark.provisional", count=report.provisional)
    if report.failures:
        named = {title_of(name, words): count for name, count in report.failures.items()}
        yield words("audit.remark.failures", names=_in_line(named, words))
    yield from _of_findings(report, words)
    yield from _of_folding(report, words)


def _of_findings(report: AuditReport, words: Catalogue) -> Iterator[str]:
    if report.asks or report.answers:
        yield words("audit.remark.answers", asks=report.asks, answers=report.answers)
    if report.lead_minutes is not None:
        yield words("audit.remark.lead", count=report.deadlines, left=lasting(report.lead_minutes, words))
    if report.duplicates:
        requests = report.facts.get(Fact.DATA_COLLECTION, 0)
        yield words("audit.remark.duplicates", requests=requests, count=report.duplicates)
    if report.exempt:
        yield words("audit.remark.exempt", reasons=listed(report.exempt, "audit.exempt", words))


def _of_folding(report: AuditReport, words: Catalogue) -> Iterator[str]:
    if any(chat.folded for chat in report.chats):
        yield words("audit.remark.folded")
    if report.messages and not report.roles:
        yield words("audit.remark.roles_folded")
    if report.chats_left_out:
        yield words("audit.remark.chats_left_out", count=report.chats_left_out)


def reading(report: AuditReport, words: Catalogue) -> Iterator[str]:
    """Say of each file what was read, passed over and repaired, and whether it breaks off."""
    for number, source in enumerate(report.sources, 1):
        yield words("audit.read.join").join(_of_source(number, source, words)) + words("audit.end")


def _of_source(number: int, source: Source, words: Catalogue) -> Iterator[str]:
    file, kind = words("audit.file", number=number), words.label("audit.source", source.kind)
    yield words("audit.read.messages", file=file, kind=kind, count=source.messages)
    skipped = listed({**source.skipped, "services": source.services}, "audit.skipped", words)
    yield words("audit.read.skipped", what=skipped) if skipped else words("audit.read.nothing_skipped")
    repaired = listed(source.repairs, "audit.repaired", words)
    if repaired:
        yield words("audit.read.repaired", what=repaired)
    if source.truncated:
        last = source.last_at
        yield (
            words("audit.read.truncated", last=f"{last:%Y-%m-%d %H:%M}")
            if last
            else words("audit.read.truncated_undated")
        )


def method(words: Catalogue) -> Iterator[str]:
    """Say how the figures came about and what they must not be used for."""
    for key in METHOD:
        yield words(f"audit.method.{key}")

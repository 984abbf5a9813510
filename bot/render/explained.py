"""One message explained to whoever asks in the chat: what it is, what was found, the clause and a better way."""

from collections.abc import Iterator
from datetime import datetime

from bot.core.marking import evidence
from bot.core.model import Category, Deadline, Finding, Message, Verdict
from bot.core.speech import Part, Word
from bot.core.worktime import WorkTime
from bot.render.moments import end_shown, lasting, shown
from bot.texts import Catalogue


def explained(message: Message, verdict: Verdict, worktime: WorkTime, words: Catalogue) -> Iterator[Part]:
    """Yield what `jianfu check` says of a verdict, as parts of a speech; times are those of the message."""
    at = message.at
    if at is not None:
        yield _moment(at, worktime, words)
        if not worktime.known(at):
            yield Part.line("cli.check.unknown_year", year=str(at.year))
    facts = words("cli.join").join(words(f"fact.{fact}.title") for fact in sorted(verdict.facts))
    yield Part.line("cli.check.facts", facts=facts or words("cli.none"))
    for reason in verdict.exempt:
        yield Part.line(f"cli.check.exempt.{reason}")
    for name in verdict.failures:
        yield Part.line("cli.check.failed", category=words.label("category", f"{name}.title"))
    if not verdict.findings:
        yield Part("cli.check.nothing")
        return
    yield Part("cli.check.found", {"count": len(verdict.findings)})
    for number, finding in enumerate(verdict.findings, start=1):
        yield from _finding(number, finding, message, worktime, words)
    yield Part("audit.notice")


def _finding(number: int, finding: Finding, message: Message, worktime: WorkTime, words: Catalogue) -> Iterator[Part]:
    category = finding.category.value
    yield Part("command.check.title", {"number": number, "title": Word(f"category.{category}.title")})
    reason = words.label("reason", finding.reason)
    if finding.direction is not None:
        reason += words(f"cli.check.direction.{finding.direction}")
    yield Part.line("cli.check.reason", reason=reason)
    if finding.spans and message.text:
        yield Part.line("cli.check.evidence", text=evidence(message.text, finding.spans))
    if finding.deadline is not None:
        yield _deadline(finding.deadline, message.at, worktime, words)
    clause = finding.clause
    yield Part.line("cli.check.clause", document=clause.document, item=clause.item, unit=clause.responsible_unit)
    yield Part.line("cli.check.advice", advice=Word(f"category.{category}.advice"))
    if finding.category is Category.AFTER_HOURS and message.at is not None:
        yield Part.line("cli.check.next", next=shown(worktime.next_working(message.at), words))
    if finding.provisional:
        yield Part.line("cli.check.provisional")


def _moment(at: datetime, worktime: WorkTime, words: Catalogue) -> Part:
    local = worktime.local(at)
    if worktime.after_hours(at):
        return Part("cli.check.outside", {"at": shown(local, words)})
    return Part("cli.check.inside" if worktime.inside(at) else "cli.check.pause", {"at": shown(local, words)})


def _deadline(deadline: Deadline, at: datetime | None, worktime: WorkTime, words: Catalogue) -> Part:
    end = end_shown(deadline.moment, words)
    if at is None:
        return Part.line("cli.check.deadline", end=end)
    left = lasting(worktime.minutes_between(at, deadline.moment), words)
    return Part.line("cli.check.deadline_left", end=end, left=left)

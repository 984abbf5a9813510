"""Says of one message, in words, what was found in it: evidence, clause, deadline and what to do."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

import click

from bot.core.marking import bracketed, evidence
from bot.core.model import Category, Deadline, Finding, Message, Verdict
from bot.core.wordscores import Weight
from bot.core.worktime import WorkTime
from bot.render.moments import end_shown, lasting, shown
from bot.texts import Catalogue

MOST_WORDS = 8
"""Words for a finding, and against it, that are shown with their points."""

LEAST_SHOWN = 1.0
"""Points below which a word is not worth showing."""

SIGNS_SHOWN = frozenset({"admin", "columns", "link", "member", "order", "refused", "rule"})
"""The signs beside words that have a name in the catalogues."""

Why: TypeAlias = Callable[[Finding], Sequence[Weight]]
"""Tells what spoke for a finding and against it."""


def explanation(message: Message, verdict: Verdict, worktime: WorkTime, words: Catalogue, why: Why) -> Iterator[str]:
    """Yield the lines that explain a verdict to the one who asks."""
    at = message.at
    if at is not None:
        yield _moment(at, worktime, words)
        if not worktime.known(at):
            yield words("cli.check.unknown_year", year=at.year)
    facts = words("cli.join").join(words(f"fact.{fact}.title") for fact in sorted(verdict.facts))
    yield words("cli.check.facts", facts=facts or words("cli.none"))
    for reason in verdict.exempt:
        yield words(f"cli.check.exempt.{reason}")
    for name in verdict.failures:
        yield words("cli.check.failed", category=words.label("category", f"{name}.title"))
    if not verdict.findings:
        yield words("cli.check.nothing")
        return
    yield words("cli.check.found", count=len(verdict.findings))
    for number, finding in enumerate(verdict.findings, start=1):
        yield ""
        yield from _finding(number, finding, message, worktime, words)
        yield from _weighed(message.text, why(finding), words)
    yield ""
    yield words("audit.notice")


def _underlined(text: str) -> str:
    return click.style(text, underline=True)


def _finding(number: int, finding: Finding, message: Message, worktime: WorkTime, words: Catalogue) -> Iterator[str]:
    category = finding.category.value
    title = words(f"category.{category}.title")
    yield f"{number}. {click.style(title, bold=True)}  {finding.score:.2f}"
    reason = words.label("reason", finding.reason)
    if finding.direction is not None:
        reason += words(f"cli.check.direction.{finding.direction}")
    yield words("cli.check.reason", reason=reason)
    if finding.spans and message.text:
        mark = _underlined if sys.stdout.isatty() else bracketed
        marked = evidence(message.text, finding.spans, mark)
        yield words("cli.check.evidence", text=marked)
    if finding.refers_to is not None:
        yield words("cli.check.refers_to", id=finding.refers_to)
    if finding.deadline is not None:
        yield _deadline(finding.deadline, message.at, worktime, words)
    clause = finding.clause
    yield words("cli.check.clause", document=clause.document, item=clause.item, unit=clause.responsible_unit)
    yield words("cli.check.advice", advice=words(f"category.{category}.advice"))
    if finding.category is Category.AFTER_HOURS and message.at is not None:
        yield words("cli.check.next", next=shown(worktime.next_working(message.at), words))
    if finding.provisional:
        yield words("cli.check.provisional")


def _weighed(text: str, weights: Sequence[Weight], words: Catalogue) -> Iterator[str]:
    """The words for a finding and against it with their points, as `config/scores/` states them."""
    said = [(text[slice(*w.places[0])], w.points) for w in weights if w.places]
    named = [(f"“{word}”", more) for word, more in said if any(map(str.isalnum, word))]
    named += [(words(f"cli.check.sign.{w.name}"), w.points) for w in weights if w.name in SIGNS_SHOWN]
    points: dict[str, float] = {}
    for name, more in named:
        points[name] = points.get(name, 0.0) + more
    ranked = sorted(points.items(), key=lambda pair: -abs(pair[1]))
    for key, sign in (("for", 1), ("against", -1)):
        told = [f"{name} {more:+.0f}" for name, more in ranked if more * sign >= LEAST_SHOWN][:MOST_WORDS]
        if told:
            yield words(f"cli.check.words_{key}", words=words("cli.join").join(told))


def _moment(at: datetime, worktime: WorkTime, words: Catalogue) -> str:
    if worktime.after_hours(at):
        return words("cli.check.outside", at=shown(at, words))
    key = "cli.check.inside" if worktime.inside(at) else "cli.check.pause"
    return words(key, at=shown(at, words))


def _deadline(deadline: Deadline, at: datetime | None, worktime: WorkTime, words: Catalogue) -> str:
    end = end_shown(deadline.moment, words)
    if at is None:
        return words("cli.check.deadline", end=end)
    left = lasting(worktime.minutes_between(at, deadline.moment), words)
    return words("cli.check.deadline_left", end=end, left=left)

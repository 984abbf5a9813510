"""The office looks at suspected findings one by one; a wrong one is taken back everywhere, and that can be undone."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core import dates
from bot.core.arrival import StoredFinding
from bot.core.model import Category
from bot.core.speech import Button, Part, Speech, Value, Word
from bot.ports import UnitOfWork
from bot.services import marks as marks_of
from bot.services.places import zone_of
from bot.services.response import Responder

ACTION = "rv"
FEWEST = 5
"""Findings of a category below which its precision says nothing."""


async def first(work: UnitOfWork, language: str, zone: ZoneInfo) -> Speech:
    """The latest finding that nobody marked wrong."""
    return await after(work, language, zone, None)


async def after(work: UnitOfWork, language: str, zone: ZoneInfo, before_id: int | None) -> Speech:
    """The next finding, older than the one seen."""
    found = await work.findings.latest(1, before_id)
    if not found:
        return Speech((Part("review.none"),), language, ((_button("marks", "review.button.marks"),),))
    return await shown(work, found[0], language, zone)


async def shown(work: UnitOfWork, stored: StoredFinding, language: str, zone: ZoneInfo) -> Speech:
    """One finding with its evidence, and how often its category was wrong so far."""
    group = await work.groups.get(stored.group_id)
    finding = stored.finding
    own_zone = zone_of(group, zone)
    fields: dict[str, Value] = {
        "group": group.title if group is not None else "",
        "at": dates.shown(stored.at, own_zone, group.zone if group is not None else "", year=True),
        "category": Word(f"category.{finding.category}.title"),
        "reason": Word(f"reason.{finding.reason}"),
        "clause": str(finding.clause),
    }
    parts = [Part("review.finding", fields)]
    parts.append(Part("review.excerpt", {"text": stored.excerpt}) if stored.excerpt else Part("review.no_excerpt"))
    if finding.provisional:
        parts.append(Part("review.provisional"))
    parts.append(_precision(finding.category, await work.findings.marks()))
    if stored.marked_wrong_at is not None:
        parts.append(Part("review.marked"))
        turn = _button(f"undo:{stored.id}", "review.button.undo")
    else:
        turn = _button(f"wrong:{stored.id}", "review.button.wrong")
    onward = _button(f"next:{stored.id}", "review.button.next")
    return Speech(tuple(parts), language, ((turn, onward), (_button("marks", "review.button.marks"),)))


async def marks(work: UnitOfWork, language: str) -> Speech:
    """How many findings of each category there are, and how many of them were marked wrong; in no order of worth."""
    counted = await work.findings.marks()
    lines = [_precision(category, counted, follows=True) for category in Category if category in counted]
    row = (_button("first", "review.button.first"),)
    return Speech((Part("review.marks"), *lines, Part("review.marks_note")), language, (row,))


async def mark(
    work: UnitOfWork, responder: Responder, id_: int, now: datetime, zone: ZoneInfo, *, wrong: bool
) -> StoredFinding | None:
    """Take a finding back everywhere, or undo that; None when it is gone. Doing it twice changes nothing."""
    stored = await work.findings.get(id_)
    if stored is None or (stored.marked_wrong_at is not None) is wrong:
        return stored
    group = await marks_of.mark(work, stored, now if wrong else None, zone)
    if wrong and group is not None:
        await marks_of.unsay(work, responder, group, stored.message_id, now)
    return await work.findings.get(id_)


def _precision(category: Category, counted: Mapping[Category, tuple[int, int]], *, follows: bool = False) -> Part:
    every, wrong = counted.get(category, (0, 0))
    fields: dict[str, Value] = {"category": Word(f"category.{category}.title"), "count": every, "wrong": wrong}
    if every < FEWEST:
        return Part("review.precision_few", fields, follows)
    return Part("review.precision", {**fields, "percent": round(100 * (every - wrong) / every)}, follows)


def _button(what: str, key: str) -> Button:
    return Button(Part(key), f"{ACTION}:{what}")

"""/report: what somebody tells the office of a demand, from the first word to the receipt.

Nothing here knows who it is: the talk is in `report_drafts`, and a report is stored with its day alone.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.masking import clean, mask
from bot.core.model import Category, Message
from bot.core.pipeline import Pipeline
from bot.core.policy import Policy
from bot.core.report_links import message_link, without_link
from bot.core.reports import LONGEST, RECEIPT_DIGITS, Report, as_kept, receipt_shown
from bot.core.scene import Scene
from bot.core.speech import Button, Part, Speech, Word
from bot.core.worktime import WorkTime
from bot.ports import UnitOfWork, Vault
from bot.services.places import OfficeTime
from bot.services.report_drafts import Draft, Stage

ACTION = "rp"
RECEIPT = "receipt"
"""The purpose under which a receipt is hashed."""
COMMAND = "report"
_SHORTEST = 10
"""Letters below which a guess needs more evidence than one character."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What taking a report needs of the running bot."""

    policy: Policy
    vault: Vault
    pipeline: Pipeline
    office: OfficeTime
    now: datetime

    @property
    def today(self) -> date:
        """The day in the office's zone."""
        return self.office.today(self.now)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded message came from, as far as its forward tells: a chat only where that itself had spoken."""

    at: datetime
    chat_id: int | None = None
    message_id: int | None = None
    title: str = ""


def button(name: str, what: str = "") -> Button:
    """A button of the report."""
    return Button(Part(f"report.button.{name}"), f"{ACTION}:{what or name}")


def start_page(language: str, unsaved: str = "") -> Speech:
    """The one short question, with the ways to answer it; above it a former receipt that nobody confirmed."""
    rows = ((button("pick"),), (button("who"), button("stop")))
    former = (Part("report.unsaved", {"receipt": receipt_shown(unsaved)}),) if unsaved else ()
    return Speech((*former, Part("report.ask")), language, rows)


def who_page(policy: Policy, language: str) -> Speech:
    """Who can see what of a report: the office, the group, the platform, the host."""
    fields = {
        "office": policy.office or Word("setup.office_unnamed"),
        "host": policy.host or Word("report.who.host_unnamed"),
    }
    names = ("office", "unit", "group", "platform", "host", "phone", "kept")
    parts = (Part("report.who.title"), *(Part(f"report.who.{name}", fields) for name in names))
    return Speech(parts, language, ((button("back", "start"),),))


def guesses(hearing: Hearing, text: str, at: datetime | None = None) -> tuple[Category, ...]:
    """What the pipeline itself says of a text; in a greeting one character may speak for a kind, which is no guess."""
    if not text:
        return ()
    worktime = WorkTime(hearing.office.calendar, hearing.office.hours, hearing.office.zone)
    message = Message("", text, worktime.local(at or hearing.now))
    found = hearing.pipeline.judge(message, Scene(worktime)).findings
    short = sum(map(str.isalpha, text)) < _SHORTEST
    told = [each for each in found if not short or sum(end - start for start, end in each.spans) > 1]
    return tuple(dict.fromkeys(each.category for each in told))


async def forwarded(work: UnitOfWork, hearing: Hearing, draft: Draft, origin: Origin, text: str) -> Draft:
    """The talk after a forwarded message: its group is known, or found by its time, or asked for."""
    found = guesses(hearing, text, origin.at)
    draft = replace(draft, words=mask(clean(text))[:LONGEST], guesses=found, stage=Stage.CATEGORY)
    if origin.chat_id is not None:
        group = await work.groups.of_chat(origin.chat_id)
        if group is None:
            return replace(draft, place=as_kept(origin.title) or draft.place)
        return replace(draft, group_id=group.id, message_id=origin.message_id)
    if draft.group_id is not None or draft.place:
        return draft
    alike = await work.findings.of_moment(origin.at, found) if found else ()
    messages = {(each.group_id, each.message_id) for each in alike}
    if len({group_id for group_id, _ in messages}) != 1:
        return replace(draft, stage=Stage.PLACE)
    group_id, message_id = min(messages)
    return replace(draft, group_id=group_id, message_id=message_id if len(messages) == 1 else None, matched=True)


async def written(work: UnitOfWork, hearing: Hearing, draft: Draft, text: str) -> Draft:
    """The talk after words of one's own: a link, where it was, or what was demanded."""
    link = message_link(text)
    if link is not None:
        group = None if link.chat_id is None else await work.groups.of_chat(link.chat_id)
        words = without_link(text, link) or draft.words
        placed = replace(draft, group_id=None, message_id=None, place=link.text)
        if group is not None:  # whoever pasted it is not told the difference, and so learns nothing of a group
            placed = replace(draft, group_id=group.id, message_id=link.message_id, place="")
        return replace(placed, words=as_kept(words)[:LONGEST], guesses=guesses(hearing, words), stage=Stage.CATEGORY)
    if draft.stage is Stage.PLACE:
        return replace(draft, place=as_kept(text)[:LONGEST], stage=Stage.CATEGORY)
    words = f"{draft.words}\n{text}".strip()
    found = guesses(hearing, words)
    return replace(draft, words=as_kept(words)[:LONGEST], guesses=found, stage=Stage.CATEGORY)


def place_page(language: str) -> Speech:
    """Ask in which group it was."""
    rows = ((button("pick"), button("elsewhere")), (button("stop"),))
    return Speech((Part("report.place.ask"),), language, rows)


def category_page(draft: Draft, language: str) -> Speech:
    """All kinds on one page, those that the text reads like first; a press stores the report."""
    parts = [Part("report.category.ask"), Part(f"report.place.{_place(draft)}")]
    if draft.guesses:
        parts.append(Part("report.category.guess"))
    if draft.open_handed:
        parts.insert(0, Part("report.open.unsure"))
    others = [each for each in Category if each not in draft.guesses]
    rows: list[tuple[Button, ...]] = [(_kind(each, "report.button.guess"),) for each in draft.guesses]
    rows += [tuple(_kind(each) for each in others[at : at + 2]) for at in range(0, len(others), 2)]
    change = "other_group" if draft.matched else "pick"
    last = () if draft.group_id is not None and not draft.matched else (button(change, "pick"),)
    return Speech(tuple(parts), language, (*rows, (*last, button("stop"))))


def _kind(category: Category, label: str = "") -> Button:
    title = f"category.{category}.title"
    shown = Part(label, {"title": Word(title)}) if label else Part(title)
    return Button(shown, f"{ACTION}:c:{category}")


def _place(draft: Draft) -> str:
    """What is said of the place: never whether a group of a link is watched."""
    if draft.matched:
        return "matched"
    if draft.place or draft.message_id is not None:
        return "given"
    return "none" if draft.group_id is None else "picked"


def matter(draft: Draft | Report, category: Category) -> str:
    """What is told of, as by this it is known whether one person tells it twice."""
    about = f"group {draft.group_id}" if draft.group_id is not None else f"{draft.place}\n{draft.words}"
    return f"{category} {about}"


def number() -> int:
    """A random number for a report or a note, in which is no order of arrival."""
    return secrets.randbits(62) + 1


async def store(work: UnitOfWork, hearing: Hearing, draft: Draft, category: Category) -> Draft:
    """Keep the report: its day alone, held until the next batch. Returns the talk with the receipt."""
    digits = "".join(secrets.choice("0123456789") for _ in range(RECEIPT_DIGITS))
    report = Report(
        *(number(), hearing.today, category, hearing.vault.digest(RECEIPT, digits)),
        group_id=draft.group_id,
        message_id=draft.message_id,
        words=draft.words,
        place=draft.place,
        open_handed=draft.open_handed,
    )
    await work.reports.add(report)
    return replace(draft, stage=Stage.STORED, report_id=report.id, digits=digits, guesses=(category,))


def stored_page(draft: Draft, language: str, *, known: bool = False) -> Speech:
    """The receipt, until it is confirmed; then what may still be done. `known` is who chose that the office knows."""
    afterwards = ((button("note"), button("unknown" if known else "known")), (button("another"),))
    if not draft.digits:
        parts: Sequence[Part] = (Part("report.saved"),)
        return Speech(tuple(parts), language, ((button("clear"),), *afterwards))
    parts = [_stored_title(draft), Part("report.stored.receipt", {"receipt": receipt_shown(draft.digits)})]
    parts.append(Part("report.stored.how_known" if known else "report.stored.how"))
    if draft.open_handed:
        parts.append(Part("report.open.seen"))
    return Speech(tuple(parts), language, ((button("saved"),), *afterwards))


def _stored_title(draft: Draft) -> Part:
    """That it is kept; as which kind where its author did not choose it among all."""
    if not draft.in_group or not draft.guesses:
        return Part("report.stored.title")
    return Part("report.stored.kind", {"category": Word(f"category.{draft.guesses[0]}.title")})

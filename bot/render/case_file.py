"""The file of a case as paragraphs of a document, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from bot.core.case_file import Dossier, ReportEntry
from bot.core.cases import Event
from bot.core.reports import ReportState
from bot.render.document import Paragraph, Style
from bot.texts import Catalogue


def paragraphs(dossier: Dossier, words: Catalogue, zone: tzinfo) -> Sequence[Paragraph]:
    """What it is, how it stands, its history, and the reports behind it."""
    case = dossier.case
    named = any(each.known for each in dossier.reports)
    gone = "emptied" if case.emptied else "sealed_off" if case.sealed_off else ""
    return [
        Paragraph(Style.TITLE, words("case_file.title", number=case.id)),
        Paragraph(Style.BODY, words("case_file.office_named" if named else "case_file.office_only")),
        *([Paragraph(Style.BODY, words(f"case_file.{gone}"))] if gone else []),
        *(Paragraph(Style.ITEM, line) for line in outline(dossier, words)),
        Paragraph(Style.HEADING, words("case_file.history")),
        *_history(dossier.events, words, zone),
        Paragraph(Style.HEADING, words("case_file.reports", count=len(dossier.reports))),
        *_reports(dossier.reports, words),
    ]


def outline(dossier: Dossier, words: Catalogue) -> Iterator[str]:
    """How the case stands, line by line; what is not known is left out."""
    case = dossier.case
    shown = words("digest.between").join(words(f"case_file.word.shown.{each}") for each in sorted(case.shown))
    lines: tuple[tuple[str, object], ...] = (
        ("category", words(f"category.{case.category}.title")),
        ("group", dossier.group),
        ("place", case.place),
        ("unit", dossier.unit),
        ("state", words(f"case.state.{case.state}")),
        ("opened_on", case.opened_on),
        ("moved_on", case.moved_on),
        ("due", case.due),
        ("outcome", case.outcome and words(f"case.state.{case.outcome}")),
        ("clearing", case.clearing and words(f"case.clearing.{case.clearing}")),
        ("shown", shown),
        ("findings", case.findings or None),
        ("reports", case.reports or None),
        ("words_until", None if case.emptied else case.words_until),
    )
    for name, value in lines:
        if value:
            yield words("case_file.line", name=words(f"case_file.field.{name}"), value=value)


def _history(events: Sequence[Event], words: Catalogue, zone: tzinfo) -> Iterator[Paragraph]:
    if not events:
        yield Paragraph(Style.BODY, words("case_file.no_steps"))
    for each in events:
        clearing = "" if each.clearing is None else words(f"case.clearing.{each.clearing}")
        fields = {"at": f"{each.at.astimezone(zone):%Y-%m-%d %H:%M}", "role": words(f"role.{each.by}")}
        key = "case_file.step_undone" if each.undone else "case_file.step"
        step = words(f"case.step.{each.step}") + (f" · {clearing}" if clearing else "")
        yield Paragraph(Style.BODY, words(key, step=step, **fields))
        if each.words:
            yield Paragraph(Style.ITEM, each.words)


def _reports(reports: Sequence[ReportEntry], words: Catalogue) -> Iterator[Paragraph]:
    for number, each in enumerate(reports, 1):
        withdrawn = each.state is ReportState.WITHDRAWN
        key = "case_file.report_withdrawn" if withdrawn else "case_file.report"
        yield Paragraph(Style.BODY, words(key, number=number, day=each.day))
        named = (("place", each.place), ("group", each.group), ("message", each.message_id), ("known", each.known))
        for name, value in named:
            if value:
                yield Paragraph(Style.ITEM, words("case_file.line", name=words(f"case_file.field.{name}"), value=value))
        if each.open_handed:
            yield Paragraph(Style.ITEM, words("case_file.open_handed"))
        if each.words:
            yield Paragraph(Style.ITEM, each.words)
        for note in each.talk:
            key = "case_file.asked" if note.from_office else "case_file.told"
            yield Paragraph(Style.ITEM, words(key, day=note.day, words=note.words))


def as_json(dossier: Dossier, zone: tzinfo) -> bytes:
    """The file as JSON, with codes for words and days in ISO form."""
    case = dossier.case
    tree: dict[str, Any] = {
        "case": case.id,
        "category": case.category,
        "state": case.state,
        "group": dossier.group,
        "place": case.place,
        "unit": dossier.unit,
        "opened_on": case.opened_on,
        "moved_on": case.moved_on,
        "due": case.due,
        "heard": case.heard,
        "objected": case.objected,
        "outcome": case.outcome,
        "clearing": case.clearing,
        "shown": sorted(case.shown),
        "findings": case.findings,
        "report_count": case.reports,
        "words_sealed_off": case.sealed_off,
        "words_deleted": case.emptied,
        "words_until": case.words_until,
        "history": [_event(each, zone) for each in dossier.events],
        "reports": [_report(each) for each in dossier.reports],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=2, default=str) + "\n").encode(errors="replace")


def _event(each: Event, zone: tzinfo) -> dict[str, Any]:
    at = each.at.astimezone(zone).isoformat(timespec="seconds")
    step = {"step": each.step, "by": each.by, "before": each.before, "after": each.after, "at": at}
    return {**step, "words": each.words, "clearing": each.clearing, "undone": each.undone}


def _report(each: ReportEntry) -> dict[str, Any]:
    tree: dict[str, Any] = {"day": each.day, "state": each.state, "words": each.words, "place": each.place}
    tree |= {"group": each.group, "message_id": each.message_id, "open_handed": each.open_handed}
    tree["talk"] = [{"day": note.day, "from_office": note.from_office, "words": note.words} for note in each.talk]
    return tree | ({"known": each.known} if each.known else {})

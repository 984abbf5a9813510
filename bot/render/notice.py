"""The draft of a quarter's notice: paragraphs for a person to edit."""

from collections.abc import Iterator, Sequence

from bot.core.campaign import Campaign, Fate
from bot.core.digest import GOAL
from bot.core.ledger import Evidence
from bot.core.model import Category
from bot.core.notice import Notice, Told
from bot.render.document import Paragraph, Style
from bot.texts import Catalogue


def draft(notice: Notice, words: Catalogue) -> Sequence[Paragraph]:
    """The paragraphs: what it is, the figures, problems, good examples, and what must be done before it is sent."""
    data = notice.data
    place = {"year": data.last.year, "number": (data.last.month + 2) // 3}
    return [
        Paragraph(Style.TITLE, words("digest.notice.title", **place)),
        Paragraph(Style.BODY, words("digest.notice.draft")),
        Paragraph(Style.HEADING, words("digest.notice.figures")),
        *(Paragraph(Style.ITEM, line) for line in _figures(notice, words)),
        Paragraph(Style.HEADING, words("digest.notice.problems")),
        Paragraph(Style.BODY, words("digest.notice.cases" if notice.confirmed else "digest.notice.no_case")),
        *(Paragraph(Style.ITEM, _told("confirmed", each, words)) for each in notice.confirmed),
        *(Paragraph(Style.BODY, line) for line in _beside_cases(notice, words)),
        *(Paragraph(Style.ITEM, line) for line in _categories(notice, words)),
        Paragraph(Style.HEADING, words("digest.notice.examples")),
        Paragraph(Style.BODY, words("digest.notice.good" if notice.examples else "digest.notice.no_example")),
        *(Paragraph(Style.ITEM, _told("corrected", each, words)) for each in notice.examples),
        Paragraph(Style.HEADING, words("digest.notice.before_sending")),
        *(Paragraph(Style.ITEM, words(f"digest.notice.check_{number}")) for number in range(1, 5)),
    ]


def _figures(notice: Notice, words: Catalogue) -> Iterator[str]:
    data, moved = notice.data, notice.moved
    yield words("digest.notice.sight", groups=data.groups, messages=data.load.messages)
    yield words("digest.notice.findings", now=data.findings, before=data.findings_before, wrong=data.taken_back)
    if data.over_now is not None and notice.over_first is not None:
        first, now = notice.over_first, data.over_now
        label = words("label.local" if data.cap_is_local else "label.policy")
        counts = {"first": first[0], "first_units": first[1], "now": now[0], "units": now[1]}
        yield words("digest.notice.over", label=label, cap=data.cap, **counts)
    yield from _moved(moved, words)
    if data.base_forms:
        goal = int(data.base_forms * (1 - GOAL))
        forms = {"sum": data.forms_year, "base_year": data.base_year, "base": data.base_forms, "goal": goal}
        yield words("digest.notice.forms_base", now=data.forms, before=data.forms_before, year=data.last.year, **forms)
    else:
        yield words("digest.notice.forms", now=data.forms, before=data.forms_before)
    yield words("digest.notice.urgent", count=data.windows, hours=data.window_hours)
    if data.unseen:
        yield words("digest.notice.unseen", count=len(data.unseen), groups=data.unseen_groups)


def _moved(moved: Campaign, words: Catalogue) -> Iterator[str]:
    """What became of the groups, and how that is known."""
    yield words("digest.notice.moved", found=moved.found, **{fate.value: moved.count(fate) for fate in Fate})
    if moved.count(Fate.MERGED):
        yield words("digest.notice.relieved", count=moved.relieved)
    if moved.unproven:
        yield words("digest.notice.unproven", count=moved.unproven)
    for evidence in Evidence:
        count = sum(case.evidence is evidence for case in moved.cases)
        if count:
            yield words(f"digest.notice.evidence_{evidence}", count=count)


def _categories(notice: Notice, words: Catalogue) -> Iterator[str]:
    """The suspected categories in the order of the rules, each with the document that speaks of it."""
    for category, now, then in notice.data.shown:
        clause = notice.clauses.get(category)
        fields = {"category": _title(category, words), "now": now, "before": then, "clause": clause or ""}
        yield words("digest.notice.category" if clause else "digest.notice.category_alone", **fields)


def _told(outcome: str, told: Told, words: Catalogue) -> str:
    """A case in the office's own words, on one line."""
    fields = {"charge": " ".join(told.charge.split()), "decision": " ".join(told.decision.split())}
    category = _title(told.category, words)
    return words(f"digest.notice.{outcome}", number=told.number, category=category, day=told.decided_on, **fields)


def _beside_cases(notice: Notice, words: Catalogue) -> Iterator[str]:
    if notice.wordless:
        yield words("digest.notice.wordless", count=notice.wordless)
    if notice.confirmed and notice.data.shown:
        yield words("digest.notice.suspected")


def _title(category: Category, words: Catalogue) -> str:
    return words(f"category.{category}.title")

"""The draft of a quarter's notice: paragraphs, as Markdown or as a document of Word, for a person to edit."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import BinaryIO

from bot.core.campaign import Campaign, Fate
from bot.core.digest import GOAL
from bot.core.ledger import Evidence
from bot.core.model import Category
from bot.core.notice import Notice
from bot.texts import Catalogue


class Style(StrEnum):
    """What a paragraph is."""

    TITLE = "Title"
    HEADING = "Heading1"
    BODY = "Normal"
    ITEM = "ListBullet"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    style: Style
    text: str


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
        Paragraph(Style.BODY, words("digest.notice.no_case")),
        *(Paragraph(Style.ITEM, line) for line in _categories(notice, words)),
        Paragraph(Style.HEADING, words("digest.notice.examples")),
        Paragraph(Style.BODY, words("digest.notice.no_example")),
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


def _title(category: Category, words: Catalogue) -> str:
    return words(f"category.{category}.title")


def write_markdown(out: BinaryIO, paragraphs: Sequence[Paragraph]) -> None:
    """Write the draft as Markdown."""
    signs = {Style.TITLE: "# ", Style.HEADING: "## ", Style.BODY: "", Style.ITEM: "- "}
    lines: list[str] = []
    for place, each in enumerate(paragraphs):
        if place and not (each.style is Style.ITEM and paragraphs[place - 1].style is Style.ITEM):
            lines.append("")
        lines.append(signs[each.style] + each.text)
    out.write(("\n".join(lines) + "\n").encode())


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_LOOKS = {
    Style.TITLE: ('<w:jc w:val="center"/><w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/>'),
    Style.HEADING: ('<w:spacing w:before="240" w:after="80"/>', '<w:b/><w:sz w:val="30"/>'),
    Style.BODY: ('<w:spacing w:line="360" w:lineRule="auto"/>', '<w:sz w:val="28"/>'),
    Style.ITEM: ('<w:spacing w:line="360" w:lineRule="auto"/><w:ind w:left="420"/>', '<w:sz w:val="28"/>'),
}


def write_docx(out: BinaryIO, paragraphs: Sequence[Paragraph]) -> None:
    """Write the draft as a document that Word and WPS open: plain paragraphs, no macro, no link, no field."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _RELATIONS)
        book.writestr("word/document.xml", _DOCUMENT.format("".join(map(_paragraph, paragraphs))))


def _paragraph(each: Paragraph) -> str:
    layout, look = _LOOKS[each.style]
    text = escape(("• " if each.style is Style.ITEM else "") + each.text)
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{layout}</w:pPr>{run}</w:p>"

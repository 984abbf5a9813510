"""A document of paragraphs, as Markdown or as a file of Word: no macro, no link, no field, and for a person to edit."""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import BinaryIO

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document of Word can hold."""


class Style(StrEnum):
    """What a paragraph is."""

    TITLE = "Title"
    HEADING = "Heading1"
    BODY = "Normal"
    ITEM = "ListBullet"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text; its lines stand below one another."""

    style: Style
    text: str


def write_markdown(out: BinaryIO, paragraphs: Sequence[Paragraph]) -> None:
    """Write a document as Markdown; lines of a paragraph become one."""
    signs = {Style.TITLE: "# ", Style.HEADING: "## ", Style.BODY: "", Style.ITEM: "- "}
    lines: list[str] = []
    for place, each in enumerate(paragraphs):
        if place and not (each.style is Style.ITEM and paragraphs[place - 1].style is Style.ITEM):
            lines.append("")
        lines.append(signs[each.style] + " ".join(each.text.splitlines()))
    out.write(("\n".join(lines) + "\n").encode(errors="replace"))


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
    """Write a document that Word and WPS open: plain paragraphs, no macro, no link, no field."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _RELATIONS)
        book.writestr("word/document.xml", _DOCUMENT.format("".join(map(_paragraph, paragraphs))))


def _paragraph(each: Paragraph) -> str:
    layout, look = _LOOKS[each.style]
    plain = escape(UNWRITABLE.sub("", ("• " if each.style is Style.ITEM else "") + each.text))
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in plain.splitlines() or [""])
    run = f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>"
    return f"<w:p><w:pPr>{layout}</w:pPr>{run}</w:p>"

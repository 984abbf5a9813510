"""The parts of an xlsx beside its rows: which sheets there are, their shared texts, which styles are dates."""

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from bot.sheets.raw import Refused

MOST_UNPACKED = 512 << 20
"""Bytes of all parts, unpacked; an honest ledger of 100,000 rows has a third of it."""
MOST_PARTS = 10_000
LARGEST_PART = 32 << 20
"""Bytes of a part that is read as a whole: the list of sheets, the styles."""

_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The formats of dates and times that need not be spelt out, those of Chinese programs among them."""
_NOT_SAID = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class SheetPart(NamedTuple):
    """A sheet: its name, the part with its rows, and whether it is shown."""

    name: str
    part: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """The shared texts, which may be as many as cells: one after the other in UTF-8."""

    held: bytearray
    ends: "array[int]"

    def __getitem__(self, number: int) -> str:
        begin = self.ends[number - 1] if number else 0
        return self.held[begin : self.ends[number]].decode()

    def __len__(self) -> int:
        return len(self.ends)


def open_zip(path: str) -> ZipFile:
    """The workbook, when it is one of a bearable size; else raises `Refused`."""
    try:
        archive = ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused("broken") from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")
    names = {part.filename for part in parts}
    if _BOOK not in names:
        if names & _DOCUMENTS:
            raise Refused("unknown")
        raise Refused("archive")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    return archive


def sheets_of(archive: ZipFile) -> tuple[list[SheetPart], bool]:
    """The sheets with rows, in their order; and whether days are counted from 1904."""
    targets = {each.get("Id"): each for each in _tree(archive, _RELATIONS)} if _has(archive, _RELATIONS) else {}
    found, from_1904 = [], False
    for each in _tree(archive, _BOOK).iter():
        kind = _local(each.tag)
        if kind == "workbookPr":
            from_1904 = each.get("date1904") in {"1", "true"}
        elif kind == "sheet":
            key = next((value for name, value in each.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key)
            if target is not None and target.get("Type", "").endswith("/worksheet"):
                part = _path(target.get("Target", ""))
                if _has(archive, part):
                    shown = each.get("state", "visible") == "visible"
                    found.append(SheetPart(each.get("name", ""), part, shown))
    return found, from_1904


def date_styles(archive: ZipFile) -> frozenset[str]:
    """The numbers of the styles that show a number as a date or time."""
    if not _has(archive, _STYLES):
        return frozenset()
    root = _tree(archive, _STYLES)
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in root.iter() if _local(each.tag) == "numFmt"}
    styles = next((each for each in root if _local(each.tag) == "cellXfs"), ())
    return frozenset(str(number) for number, each in enumerate(styles) if _is_date(each.get("numFmtId", "0"), own))


def parts_of(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces."""
    with archive.open(name) as source:
        while chunk := source.read(1 << 18):
            yield chunk


def shared_texts_part(archive: ZipFile) -> str | None:
    """The part with the shared texts."""
    return next((name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"), None)


def _is_date(format_id: str, own: Mapping[str | None, str]) -> bool:
    if format_id in own:
        return bool(set(_NOT_SAID.sub("", own[format_id]).lower()) & set("ymdhs"))
    return format_id.isdecimal() and int(format_id) in _DATES


def _tree(archive: ZipFile, name: str) -> ET.Element:
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise Refused("bomb")
    return ET.fromstring(archive.read(name))  # noqa: S314 - expat bounds entities, and time and memory are limited


def _has(archive: ZipFile, name: str) -> bool:
    return name in archive.NameToInfo


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _path(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"

"""What the parser does not tell of an xlsx: how large it grows, and which cells hold no value but a fault."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from bot.sheets.raw import Refused
from bot.sheets.values import Fault, column_of

MOST_UNPACKED = 512 << 20
"""Bytes of all parts, unpacked; an honest ledger of 100,000 rows has a quarter of it."""
MOST_PARTS = 10_000
MOST_FAULTS = 10_000

_CHUNK = 1 << 20
_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
_LONGEST_CELL = 1 << 16
_ERROR = re.compile(rb'<c\s[^>]*\bt="e"[^>]*>')
_BARE = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(<v\s*/>|<v>\s*</v>)?\s*</c>")
_TAG = re.compile(rb"<c\s[^>]*>")
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def check_zip(path: str) -> None:
    """Raise `Refused` unless this is a workbook of a bearable size."""
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused("broken") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        if names & _DOCUMENTS:
            raise Refused("unknown")
        raise Refused("archive")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")


def faults_of(path: str, sheet: str) -> dict[tuple[int, int], Fault]:
    """The cells of a sheet that hold an error, or a formula without its result; by row from 1 and column from 0."""
    faults: dict[tuple[int, int], Fault] = {}
    with ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        for text in _windows(archive, part) if part else ():
            for tag, fault in _faults_in(text):
                if match := _ADDRESS.search(tag):
                    faults[int(match[2]), column_of(match[1].decode())] = fault
            if len(faults) >= MOST_FAULTS:
                break
    return faults


def _faults_in(text: bytes) -> Iterator[tuple[bytes, Fault]]:
    """The tags of the faulty cells. An empty text is a result, and has the type of a text."""
    if b't="e"' in text:
        for found in _ERROR.finditer(text):
            yield found[0], Fault.ERROR
    if b"<f" not in text:
        return
    for found in _BARE.finditer(text):
        start = text.rfind(b"<c ", max(0, found.start() - _LONGEST_CELL), found.start())
        tag = _TAG.match(text, start) if start >= 0 else None
        if tag and not (found[1] and b't="str"' in tag[0]):
            yield tag[0], Fault.UNCOMPUTED


def _windows(archive: ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part in pieces that end with a cell or, without any, overlap."""
    rest = b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            text = rest + chunk
            end = text.rfind(b"</c>") + 4
            if end < 4:
                rest = text[-_LONGEST_CELL:]
                continue
            yield text[:end]
            rest = text[end:]
    yield rest


def _part_of(archive: ZipFile, sheet: str) -> str | None:
    """The name of the part that holds a sheet."""
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat bounds entities, and memory is limited
    wanted = next((each for each in book.iter() if each.tag.endswith("}sheet") and each.get("name") == sheet), None)
    key = wanted.get(_RELATION) if wanted is not None else None
    if key is None or "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return None
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next((each.get("Target", "") for each in relations if each.get("Id") == key), "")
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return part if part in archive.namelist() else None

"""Telling by content alone what a file is: names lie (.xls is often a page, .et is a workbook)."""

import re
from pathlib import Path

from bot.core.errors import BadSheet
from bot.sheets.raw import SheetKind

LARGEST_FILE = 128 << 20
"""Bytes of a file at most."""

_FRONT = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table|<meta|<style|<div)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def recognise(path: Path, file: str) -> SheetKind:
    """What the file is, or `BadSheet` with the reason why it cannot be read; raises `OSError` as `open` does."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise BadSheet("too_large", file=file)
    with path.open("rb") as source:
        front = source.read(_FRONT)
    if not front.strip():
        raise BadSheet("empty", file=file)
    if front.startswith(_ZIP):
        return SheetKind.XLSX
    if front.startswith(_OLE):
        return SheetKind.XLS
    if front.startswith(_ARCHIVES):
        raise BadSheet("archive", file=file)
    text = front.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(text) or _PAGE.match(text.replace(b"\0", b"")[2:]):
        raise BadSheet("html", file=file)
    if _XML.match(text):
        raise BadSheet("html" if b"<html" in text.lower() else "xml", file=file)
    if front.startswith(b"%PDF") or (b"\0" not in front and _CONTROL.search(front)):
        raise BadSheet("unknown", file=file)
    return SheetKind.CSV

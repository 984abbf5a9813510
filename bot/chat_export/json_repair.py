"""Decoding one JSON value that may carry the known faults of real exports."""

import json
import re
from collections import Counter
from enum import StrEnum

import orjson

_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})"
    r"|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r"|.)",
    re.DOTALL,
)
_UNQUOTED_ID = re.compile(r'("document_id":[ \t]*)([^"\s][^"\n]*)(?=\n)')
_PLAIN_ID = re.compile(r"-?\d+|null")
_LENIENT = json.JSONDecoder(strict=False)


class Unreadable(StrEnum):
    """Why a value was passed over: too large, nested too deeply, or no JSON even when repaired."""

    OVERSIZED = "oversized_value"
    TOO_DEEP = "too_deep"
    BROKEN = "broken"


def decode(raw: bytes, repairs: Counter[str]) -> object:
    r"""Return the value of `raw`, repaired and counted where needed, or why it cannot be read.

    Repairs are `bad_utf8`, `control_escape` (Telegram Desktop writes a control character as `\x1F`),
    `lone_surrogate` (half of a character) and `unquoted_document_id` (Telegram Desktop 4.1).
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return _decode_repaired(raw, repairs)


def _decode_repaired(raw: bytes, repairs: Counter[str]) -> object:
    made: Counter[str] = Counter()
    text = _repaired(raw, made)
    try:
        value = _decode_leniently(text)
    except RecursionError:
        return Unreadable.TOO_DEEP
    except ValueError:
        return Unreadable.BROKEN
    repairs.update(made)
    return value


def _decode_leniently(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _LENIENT.decode(text)


def _repaired(raw: bytes, made: Counter[str]) -> str:
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd") - raw.count(b"\xef\xbf\xbd")
    if lost:
        made["bad_utf8"] = lost
    text = _ESCAPE.sub(lambda match: _escape(match, made), text)
    return _UNQUOTED_ID.sub(lambda match: _document_id(match, made), text)


def _escape(match: re.Match[str], made: Counter[str]) -> str:
    control, surrogate = match.groups()
    if control:
        made["control_escape"] += 1
        return f"\\u00{control}"
    if surrogate:
        made["lone_surrogate"] += 1
        return "\\ufffd"
    return match.group()


def _document_id(match: re.Match[str], made: Counter[str]) -> str:
    value = match.group(2).rstrip()
    comma = "," if value.endswith(",") else ""
    value = value.removesuffix(",")
    if _PLAIN_ID.fullmatch(value):
        return match.group()
    made["unquoted_document_id"] += 1
    return f"{match.group(1)}{json.dumps(value)}{comma}"

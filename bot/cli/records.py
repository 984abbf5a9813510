"""Reads messages given as JSON lines; a line that cannot be used is an error with its reason."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from math import isfinite
from typing import Any, BinaryIO, NoReturn, TypeAlias

from bot.core.errors import BadInput, BadMoment
from bot.core.model import Message, SenderRole
from bot.core.quotes import quoted_spans
from bot.core.worktime import WorkTime

Record: TypeAlias = dict[str, Any]

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of a line; a longer one is passed over, so that a file without line breaks does no harm."""

_FIRST_YEAR, _LAST_YEAR = 1971, 2999
"""Years that are believed, as in exports; beyond them a zone or a working day may lie outside of all time."""
_MOMENT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s?(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ROLES = {True: SenderRole.ADMIN, False: SenderRole.MEMBER, None: SenderRole.UNKNOWN}


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines of a stream that hold anything, with their numbers; None stands for one too long."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            yield number, line


def read_record(line: bytes | None) -> Record:
    """Return the JSON object of a line; raises `BadInput` for all else, NaN and Infinity included."""
    if line is None:
        raise BadInput("line_too_long")
    try:
        record = json.loads(line.decode("utf-8"), parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError):
        raise BadInput("not_json") from None
    if not isinstance(record, dict):
        raise BadInput("not_object")
    return record


def read_message(record: Record, worktime: WorkTime) -> Message:
    """Return the message of a record; its id is the JSON text of the record's, so that the type survives.

    Raises `BadInput` that names the field which is missing or of a wrong type, `BadMoment` for `at`.
    """
    text = clean(_field(record, "text", str))
    admin = _field(record, "sender_is_admin", bool, None)
    chat = _field(record, "chat", str, int, None)
    return Message(
        id=json.dumps(_field(record, "id", str, int, float)),
        text=text,
        at=read_moment(_field(record, "at", str), worktime),
        chat="" if chat is None else str(chat),
        unit=_field(record, "unit", str, None) or "",
        role=_ROLES[admin],
        quotes=quoted_spans(text),
        columns=tuple(read_texts(record, "columns")),
    )


def read_texts(record: Record, name: str) -> list[str]:
    """Return a field that is a list of texts; empty where it is missing."""
    values: list[object] = _field(record, name, list, None) or []
    if not all(isinstance(value, str) for value in values):
        raise BadInput("wrong_type", field=name)
    return [clean(str(value)) for value in values]


def clean(text: str) -> str:
    """Replace each lone surrogate, which no encoding holds, by one other character."""
    return _SURROGATE.sub("\ufffd", text)


def read_moment(text: str, worktime: WorkTime) -> datetime:
    """Return the moment that a text such as `2026-03-10 21:40` names, in the unit's zone unless it has one.

    Raises `BadMoment` for any other text; a date alone is no moment.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise BadMoment("time", value=text[:40])
    *numbers, zone = match.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadMoment("time", value=text[:40])
    iso = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{(zone or '').upper()}"
    try:
        return worktime.local(datetime.fromisoformat(iso))
    except ValueError:
        raise BadMoment("time", value=text[:40]) from None


def _field(record: Record, name: str, *kinds: type | None) -> Any:
    if name not in record:
        if None in kinds:
            return None
        raise BadInput("missing_field", field=name)
    value = record[name]
    if value is None and None in kinds:
        return None
    if type(value) not in kinds:
        raise BadInput("wrong_type", field=name)
    return value


def _finite(number: str) -> float:
    value = float(number)
    return value if isfinite(value) else _no_number(number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)

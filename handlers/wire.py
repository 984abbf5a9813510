"""The platform's JSON, read with patience: one update that cannot be read must not hold up those beside it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson
from telegram.error import TelegramError

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_NUMBER = re.compile(rb"\s*:\s*(\d{1,19})(?![\d.eE])")
_UPDATE_ID = b'"update_id"'


class Unread(dict[str, Any]):
    """An update of which only the number could be read, as of one that is nested beyond all measure."""


def read_answer(payload: bytes) -> dict[str, Any]:
    """The JSON of an answer; raises `TelegramError` when it is none."""
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        answer = _read_slowly(payload)
    if not isinstance(answer, dict):
        raise TelegramError("Invalid server response")
    return answer


def _read_slowly(payload: bytes) -> Any:
    """What orjson refuses: half surrogates, and updates of which one is nested too deep, which is left unread."""
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except RecursionError:
        updates = [_update(piece) for piece in _pieces(payload)]
        return {"ok": True, "result": [update for update in updates if update]} if any(updates) else None
    except ValueError:
        return None


def _pieces(payload: bytes) -> Iterator[bytes]:
    """The objects in the list `result` of an answer."""
    depth, start, listed = 0, 0, False
    for token in _TOKEN.finditer(payload):
        sign = token[0]
        if sign in b"[{":
            listed = listed and (depth > 1 or sign == b"[")
            depth += 1
            start = token.start() if depth == 3 else start
        elif sign in b"]}":
            depth -= 1
            if listed and depth == 2:
                yield payload[start : token.end()]
        elif depth == 1:
            listed = sign == b'"result"'


def _update(piece: bytes) -> dict[str, Any] | None:
    try:
        update = read_answer(piece)
    except TelegramError:
        number = update_id_of(piece)
        return None if number is None else Unread(update_id=number)
    return update


def update_id_of(body: bytes) -> int | None:
    """The number of an update, also where the rest of it cannot be read; None when there is none."""
    try:
        update: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        try:
            update = json.loads(body)
        except RecursionError:
            return _stated_id(body)
        except ValueError:
            return None
    number: Any = update.get("update_id") if isinstance(update, dict) else None
    return number if is_number(number) else None


def _stated_id(body: bytes) -> int | None:
    depth = 0
    for token in _TOKEN.finditer(body):
        depth += (token[0] in b"[{") - (token[0] in b"]}")
        found = _NUMBER.match(body, token.end()) if depth == 1 and token[0] == _UPDATE_ID else None
        if found is not None:
            return int(found[1]) if is_number(int(found[1])) else None
    return None


def as_json(update: object) -> bytes:
    """An update as it is stored; empty for one that cannot be read, so that it is set aside."""
    if isinstance(update, Unread):
        return b""
    try:
        return orjson.dumps(update)
    except TypeError:
        try:
            return json.dumps(update).encode()
        except RecursionError:
            return b""


def is_number(number: object) -> bool:
    """Whether this can be the number of an update, and be stored as one."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63

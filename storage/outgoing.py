"""Entries of the outbox as bytes and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from bot.core.speech import Act, Attachment, Button, FileKind, Keys, Outgoing, Part, PostKind, Speech, Value, Word


def dump_outgoing(outgoing: Outgoing) -> bytes:
    """An entry as JSON; a field that is a key of the catalogue becomes an object."""
    return orjson.dumps(outgoing, default=dict)


def load_outgoing(payload: bytes) -> Outgoing:
    """The entry again."""
    tree: dict[str, Any] = orjson.loads(payload)
    tree["kind"], tree["act"] = PostKind(tree["kind"]), Act(tree["act"])
    tree["speech"] = None if tree["speech"] is None else _speech(tree["speech"])
    for name in ("not_before", "drop_after"):
        tree[name] = None if tree[name] is None else datetime.fromisoformat(tree[name])
    file = tree.get("file")
    tree["file"] = None if file is None else Attachment(FileKind(file["kind"]), file["data"])
    tree["keys"] = None if tree.get("keys") is None else Keys(tree["keys"])
    return Outgoing(**tree)


def _speech(tree: Mapping[str, Any]) -> Speech:
    parts = tuple(_part(part) for part in tree["parts"])
    return Speech(parts, tree["language"], tuple(tuple(_button(each) for each in row) for row in tree["buttons"]))


def _button(tree: Mapping[str, Any]) -> Button:
    return Button(_part(tree["label"]), tree["data"], tree["url"])


def _part(tree: Mapping[str, Any]) -> Part:
    return Part(tree["key"], {name: _value(value) for name, value in tree["fields"].items()}, tree["follows"])


def _value(value: Any) -> Value:
    return Word(value["key"]) if isinstance(value, dict) else value

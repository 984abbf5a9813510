"""What the log keeps of a change to a unit or a row of the ledger: the fields that differ, as plain values."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Any, TypeAlias

from bot.core.approvals import Approval
from bot.core.changes import Change, Role
from bot.core.ledger import LedgerObject
from bot.core.units import Unit

UNIT = "unit"
OBJECT = "object"
APPROVAL = "approval"
CASE = "case"
SEALED = "(sealed)"
"""Stands for what the log must not repeat: how somebody is reached."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change: a role, and a keyed hash (empty for the bot itself and the command line of the host)."""

    role: Role
    actor: str = ""


SYSTEM = Author(Role.SYSTEM)
"""The bot itself, from an event or a date."""
HOST = Author(Role.OFFICE)
"""The office at the command line of its machine."""

Thing: TypeAlias = Unit | LedgerObject | Approval
_NOUNS: Mapping[type, str] = {Unit: UNIT, LedgerObject: OBJECT, Approval: APPROVAL}
_DEFAULTS: Mapping[type, Mapping[str, Any]] = {
    kind: {each.name: None if each.default is MISSING else each.default for each in fields(kind) if each.name != "id"}
    for kind in _NOUNS
}


def change_of(before: Thing | None, after: Thing, author: Author, at: datetime, reason: str = "") -> Change | None:
    """The change from one state to another of the same thing, or its coming; None when nothing differs."""
    old, new = {}, {}
    for name, default in _DEFAULTS[type(after)].items():
        was, now = default if before is None else getattr(before, name), getattr(after, name)
        if was != now:
            old[name], new[name] = _plain(was, name), _plain(now, name)
    if not new:
        if before is not None:
            return None
        new["name"] = after.name
    noun = _NOUNS[type(after)]
    return Change(at, author.role, noun, after.id, {} if before is None else old, new, author.actor, reason)


def removal_of(before: Thing, author: Author, at: datetime, reason: str = "") -> Change:
    """The change by which a thing goes."""
    old = {
        name: _plain(value, name)
        for name, default in _DEFAULTS[type(before)].items()
        if (value := getattr(before, name)) != default
    }
    return Change(at, author.role, _NOUNS[type(before)], before.id, old, {}, author.actor, reason)


def _plain(value: Any, name: str) -> str | int | bool | None:
    if name == "contacts":
        return SEALED if value else None
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)

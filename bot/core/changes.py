"""Changes of the ledger: who, when, before and after; appended, never altered, each sealed to the one before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeAlias

State: TypeAlias = Mapping[str, str | int | bool | None]
"""The fields of a thing as plain values; only those that changed."""

FIRST = "0" * 64
"""What stands for the change before the first one."""


class Role(StrEnum):
    """Who sees what, the widest first; also who made a change."""

    OFFICE = "office"
    UNIT_CONTACT = "unit_contact"
    GROUP_ADMIN = "group_admin"
    MEMBER = "member"
    SYSTEM = "system"  # the bot itself, from an event or a date


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `actor` is a keyed hash, empty for the bot itself and for the command line of the host."""

    at: datetime
    role: Role
    noun: str  # unit, object, place, binding
    noun_id: int
    before: State
    after: State
    actor: str = ""
    reason: str = ""
    id: int = 0
    previous: str = FIRST
    digest: str = ""

    def computed(self) -> str:
        """The digest that this change must have: SHA-256 over its fields and the digest of the one before it."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [self.previous, at, self.role, self.noun, self.noun_id, dict(self.before), dict(self.after)]
        plain = json.dumps(
            [*fields, self.actor, self.reason], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(plain.encode()).hexdigest()


def chained(changes: Iterable[Change], previous: str | None) -> Iterator[Change]:
    """The changes, each bound to the one before it; `previous` is the digest of the last one that is kept, if any."""
    last = previous or FIRST
    for each in changes:
        linked = replace(each, previous=last)
        last = linked.computed()
        yield replace(linked, digest=last)


def first_broken(changes: Iterable[Change], previous: str | None = None) -> Change | None:
    """The first change that was altered, or before which one is missing; None when the chain is whole."""
    last = previous or FIRST
    for each in changes:
        if each.previous != last or each.computed() != each.digest:
            return each
        last = each.digest
    return None

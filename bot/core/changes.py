"""Changes of the ledger: who, when, before and after; appended, never altered, each sealed to the one before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
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

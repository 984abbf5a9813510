"""The places of the office: its desk, where it works, and its channel, for the digest; bound by one-time codes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.changes import Role

CODE_LASTS = timedelta(minutes=30)
"""How long a one-time code can be used."""


class PlaceKind(StrEnum):
    """Which of its two places a chat is for the office."""

    DESK = "desk"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Place:
    """A chat of the office; `title` as it was when bound."""

    kind: PlaceKind
    chat_id: int
    title: str
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code, kept as a keyed hash.

    `purpose` is what it binds (`desk`, `channel` or `contact`); `unit_id` the unit of a contact.
    """

    digest: str
    purpose: str
    expires_at: datetime
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """A person with a role at a unit: a keyed hash to recognise them, and their sealed id to write to them."""

    person: str
    user_id: int
    role: Role
    unit_id: int | None
    bound_at: datetime

"""A watched group: what its admins stated about it, what follows from a finding there, and what is still open."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum


class GroupKind(StrEnum):
    """Whether a group stays or ends with its project (Baotou 2019 item 21)."""

    STANDING = "standing"
    PROJECT = "project"


class GroupState(StrEnum):
    """How far the bot is in a group."""

    JOINED = "joined"  # added, and not yet set up
    READY = "ready"  # set up; watched once its members were told
    WATCHING = "watching"
    LEFT = "left"  # removed, or left by itself


class Response(StrEnum):
    """What follows from a finding in a group; chosen by its admins."""

    WATCH_ONLY = "watch_only"
    QUIET_SIGN = "quiet_sign"
    PRIVATE_HINT = "private_hint"
    GROUP_HINT = "group_hint"


class SetupStep(StrEnum):
    """What an admin is asked before watching begins, in this order."""

    UNIT = "unit"
    KIND = "kind"
    PURPOSE = "purpose"
    OWNER = "owner"
    END_DATE = "end_date"
    HOURS = "hours"
    LANGUAGE = "language"


class BotRight(StrEnum):
    """The administrator rights that Jianfu can use; it needs none of them to count."""

    DELETE_MESSAGES = "delete_messages"
    PIN_MESSAGES = "pin_messages"
    CHANGE_INFO = "change_info"
    RESTRICT_MEMBERS = "restrict_members"
    MANAGE_TOPICS = "manage_topics"


GENERAL = 1
"""Stands for the General topic of a forum, whose messages name no topic; no other can have this number."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the ledger, as far as the live bot knows it.

    `id` is our own number, 0 before it is stored; `chat_id` the platform's present one. `owner` is a role, never a
    name. `hours` is in the notation of `WorkingHours.parse`, empty for the office's own. `contact` is the user id
    of the admin to be told of a trouble, kept encrypted. `is_admin` and `rights` are the bot's own standing,
    `reads_all` whether privacy mode was off when it joined: without either it sees commands alone.
    """

    chat_id: int
    title: str
    id: int = 0
    state: GroupState = GroupState.JOINED
    is_supergroup: bool = True
    is_forum: bool = False
    unit: str = ""
    kind: GroupKind | None = None
    purpose: str = ""
    owner: str = ""
    end_date: date | None = None
    hours: str | None = None
    zone: str = ""
    language: str = ""
    response: Response = Response.WATCH_ONLY
    exempt_threads: frozenset[int] = frozenset()
    linked_chat_id: int | None = None
    contact: int | None = None
    is_admin: bool = False
    rights: frozenset[BotRight] = field(default_factory=frozenset)
    reads_all: bool = False
    announced_sign: bool = False
    joined_at: datetime | None = None
    watching_since: datetime | None = None
    left_at: datetime | None = None

    def exempts(self, thread_id: int | None) -> bool:
        """Whether messages of a topic are left out; what a forum has outside all topics is in General."""
        topic = GENERAL if thread_id is None and self.is_forum else thread_id
        return topic in self.exempt_threads

    @property
    def sees(self) -> bool:
        """Whether ordinary messages reach the bot: as admin at once, otherwise by privacy mode at its joining."""
        return self.state is not GroupState.LEFT and (self.is_admin or self.reads_all)

    @property
    def next_step(self) -> SetupStep | None:
        """The first question of the set-up that is still open; None when all are answered."""
        answered = {
            SetupStep.UNIT: bool(self.unit),
            SetupStep.KIND: self.kind is not None,
            SetupStep.PURPOSE: bool(self.purpose),
            SetupStep.OWNER: bool(self.owner),
            SetupStep.END_DATE: self.kind is not GroupKind.PROJECT or self.end_date is not None,
            SetupStep.HOURS: self.hours is not None,
            SetupStep.LANGUAGE: bool(self.language),
        }
        return next((step for step, done in answered.items() if not done), None)

    def merged(self, newer: "Group", present: "Group") -> "Group":
        """One group of this and a newer record of the same one, after an upgrade that made two of it.

        What admins stated here stands, and is filled in from the newer where it is open; the bot's own standing is
        that in the `present` chat (one of the two).
        """
        both = replace(
            self,
            chat_id=present.chat_id,
            title=present.title,
            is_supergroup=present.is_supergroup,
            is_forum=present.is_forum,
            unit=self.unit or newer.unit,
            kind=self.kind or newer.kind,
            purpose=self.purpose or newer.purpose,
            owner=self.owner or newer.owner,
            end_date=self.end_date or newer.end_date,
            hours=self.hours if self.hours is not None else newer.hours,
            zone=self.zone or newer.zone,
            language=self.language or newer.language,
            exempt_threads=self.exempt_threads | newer.exempt_threads,
            linked_chat_id=present.linked_chat_id,
            contact=self.contact if self.contact is not None else newer.contact,
            is_admin=present.is_admin,
            rights=present.rights,
            reads_all=present.reads_all,
            announced_sign=self.announced_sign or newer.announced_sign,
            joined_at=self.joined_at or newer.joined_at,
            watching_since=self.watching_since or newer.watching_since,
            left_at=present.left_at,
        )
        watching = both.watching_since is not None and both.next_step is None
        here = GroupState.WATCHING if watching else GroupState.JOINED
        if GroupState.READY in {self.state, newer.state} and GroupState.WATCHING not in {self.state, newer.state}:
            here = GroupState.READY
        return replace(both, state=GroupState.LEFT if present.state is GroupState.LEFT else here)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the bot could not see a group; `until` is None while it lasts."""

    group_id: int
    since: datetime
    reason: str  # privacy, removed, outage
    until: datetime | None = None

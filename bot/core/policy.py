"""What the host settled for the live bot: addresses, limits and times, all of them local settings."""

from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from bot.core.cases import Terms as CaseTerms
from bot.core.dissolve import Terms


class BaseForms(NamedTuple):
    """How many forms were asked for in the base year, against which they are to be cut by half (Wuhan 2020)."""

    year: int
    forms: int

    def __str__(self) -> str:
        return f"{self.year}: {self.forms}"


@dataclass(frozen=True, slots=True)
class Policy:
    """The host's settings, as the services need them; times in the unit that the name says."""

    language: str = "zh-Hans"
    office: str = ""
    """Name of the office that runs the bot."""
    contact: str = ""
    """How to reach it: a telephone number, an address, an @name."""
    host: str = ""
    """Who runs the machine, for /about."""
    filing_number: str = ""
    """备案编号 of the bot, where the jurisdiction asks for one."""
    office_chat: int | None = None
    """The chat of the office: its admins review findings, troubles are told there."""
    channel: int | None = None
    """The channel for the digest, where none is bound in the bot."""
    office_members: frozenset[int] = frozenset()
    """User ids of people of the office beside the admins of its chat."""
    inviters: frozenset[int] = frozenset()
    """User ids that may bring the bot into a group; empty for anybody."""
    units: tuple[str, ...] = ()
    """Units that a group may belong to; offered as buttons. Empty for free entry."""
    prompt_days: tuple[int, ...] = (14, 7, 1, 0)
    """Days before the end of a project group on which its owner is asked; local."""
    grace_days: int = 7
    """Days after the end, at whose end the owner is asked once more; local."""
    dormant_days: int = 60
    """Days without a message after which a group counts as dormant; local."""
    posts_per_week: int = 3
    """The bot's own unasked posts in a group and week."""
    group_hint_seconds: int = 3600
    """After how long a hint in a group deletes itself."""
    retention_days: int = 30
    """How long sender hash and excerpt of a finding are kept."""
    memory_days: int = 90
    """How long requests are remembered to recognise a repeat."""
    aside_hours: int = 72
    """How long an update that could not be handled is kept."""
    attempts: int = 5
    """After how many failures an update is set aside."""
    actions_per_minute: int = 30
    """Commands, presses and private texts of one person that are answered in a minute."""
    longest_window_hours: int = 72
    """The longest emergency window that /urgent opens."""
    groups_per_unit: int = 1
    """Standing groups of a unit, where its jurisdiction states no other cap; Baotou 2019 item 21 says one."""
    account_fresh_days: int = 14
    """Days after which an account without an update of its own limit counts as stale; no text says so many."""
    list_fresh_days: int = 90
    """Days after which the list of approvals counts as old, and it is said; local."""
    rebound_days: int = 60
    """For how long after a dissolution a new group for the same matter is shown to the office."""
    reports_per_hour: int = 5
    """Reports of one person that are taken in an hour."""
    reports_flood: int = 60
    """Reports of all together in an hour after which further ones are asked to come later."""
    reports_ping: int = 1
    """Reports of one matter from which on the office is told of it."""
    case_findings: int = 5
    """Findings of one category in one group within a week from which on they are put before the office as a case."""
    case_take_days: int = 5
    """Working days for the office to take up a case; local, as are the next three."""
    case_check_days: int = 10
    """Working days for the office to check a case, and to decide after an answer."""
    case_answer_days: int = 10
    """Working days for a unit to answer."""
    case_objection_days: int = 5
    """Working days for a unit to object to a decision."""
    case_access_days: int = 90
    """Days after the end of a case for which its words are shown at the desk."""
    case_data_days: int = 365
    """Days after the end of a case after which its words are deleted."""
    digest_every: str = "week"
    """How often the digest goes out: `week` or `month`."""
    digest_at: time = time(9, 30)
    """The time of the office's zone from which on it is sent, on the first working day."""
    base_forms: BaseForms | None = None
    """The base of the forms' goal."""

    @property
    def case_terms(self) -> CaseTerms:
        """The local numbers of working days in the life of a case."""
        days = (self.case_take_days, self.case_check_days, self.case_answer_days, self.case_objection_days)
        return CaseTerms(*days)

    @property
    def terms(self) -> Terms:
        """The local numbers of days around the end of a group."""
        return Terms(self.prompt_days, self.grace_days, self.dormant_days)

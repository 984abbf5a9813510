"""The units whose groups, accounts and apps the ledger keeps: a tree from province to village, with departments beside.

Only the office changes it. A unit that was merged or closed stays, so that its history can still be read.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core.text import fold


class UnitLevel(StrEnum):
    """The level of government at which a unit stands, the highest first."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class ContactRole(StrEnum):
    """For what somebody is reached at a unit; a role, and how to reach it, never a list of members."""

    RESPONSIBLE = "responsible"  # 责任人
    LIAISON = "liaison"  # 联络员
    SECRECY = "secrecy"  # 保密员


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the tree.

    `id` is our own number, 0 before it is stored. `is_department` tells a bureau of its level from the level's own
    government; `hours` is in the notation of `WorkingHours.parse`, empty for those of the unit above; `contacts` say
    how a role is reached and are kept encrypted. `place` is its place in the ledger, which is no order of merit.
    `cap` is how many standing groups a jurisdiction allows a unit, `project_cap` how many with an end date; None for
    what holds above (Baotou 2019 item 21 says one standing group, "in principle", and nothing of project groups).
    """

    name: str
    level: UnitLevel
    id: int = 0
    parent_id: int | None = None
    is_department: bool = False
    aliases: tuple[str, ...] = ()
    hours: str = ""
    contacts: Mapping[ContactRole, str] = field(default_factory=dict)
    place: int = 0
    merged_into: int | None = None
    closed_on: date | None = None
    cap: int | None = None
    project_cap: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the unit still exists by itself."""
        return self.merged_into is None and self.closed_on is None


def comparable(name: str) -> str:
    """A name as names are compared: script, width, case and spaces aside."""
    plain = fold(unicodedata.normalize("NFKC", name))
    if plain.isprintable():
        return plain.replace(" ", "")
    return "".join(each for each in plain if not (each.isspace() or unicodedata.category(each) == "Cf"))

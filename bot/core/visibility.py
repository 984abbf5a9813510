"""Who sees what: one table, asked before anything of it is shown.

A unit sees its own figures, the office all of them; a group's admins see their group; whoever has no role sees what
concerns themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.changes import Role


class Screen(StrEnum):
    """What can be looked at."""

    OWN_RECORDS = "own_records"
    RULES = "rules"
    GROUP_OUTLINE = "group_outline"
    GROUP_STATUS = "group_status"
    UNIT_FIGURES = "unit_figures"
    ALL_UNITS = "all_units"
    DIGEST = "digest"
    POINTERS = "pointers"
    CHANGES = "changes"
    OFFICE = "office"
    APPROVAL_ANSWER = "approval_answer"
    APPROVALS = "approvals"
    REFUSALS = "refusals"
    VISITS = "visits"
    CASES = "cases"
    UNIT_CASES = "unit_cases"


class Reach(StrEnum):
    """Of what a role sees a screen."""

    NOTHING = "nothing"
    OWN = "own"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of somebody: of the office, contact of units, admin of groups; everybody is a member."""

    office: bool = False
    units: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()

    @property
    def held(self) -> frozenset[Role]:
        """The roles themselves."""
        held = {Role.MEMBER}
        held |= {Role.OFFICE} if self.office else set()
        held |= {Role.UNIT_CONTACT} if self.units else set()
        held |= {Role.GROUP_ADMIN} if self.groups else set()
        return frozenset(held)


_EVERYBODY = {Role.OFFICE: Reach.ALL, Role.UNIT_CONTACT: Reach.ALL, Role.GROUP_ADMIN: Reach.ALL, Role.MEMBER: Reach.ALL}

SEES: Mapping[Screen, Mapping[Role, Reach]] = {
    Screen.OWN_RECORDS: dict.fromkeys(_EVERYBODY, Reach.OWN),
    Screen.RULES: _EVERYBODY,
    Screen.GROUP_OUTLINE: _EVERYBODY,
    Screen.GROUP_STATUS: {Role.OFFICE: Reach.ALL, Role.GROUP_ADMIN: Reach.OWN},
    Screen.UNIT_FIGURES: {Role.OFFICE: Reach.ALL, Role.UNIT_CONTACT: Reach.OWN},
    Screen.ALL_UNITS: {Role.OFFICE: Reach.ALL},
    Screen.DIGEST: {Role.OFFICE: Reach.ALL},
    Screen.POINTERS: {Role.OFFICE: Reach.ALL},
    Screen.CHANGES: {Role.OFFICE: Reach.ALL},
    Screen.OFFICE: {Role.OFFICE: Reach.ALL},
    Screen.APPROVAL_ANSWER: _EVERYBODY,
    Screen.APPROVALS: {Role.OFFICE: Reach.ALL},
    Screen.REFUSALS: {Role.OFFICE: Reach.ALL},
    Screen.VISITS: {Role.OFFICE: Reach.ALL, Role.UNIT_CONTACT: Reach.OWN},
    Screen.CASES: {Role.OFFICE: Reach.ALL},
    Screen.UNIT_CASES: {Role.UNIT_CONTACT: Reach.OWN},
}
"""What is not named is not seen."""


def may_see(roles: Roles, screen: Screen, *, unit: int | None = None, group: int | None = None) -> bool:
    """Whether somebody may look at a screen, of a unit or a group where it is about one."""
    reaches = {SEES[screen].get(role, Reach.NOTHING) for role in roles.held}
    if Reach.ALL in reaches:
        return True
    if Reach.OWN not in reaches:
        return False
    if screen is Screen.OWN_RECORDS:
        return True
    return (unit is not None and unit in roles.units) or (group is not None and group in roles.groups)

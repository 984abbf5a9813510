"""Who sees what, from the table: each screen for each role, and of units only one's own."""

from itertools import product

import pytest

from bot.core.changes import Role
from bot.core.visibility import SEES, Reach, Roles, Screen, may_see

PEOPLE = {
    Role.OFFICE: Roles(office=True),
    Role.UNIT_CONTACT: Roles(units=frozenset({1})),
    Role.GROUP_ADMIN: Roles(groups=frozenset({7})),
    Role.MEMBER: Roles(),
}


@pytest.mark.parametrize(("role", "screen"), [*product(PEOPLE, Screen)])
def test_what_stands_in_no_row_of_the_table_is_not_seen(role, screen):
    reach = max((SEES[screen].get(each, Reach.NOTHING) for each in PEOPLE[role].held), key=list(Reach).index)
    own = may_see(PEOPLE[role], screen, unit=1, group=7)
    other = may_see(PEOPLE[role], screen, unit=2, group=8)
    assert own is (reach is not Reach.NOTHING)
    assert other is (reach is Reach.ALL or (screen is Screen.OWN_RECORDS))


@pytest.mark.parametrize(
    "screen",
    [
        *(Screen.ALL_UNITS, Screen.POINTERS, Screen.CHANGES, Screen.OFFICE),
        *(Screen.APPROVALS, Screen.REFUSALS, Screen.CASES),
    ],
)
def test_what_is_the_offices_own_is_seen_by_nobody_else(screen):
    assert [role for role, who in PEOPLE.items() if may_see(who, screen, unit=1, group=7)] == [Role.OFFICE]


def test_whoever_has_two_roles_sees_what_either_sees():
    both = Roles(units=frozenset({1}), groups=frozenset({7}))
    assert may_see(both, Screen.UNIT_FIGURES, unit=1)
    assert may_see(both, Screen.GROUP_STATUS, group=7)
    assert not may_see(both, Screen.UNIT_FIGURES, unit=2)

"""Who sees which field of a case on which screen: generated from the table, over the real screens and all states."""

from itertools import product

import pytest

from bot.core.case_moves import CaseState
from bot.core.case_screens import SEES, WORDS, CaseField, CaseScreen, Party
from tests.services.case_canaries import CANARIES, REPORT_ID, seen, speech_of, stored, unit_file

TABLE = {(party, screen): fields for party, screens in SEES.items() for screen, fields in screens.items()}
"""The table as it stands in the code, before a test puts a leak in."""
PLACES = [*product(Party, CaseScreen)]
_F = CaseField
OF_REPORTS = {
    *(_F.REPORT_COUNT, _F.REPORT_DAY, _F.REPORT_WORDS, _F.REPORT_PLACE, _F.OPEN_HANDED, _F.REPORTER, _F.TALK),
    *(_F.FINDING_COUNT, _F.FINDING_DAY, _F.EXCERPT, _F.HISTORY, _F.OPENED_ON, _F.MEMBERS, _F.PLACE, _F.REOPENING),
}
OF_THE_UNIT = {_F.ANSWER, _F.OBJECTION, _F.WORDING, _F.REASON, _F.CLEARING_WORDS, _F.UNIT, _F.CONTACTS}


def leaks(party, screen, state):
    """The fields that a screen shows beyond the table."""
    return seen(speech_of(stored(state), party, screen)) - TABLE.get((party, screen), frozenset())


def test_every_field_has_something_that_is_found_again():
    assert set(CANARIES) == set(CaseField)
    assert len(set(CANARIES.values())) == len(CANARIES)
    assert not [one for one, other in product(CANARIES.values(), repeat=2) if one != other and one in other]


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize(("party", "screen"), PLACES)
def test_a_screen_shows_nothing_beyond_the_table(party, screen, state):
    assert leaks(party, screen, state) == set()


@pytest.mark.parametrize(("party", "screen"), [*TABLE])
def test_a_screen_shows_all_that_the_table_lets_it_show(party, screen):
    shown = set().union(*(seen(speech_of(stored(state), party, screen)) for state in CaseState))
    assert shown == TABLE[party, screen]


NAMED = (Party.REPORTER, CaseScreen.RECEIPT)
"""The one page that names what it tells, so that a leak into the table does not reach it."""
HIDDEN = [
    pytest.param(party, screen, field, id=f"{party}-{screen}-{field}")
    for (party, screen), field in product(PLACES, CaseField)
    if field not in TABLE.get((party, screen), ()) and (party, screen) != NAMED
]


@pytest.mark.parametrize(("party", "screen", "field"), HIDDEN)
def test_a_field_that_is_leaked_on_purpose_is_noticed(party, screen, field, monkeypatch):
    known = TABLE.get((party, screen), frozenset())
    monkeypatch.setitem(SEES[party], screen, known | {field})
    states = (CaseState.ANSWERED, CaseState.CONFIRMED, CaseState.CLEARED)
    assert field in set().union(*(leaks(party, screen, state) for state in states))


def test_no_row_lets_a_unit_see_what_began_a_case():
    assert not OF_REPORTS & set().union(*SEES[Party.UNIT].values())


def test_no_row_lets_a_reporter_see_what_office_and_unit_write():
    assert not OF_THE_UNIT & set().union(*SEES[Party.REPORTER].values())


@pytest.mark.parametrize("party", [Party.GROUP_ADMIN, Party.MEMBER])
def test_admins_and_members_see_nothing_but_a_correction(party):
    assert SEES[party] == {CaseScreen.CHANNEL: {CaseField.CATEGORY}}


@pytest.mark.parametrize("screen", [screen for party, screen in TABLE if party is Party.OFFICE])
@pytest.mark.parametrize("state", [CaseState.CLEARED, CaseState.CLOSED])
def test_what_is_sealed_off_is_shown_on_no_screen_of_the_office(screen, state):
    file = stored(state, sealed_off=True)
    assert not seen(speech_of(file, Party.OFFICE, screen)) & WORDS


def test_a_reporter_sees_the_report_of_their_receipt_alone():
    file = stored(CaseState.SENT)
    assert seen(speech_of(file, Party.REPORTER, CaseScreen.RECEIPT, report_id=REPORT_ID)) & OF_REPORTS
    other = seen(speech_of(file, Party.REPORTER, CaseScreen.RECEIPT, report_id=REPORT_ID + 1))
    assert other == {CaseField.CATEGORY, CaseField.COARSE}


@pytest.mark.parametrize("state", CaseState)
def test_what_began_a_case_is_not_even_loaded_for_a_unit(state):
    file = unit_file(stored(state))
    assert (file.reports, file.findings, file.contacts) == ((), (), 0)

"""A clean-up between two dates."""

from dataclasses import replace
from datetime import date, timedelta

from bot.core.campaign import Fate, campaign
from bot.core.ledger import Evidence, ObjectState, ObjectType
from bot.core.load import Load
from tests.core.ledger_rows import TODAY, gone, row

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def played(*rows, began=None, loads=None):
    return campaign(rows, began or {}, FIRST, LAST, loads)


def test_what_was_found_is_dissolved_merged_or_kept():
    merged = row(2, state=ObjectState.MERGED, closed_on=TODAY, evidence=Evidence.OFFICE, merged_into=3)
    moved = played(gone(1), merged, row(3))
    assert (moved.found, *(moved.count(fate) for fate in Fate)) == (3, 1, 1, 1)


def test_every_end_has_its_date_and_how_it_is_known():
    (case,) = played(gone(1)).cases
    assert (case.ended, case.evidence) == (TODAY, Evidence.OWNER)


def test_a_group_that_is_said_to_be_gone_without_evidence_is_kept():
    moved = played(gone(1, evidence=None), gone(2, on=None))
    assert (moved.count(Fate.KEPT), moved.count(Fate.DISSOLVED), moved.unproven) == (2, 0, 2)


def test_a_group_with_a_new_name_is_kept():
    before = row(1, name="旧名")
    assert played(replace(before, name="新名（已解散）")).count(Fate.KEPT) == 1


def test_a_group_that_the_bot_was_removed_from_is_kept():
    assert played(row(1, group_id=7)).count(Fate.KEPT) == 1


def test_a_group_that_waits_for_confirmation_is_kept():
    assert played(row(1, state=ObjectState.AWAITING)).count(Fate.KEPT) == 1


def test_what_ended_before_or_began_after_was_not_found():
    assert played(gone(1, FIRST - timedelta(days=1)), row(2), began={2: LAST + timedelta(days=1)}).found == 0


def test_what_ends_later_is_kept_in_this_campaign():
    assert played(gone(1, LAST + timedelta(days=1))).count(Fate.KEPT) == 1


def test_accounts_are_no_groups():
    assert played(row(1, object_type=ObjectType.ACCOUNT)).found == 0


def test_a_merger_that_raises_the_load_is_not_shown_as_relief():
    merged = row(1, state=ObjectState.MERGED, closed_on=TODAY, evidence=Evidence.OWNER, merged_into=2)
    moved = played(merged, loads={1: (Load(readings=100), Load(readings=200))})
    assert (moved.count(Fate.MERGED), moved.relieved, moved.cases[0].relieves) == (1, 0, False)


def test_of_a_merger_that_nobody_saw_nothing_is_claimed():
    merged = row(1, state=ObjectState.MERGED, closed_on=TODAY, evidence=Evidence.OWNER, merged_into=2)
    moved = played(merged)
    assert (moved.relieved, moved.cases[0].relieves) == (0, None)

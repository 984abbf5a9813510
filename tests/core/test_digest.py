"""What a digest says, and what it leaves unsaid."""

from dataclasses import fields, replace
from datetime import date

import pytest

from bot.core.digest import DigestData, dump, load
from bot.core.digest_lines import BLOCKS, IMPORTANCE, KEPT, Subject, lines
from bot.core.load import Load
from bot.core.model import Category
from bot.core.periods import Per
from tests.render.make_digest import FULL, QUIET, digest


def test_the_numbers_come_back_as_they_were_stored():
    assert load(dump(FULL)) == FULL


@pytest.mark.parametrize("text", ["", "null", "[]", '{"first": 3}', '{"first": "2026-03-09"}'])
def test_what_is_no_digest_is_refused(text):
    with pytest.raises(ValueError, match="no digest"):
        load(text)


def test_numbers_of_an_older_version_are_read_without_what_is_unknown():
    assert load(dump(FULL).replace('"groups":12', '"groups":12,"former":1')) == FULL


def test_every_line_has_its_place_and_its_importance():
    assert sorted(subject for block in BLOCKS for subject in block) == sorted(Subject)
    assert sorted((*IMPORTANCE, *KEPT)) == sorted(Subject)


def test_a_full_digest_says_every_line_but_that_of_few_people():
    assert set(lines(FULL)) == set(Subject) - {Subject.FOLDED}


def test_of_what_there_is_nothing_to_say_nothing_is_said():
    assert set(lines(QUIET)) == KEPT


def test_a_digest_of_nothing_is_silent_and_one_of_a_gap_is_not():
    assert QUIET.silent
    assert not replace(QUIET, unseen=FULL.unseen).silent


@pytest.mark.parametrize(
    "name", ["fresh", "dissolved", "merged", "closing", "overdue", "forms", "windows", "taken_back"]
)
def test_a_digest_with_something_to_tell_is_not_silent(name):
    assert not replace(QUIET, **{name: 1}).silent


def test_categories_stand_in_the_order_of_the_rules_and_never_by_how_many():
    data = digest(categories={Category.VOTE_LIKE: 99, Category.AFTER_HOURS: 1}, categories_before={})
    assert [category for category, _, _ in data.shown] == [Category.AFTER_HOURS, Category.VOTE_LIKE]


def test_what_changed_by_one_alone_is_not_told():
    data = digest(categories={Category.RECEIPT: 4}, categories_before={Category.RECEIPT: 5})
    assert Subject.CATEGORIES not in lines(data)


def test_where_hardly_anybody_is_watched_no_category_is_shown():
    said = lines(digest(members=4))
    assert Subject.FOLDED in said
    assert not {Subject.CATEGORIES, Subject.ANSWERS} & set(said)
    assert digest(members=4).shown == ()
    assert digest(members=5).shown != ()


def test_the_units_are_a_number_with_its_trend():
    line = lines(FULL)[Subject.OVER]
    assert (line.fields["over"], line.fields["units"]) == (23, 128)
    assert [item.fields["over"] for item in line.items] == [25, 31]


def test_without_a_count_in_the_period_nothing_is_said_of_units():
    assert Subject.OVER not in lines(digest(over=((date(2026, 3, 8), 25, 128),)))


def test_the_first_digest_has_no_trend():
    assert lines(digest(over=FULL.over[-1:]))[Subject.OVER].key == "digest.line.over_first"


def test_another_cap_than_the_policys_is_called_local():
    said = [lines(digest(cap=cap, cap_is_local=cap != 1))[Subject.OVER].fields["label"] for cap in (1, 2)]
    assert [getattr(label, "key", "") for label in said] == ["label.policy", "label.local"]


def test_the_goal_stands_with_both_numbers():
    (item,) = lines(FULL)[Subject.FORMS].items
    assert {name: item.fields[name] for name in ("sum", "base", "goal")} == {"sum": 412, "base": 1200, "goal": 600}


def test_without_a_base_no_goal_is_claimed():
    assert lines(digest(base_forms=0))[Subject.FORMS].items == ()


def test_a_silent_sign_is_no_post():
    assert FULL.posted == 6


def test_of_many_gaps_two_are_told_and_the_others_counted():
    items = lines(digest(unseen=FULL.unseen[:1] * 5))[Subject.UNSEEN].items
    assert [item.key for item in items] == ["digest.item.unseen", "digest.item.unseen", "digest.item.unseen_more"]
    assert items[2].fields["count"] == 3


def test_a_period_before_of_which_nothing_was_seen_is_not_told_as_a_nought():
    first = digest(load_before=Load(), categories_before={}, hidden_before=0)
    assert lines(first)[Subject.SIGHT].key == "digest.line.sight_first_week"


def test_a_month_speaks_of_the_month_before():
    month = digest(first=date(2026, 3, 1), last=date(2026, 3, 31), per=Per.MONTH)
    assert lines(month)[Subject.SIGHT].key == "digest.line.sight_month"
    assert lines(month)[Subject.TITLE].fields["number"] == 3


def test_nothing_in_a_digest_tells_of_a_unit_or_a_person():
    assert not {each.name for each in fields(DigestData)} & {"units", "names", "senders", "score"}

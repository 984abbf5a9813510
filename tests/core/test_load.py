"""The load on members beside the count of groups."""

from bot.core.load import Load, relieves, together


def test_everybody_in_a_group_reads_what_is_posted_there():
    assert Load.of_counts({"messages": 40}, 300, days=7).readings == 12_000


def test_a_member_reads_so_many_messages_a_day():
    assert Load.of_counts({"messages": 70}, 300, days=7).per_seat == 10


def test_of_groups_whose_members_are_unknown_no_reading_is_claimed():
    load = Load.of_counts({"messages": 70}, None)
    assert (load.messages, load.readings, load.per_seat) == (70, 0, None)


def test_shares_are_unknown_without_messages():
    assert (Load().task_share, Load().late_share) == (None, None)


def test_shares_are_of_messages_and_of_work():
    load = Load.of_counts({"messages": 50, "task": 10, "work": 20, "late_work": 5}, 10)
    assert (load.task_share, load.late_share) == (0.2, 0.25)


def test_two_groups_of_the_same_people_made_one_relieve_nobody_but_burden_nobody_either():
    before = together([Load.of_counts({"messages": 50}, 100), Load.of_counts({"messages": 50}, 100)])
    assert relieves(before, Load.of_counts({"messages": 100}, 100))


def test_two_groups_of_different_people_made_one_let_everybody_read_twice_as_much():
    before = together([Load.of_counts({"messages": 50}, 100), Load.of_counts({"messages": 50}, 100)])
    assert not relieves(before, Load.of_counts({"messages": 100}, 200))

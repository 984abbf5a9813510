"""The ledger as it was, read back from its log."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.core.group import GroupKind
from bot.core.ledger import Evidence, ObjectState
from bot.core.ledger_log import SYSTEM, change_of
from bot.core.ledger_past import as_of
from bot.core.units import Unit
from tests.core.ledger_rows import TOWN, row

NOW = datetime(2026, 3, 16, tzinfo=UTC)


def changes(*states):
    made = [change_of(before, after, SYSTEM, NOW) for before, after in zip((None, *states), states, strict=False)]
    return [each for each in made if each is not None]


def test_every_field_that_a_count_depends_on_comes_back():
    was = row(1, kind=GroupKind.PROJECT, end_date=date(2026, 3, 1), members=30, purpose="防汛", unit_id=None)
    became = replace(
        was, unit_id=2, kind=None, end_date=None, members=None, purpose="", twin_of=9, merged_into=9,
        created_on=NOW.date(), state=ObjectState.MERGED, closed_on=NOW.date(), evidence=Evidence.OWNER,
        approved_by="办", approved_on=NOW.date(), name="新名", seasonal=True, extensions=2,
    )  # fmt: skip
    assert as_of([became], changes(was, became)[1:]) == [was]


def test_of_several_changes_the_first_state_stands():
    first, second, third = (row(1, members=members) for members in (10, 20, 30))
    assert as_of([third], changes(first, second, third)[1:]) == [first]


def test_what_came_since_was_not_there():
    assert as_of([row(1), row(2)], changes(row(2))) == [row(1)]


def test_units_come_back_as_well():
    closed: Unit = replace(TOWN, closed_on=date(2026, 3, 16), cap=3, parent_id=None)
    assert as_of([closed], changes(TOWN, closed)[1:]) == [TOWN]


def test_what_the_log_says_beside_the_fields_of_a_row_is_passed_over():
    seen = replace(changes(row(1), row(1, members=3))[1], before={"watched": True}, after={"watched": False})
    assert as_of([row(1)], [seen]) == [row(1)]

"""What the rows of an office's file would do to the ledger."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.group import GroupKind
from bot.core.ledger import Evidence, LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_entry import read_entry, role_of
from bot.core.ledger_plan import Defaults, plan
from bot.core.unit_names import UnitNames
from bot.core.units import Unit, UnitLevel

TODAY = date(2026, 3, 11)
UNITS = [
    Unit("青山县", UnitLevel.COUNTY, id=1),
    Unit("青山镇", UnitLevel.TOWNSHIP, id=2, parent_id=1, aliases=("青山",)),
    Unit("综合办", UnitLevel.TOWNSHIP, id=3, parent_id=2),
    Unit("综合办", UnitLevel.COUNTY, id=4, parent_id=1),
]
PLAIN = {"unit": "青山镇", "name": "工作群"}
KNOWN = LedgerObject(2, ObjectType.GROUP, Platform.WECHAT, "工作群", id=7, members=40)
ENDED = replace(KNOWN, state=ObjectState.DISSOLVED, closed_on=date(2026, 1, 31), evidence=Evidence.PLATFORM)


def planned(*rows, known=(), **defaults):
    entries = [read_entry(number, cells, TODAY) for number, cells in enumerate(rows, 2)]
    return plan(entries, UnitNames(UNITS), known, Defaults(**defaults), TODAY)


def only(effect):
    (taken,) = effect.taken
    return taken.after


def wrong(effect):
    return [(each.row, each.field, each.key) for each in effect.problems]


def test_a_row_as_offices_write_it_becomes_a_row_of_the_ledger():
    cells = {
        "unit": "青山",
        "name": " 防汛 专班 ",
        "platform": "QQ",
        "owner": "党政办主任 张三",
        "members": "45人",
        "approved_by": "网信办",
        "created_on": "2026.3.1",
        "end_date": "2026年9月30日",
        "state": "在用",
    }
    assert only(planned(cells)) == LedgerObject(
        *(2, ObjectType.GROUP, Platform.QQ, "防汛 专班"),
        kind=GroupKind.PROJECT,
        owner="党政办主任",
        members=45,
        approved_by="网信办",
        created_on=date(2026, 3, 1),
        end_date=date(2026, 9, 30),
    )


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        pytest.param({"unit": "青山镇"}, ("name", "missing"), id="no name"),
        pytest.param({"name": "群"}, ("unit", "missing"), id="no unit"),
        pytest.param({**PLAIN, "unit": "红水镇"}, ("unit", "unit_unknown"), id="a unit that is not on the list"),
        pytest.param({**PLAIN, "unit": "综合办"}, ("unit", "unit_several"), id="a name of two units"),
        pytest.param({**PLAIN, "end_date": "年底"}, ("end_date", "date"), id="no date"),
        pytest.param({**PLAIN, "members": "若干"}, ("members", "count"), id="no number"),
        pytest.param({**PLAIN, "state": "不清楚"}, ("state", "word"), id="no state"),
        pytest.param({**PLAIN, "purpose": "x" * 201}, ("purpose", "too_long"), id="too long"),
        pytest.param({**PLAIN, "twin_of": "没有的群"}, ("twin_of", "reference_unknown"), id="no such twin"),
    ],
)
def test_what_is_wrong_is_said_with_row_and_field(cells, problem):
    effect = planned(cells)
    assert wrong(effect) == [(2, *problem)]
    assert (len(effect.new), effect.wrong) == (0, 1)


@pytest.mark.parametrize("unit", ["青山县/综合办", "青山县/青山镇/综合办"])
def test_units_of_one_name_are_told_apart_by_the_way_to_them(unit):
    assert only(planned({**PLAIN, "unit": unit})).unit_id == {2: 4, 3: 3}[len(unit.split("/"))]


def test_the_same_row_again_changes_nothing_and_an_empty_cell_leaves_what_is_known():
    effect = planned({**PLAIN, "members": 40, "purpose": None, "owner": ""}, known=[replace(KNOWN, purpose="日常")])
    assert (effect.unchanged, len(effect.changed), len(effect.new)) == (1, 0, 0)


def test_a_dash_empties_and_another_value_changes():
    known = replace(KNOWN, approved_by="网信办", end_date=TODAY)
    after = only(planned({**PLAIN, "members": 41, "approved_by": "无", "end_date": "-"}, known=[known]))
    assert after == replace(known, members=41, approved_by="", end_date=None)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"id": 7, "name": "新名字"}, id="by its ledger number"),
        pytest.param({"filing_number": "备1", "name": "新名字", "unit": "青山镇"}, id="by its filing number"),
    ],
)
def test_a_renamed_row_is_found_again(cells):
    known = replace(KNOWN, filing_number="备1")
    assert only(planned(cells, known=[known])) == replace(known, name="新名字")


def test_what_the_bot_sees_itself_stands():
    known = replace(KNOWN, group_id=1, platform=Platform.TELEGRAM)
    cells = {"id": 7, "name": "别名", "members": 1, "platform": "微信", "approved_by": "网信办"}
    assert only(planned(cells, known=[known])) == replace(known, approved_by="网信办")


def test_a_watched_group_whose_unit_was_not_known_is_given_it():
    known = replace(KNOWN, group_id=1, platform=Platform.TELEGRAM, unit_id=None)
    assert only(planned({**PLAIN, "platform": "Telegram"}, known=[known])) == replace(known, unit_id=2)


def test_a_row_that_stands_twice_is_wrong():
    assert wrong(planned(PLAIN, PLAIN)) == [(3, "name", "twice")]
    assert wrong(planned(PLAIN, PLAIN, known=[KNOWN])) == [(3, "name", "twice")]


def test_a_group_that_surely_ended_is_not_revived_by_an_old_file():
    assert planned(PLAIN, known=[ENDED]).unchanged == 1
    assert wrong(planned({**PLAIN, "state": "在用"}, known=[ENDED])) == [(2, "state", "ended")]


def test_a_new_group_of_an_old_name_is_new():
    effect = planned({**PLAIN, "created_on": "2026-02-01"}, known=[ENDED])
    assert [len(effect.new), effect.wrong] == [1, 0]


def test_the_end_of_a_group_is_the_offices_word():
    ended = only(planned({**PLAIN, "state": "已解散", "end_date": "2026-2-1"}, known=[KNOWN]))
    assert (ended.state, ended.closed_on, ended.evidence) == (ObjectState.DISSOLVED, date(2026, 2, 1), Evidence.OFFICE)
    merged = only(planned({**PLAIN, "merged_into": "大群"}, known=[replace(KNOWN, id=8, name="大群"), KNOWN]))
    assert (merged.state, merged.merged_into) == (ObjectState.MERGED, 8)


def test_rows_may_refer_to_later_ones():
    effect = planned({**PLAIN, "name": "甲", "twin_of": "乙"}, {**PLAIN, "name": "乙", "platform": "QQ"})
    assert [each.after.twin_of for each in effect.taken] == [-2, None]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("党政办主任", "党政办主任"),
        ("张三", ""),
        ("党政办主任（张三）", "党政办主任"),
        ("村书记、王小二", "村书记"),
        ("office head", "office head"),
        ("13912345678", ""),
        ("张三 0000-7654321", ""),
        ("党政办主任139-0000-0000", "党政办主任"),
        ("网格员１３９００００００００", "网格员"),
        ("第3网格员", "第3网格员"),
    ],
)
def test_of_an_owner_the_role_alone_is_taken(words, role):
    assert role_of(words) == role


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ("县委办 110101190001010000", "县委办"),
        ("20260301第2次会议", "20260301第2次会议"),
        ("13900000000", None),
        ("王小二", None),
        ("网信办 王小二", "网信办"),
        *((words, words) for words in ("镇政府", "县委", "副县长", "宣传部", "县政协", "同意", "云川县", "CAC")),
    ],
)
def test_of_who_approved_no_name_or_number_of_a_person_is_taken(words, taken):
    entry = read_entry(5, {"approved_by": words}, TODAY)
    assert (entry.values.get("approved_by"), entry.left_out) == (taken, taken is None)

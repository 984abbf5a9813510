"""What a list of approvals in a file would do to the one that is known."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core.approval_plan import plan, span_of
from bot.core.approvals import Approval, ApprovalKind
from bot.core.changes import Role
from bot.core.ledger_log import Author, change_of, removal_of

TODAY = date(2026, 3, 11)
KNOWN = Approval(
    "防汛检查", number="青检〔2026〕3号", issuer="应急局", first=date(2026, 3, 1), last=date(2026, 3, 31), id=7
)
FULL = {"number": "青检[2026]3号", "name": "防汛检查", "issuer": "应急局", "span": "2026年3月"}


def planned(*rows, known=(), before=TODAY, **how):
    return plan(list(enumerate(rows, 2)), known, TODAY, before, **how)


def problems(made):
    return [(each.row, each.field, each.key) for each in made.problems]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026.3.1-2026.3.31", (date(2026, 3, 1), date(2026, 3, 31))),
        ("2026-03-01-2026-03-31", (date(2026, 3, 1), date(2026, 3, 31))),
        ("2026-03-01 至 2026-03-31", (date(2026, 3, 1), date(2026, 3, 31))),
        ("3月1日-3月20日", (date(2026, 3, 1), date(2026, 3, 20))),
        ("3月1日至20日", (date(2026, 3, 1), date(2026, 3, 20))),
        ("12月20日至1月5日", (date(2026, 12, 20), date(2027, 1, 5))),
        ("2026年3月", (date(2026, 3, 1), date(2026, 3, 31))),
        ("2月", (date(2026, 2, 1), date(2026, 2, 28))),
        ("3-5月", (date(2026, 3, 1), date(2026, 5, 31))),
        ("2026年3月—5月", (date(2026, 3, 1), date(2026, 5, 31))),
        ("11-2月", (date(2026, 11, 1), date(2027, 2, 28))),
        ("2025年11月至3月", (date(2025, 11, 1), date(2026, 3, 31))),
        ("3月1號-20號", (date(2026, 3, 1), date(2026, 3, 20))),
        ("第二季度", (date(2026, 4, 1), date(2026, 6, 30))),
        ("全年", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2027年", (date(2027, 1, 1), date(2027, 12, 31))),
        ("2026-03-01", (date(2026, 3, 1), date(2026, 3, 1))),
        ("13月", None),
        ("0000年", None),
        ("1234", None),
        ("适时", None),
        ("", None),
        ("3月1日至", None),
        ("1-2-3-4", None),
    ],
)
def test_the_dates_of_a_cell(text, span):
    assert span_of(text, 2026) == span


def test_a_new_row_is_taken_with_its_kind_and_dates():
    (taken,) = planned(FULL | {"approval_kind": "督查", "place": "各镇"}).new
    assert taken.after == replace(KNOWN, number="青检[2026]3号", place="各镇", id=0)
    (form,) = planned({"name": "统计表"}, kind=ApprovalKind.FORM).new
    assert form.after == Approval("统计表", ApprovalKind.FORM)


def test_the_same_file_changes_nothing_the_second_time():
    rows = [FULL, {"name": "统计表", "approval_kind": "报表", "first": "1月1日"}, {"name": "防火检查", "last": "无"}]
    first = planned(*rows)
    known = [replace(each.after, id=number) for number, each in enumerate(first.new, 1)]
    again = planned(*rows, known=known)
    assert (len(first.new), again.new, again.changed, again.unchanged, again.besides) == (3, [], [], 3, 0)


@pytest.mark.parametrize(
    ("row", "after"),
    [
        pytest.param({"span": "2026年4月"}, {"first": date(2026, 4, 1), "last": date(2026, 4, 30)}, id="dates"),
        pytest.param({"name": "防汛大检查"}, {"name": "防汛大检查"}, id="a new name for a number"),
        pytest.param({"issuer": "无"}, {"issuer": ""}, id="emptied"),
        pytest.param({"issuer": ""}, {}, id="an empty cell leaves what is known"),
    ],
)
def test_a_row_is_found_again_by_its_number(row, after):
    made = planned(FULL | {"number": KNOWN.number} | row, known=[KNOWN])
    assert [each.after for each in made.taken] == [replace(KNOWN, **after)]
    assert made.new == []


def test_one_number_for_two_months_is_two_rows():
    march, april = FULL, FULL | {"span": "2026年4月"}
    made = planned(march, april)
    assert len(made.new) == 2
    known = [replace(each.after, id=number) for number, each in enumerate(made.new, 1)]
    assert planned(april, march, known=known).unchanged == 2


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([{"number": "1"}], [(2, "name", "missing")]),
        ([FULL, FULL], [(3, "name", "twice")]),
        ([FULL | {"span": "适时"}], [(2, "span", "span")]),
        ([{"name": "x", "first": "4月1日", "last": "3月1日"}], [(2, "last", "order")]),
        ([{"name": "x", "first": "不详"}], [(2, "first", "date")]),
        ([{"name": "x", "approval_kind": "聚餐"}], [(2, "approval_kind", "word")]),
        ([{"name": "长" * 201}], [(2, "name", "too_long")]),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_field(rows, found):
    assert problems(planned(*rows)) == found


def test_a_whole_list_lets_go_of_what_it_does_not_name():
    old = Approval("旧检查", id=8)
    made = planned(FULL, known=[KNOWN, old], whole=True)
    assert (made.gone, made.besides) == ([old], 1)
    assert planned(FULL, known=[KNOWN, old]).gone == ()
    assert planned(FULL, {"number": "x"}, known=[KNOWN, old], whole=True).gone == ()


@pytest.mark.parametrize(("before", "as_of"), [(None, TODAY), (date(2026, 1, 1), TODAY), (date(2026, 4, 1), None)])
def test_the_day_of_the_list_only_goes_forward(before, as_of):
    assert planned(before=before).as_of == as_of


def test_the_log_tells_what_came_changed_and_went():
    host, now = Author(Role.OFFICE), datetime(2026, 3, 11).astimezone()
    assert change_of(None, KNOWN, host, now).after["number"] == KNOWN.number
    changed = change_of(KNOWN, replace(KNOWN, last=None), host, now)
    assert (changed.noun, dict(changed.before), dict(changed.after)) == (
        *("approval", {"last": "2026-03-31"}, {"last": None}),
    )
    gone = removal_of(KNOWN, host, now, "过期")
    assert (gone.noun_id, gone.before["name"], dict(gone.after), gone.reason) == (7, "防汛检查", {}, "过期")

"""Visits as people type them, their counts, and what the office looks at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.visits import Remark, Rule, Told, Trouble, Visit, VisitKind, months_of, notice_of, read_visit, remarks

TODAY = date(2026, 3, 11)
VISIT = Visit(2, VisitKind.INSPECTION, "县应急局", "前柏村", TODAY)


def works(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县应急局，前柏村", Told("县应急局", "前柏村", TODAY)),
        ("县应急局\n前柏村", Told("县应急局", "前柏村", TODAY)),
        ("县应急局、前柏村、3月10日", Told("县应急局", "前柏村", date(2026, 3, 10))),
        ("3月10日，县应急局，前柏村", Told("县应急局", "前柏村", date(2026, 3, 10))),
        ("县应急局，前柏村，通知 3月2日", Told("县应急局", "前柏村", TODAY, date(2026, 3, 2))),
        ("县应急局，前柏村，通知：2026-03-02", Told("县应急局", "前柏村", TODAY, date(2026, 3, 2))),
        ("County Bureau, Qianbai, notice 2026-03-02", Told("County Bureau", "Qianbai", TODAY, date(2026, 3, 2))),
        ("县应急局，前柏村，12月30日", Told("县应急局", "前柏村", date(2025, 12, 30))),
        ("县应急局，前柏村，2025-06-20，通知 6月1日", Told("县应急局", "前柏村", date(2025, 6, 20), date(2025, 6, 1))),
        ("县应急局", Trouble.PARTS),
        ("", Trouble.PARTS),
        ("县应急局，前柏村，后柏村", Trouble.PARTS),
        ("县应急局，前柏村，2027-01-01", Trouble.DAY),
        ("县应急局，前柏村，2020-01-01", Trouble.DAY),
        ("县应急局，前柏村，3月12日", Trouble.DAY),
        ("县应急局，前柏村，通知 3月12日", Trouble.NOTICE),
        ("县应急局，前柏村，通知 某天", Trouble.NOTICE),
        ("县应急局，前柏村，3月1日，通知 3月2日", Trouble.NOTICE),
        (f"{'长' * 61}，前柏村", Trouble.LENGTH),
    ],
)
def test_what_was_typed(text, told):
    assert read_visit(text, TODAY) == told


def test_a_unit_sees_its_months_the_latest_first_and_a_joint_visit_once():
    visits = [
        *(VISIT, replace(VISIT, who="县消防队"), replace(VISIT, kind=VisitKind.RESEARCH)),
        replace(VISIT, on=date(2026, 2, 27), place="后柏村"),
    ]
    assert months_of(visits) == {
        "2026-03": {VisitKind.INSPECTION: 1, VisitKind.RESEARCH: 1},
        "2026-02": {VisitKind.INSPECTION: 1},
    }
    assert list(months_of(visits)) == ["2026-03", "2026-02"]


@pytest.mark.parametrize(
    ("noticed", "days"),
    [(None, None), (date(2026, 2, 25), 10), (date(2026, 2, 26), 9), (date(2026, 3, 6), 3), (TODAY, 0)],
)
def test_notice_is_counted_in_working_days(noticed, days):
    assert notice_of(replace(VISIT, noticed=noticed), works) == days


@pytest.mark.parametrize(
    ("visits", "found"),
    [
        pytest.param([VISIT], [], id="one visit"),
        pytest.param([VISIT, replace(VISIT, who="县消防队")], [], id="two units together"),
        pytest.param([VISIT, replace(VISIT, on=date(2026, 2, 28))], [], id="in two months"),
        pytest.param([VISIT, replace(VISIT, on=date(2026, 3, 2), place="后柏村")], [], id="in two places"),
        pytest.param([VISIT, replace(VISIT, on=date(2026, 3, 2), unit_id=3)], [], id="of two units"),
        pytest.param(
            [VISIT, replace(VISIT, on=date(2026, 3, 2), place="前 柏村")],
            [Remark(Rule.TWICE, 2, "前柏村", TODAY, 2, policy=True)],
            id="twice in a month",
        ),
        pytest.param(
            [VISIT, replace(VISIT, on=date(2026, 3, 2), kind=VisitKind.RESEARCH)],
            [Remark(Rule.TWICE, 2, "前柏村", TODAY, 2, policy=False)],
            id="the document speaks of inspections",
        ),
        pytest.param(
            [replace(VISIT, noticed=date(2026, 2, 26))],
            [Remark(Rule.NOTICE, 2, "前柏村", TODAY, 9, policy=True)],
            id="short notice",
        ),
        pytest.param(
            [replace(VISIT, who=f"{day}局", noticed=date(2026, 3, day)) for day in (2, 6, 3)],
            [Remark(Rule.NOTICE, 2, "前柏村", TODAY, 3, policy=True)],
            id="short notice of units that came together",
        ),
        pytest.param([replace(VISIT, noticed=date(2026, 2, 25))], [], id="notice in time"),
        pytest.param([replace(VISIT, noticed=None)], [], id="no notice known"),
    ],
)
def test_what_the_office_looks_at(visits, found):
    assert [*remarks(visits, works)] == found


@pytest.mark.parametrize(("times", "told"), [(50, 0), (51, 1)])
def test_a_spot_may_be_visited_fifty_times_a_year(times, told):
    research = replace(VISIT, kind=VisitKind.RESEARCH)
    visits = [replace(research, on=date(2026, 1, 1) + timedelta(days=step)) for step in range(times)]
    found = [each for each in remarks(visits, works) if each.rule is Rule.SPOT]
    assert [(each.count, each.policy) for each in found] == [(times, True)] * told

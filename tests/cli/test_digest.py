"""`jianfu digest` on a database of its own."""

import asyncio
import zipfile
from datetime import date
from pathlib import Path

import pytest

from bot.core.group import Group, GroupState
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, UnitLevel
from storage.crypto import open_vault
from storage.unit_of_work import open_store
from tests.handlers.stage import MORNING


@pytest.fixture
def _counted():
    """A database in which a week was counted."""

    async def go() -> None:
        store = await open_store("data/jianfu.db", open_vault(Path("jianfu.key")))
        async with store.begin() as work:
            (unit,) = await work.units.add([Unit("前柏镇", UnitLevel.TOWNSHIP)])
            await work.snapshots.put([UnitDay(unit.id, date(2026, 3, 15), standing=2)])
            group = await work.groups.add(Group(-1, "群", state=GroupState.WATCHING, watching_since=MORNING))
            await work.counts.add(
                group.id, date(2026, 3, 11), {"messages": 30, "finding.receipt": 3, "data_collection": 4}
            )
            await work.commit()
        await store.close()

    asyncio.run(go())


@pytest.mark.usefixtures("_counted")
def test_the_words_are_printed_and_picture_and_sheet_are_written(jianfu):
    result = jianfu("digest", "--week", "2026-W11", "--png", "week.png", "--xlsx", "units.xlsx")
    assert result.code == 0
    assert result.lines[0].startswith("减负周报")
    assert "1 个群共 30 条消息，疑似加重负担 3 处" in result.out
    assert "<b>" not in result.out
    assert Path("week.png").read_bytes().startswith(b"\x89PNG")
    assert zipfile.is_zipfile("units.xlsx")


@pytest.mark.usefixtures("_counted")
def test_the_goal_for_forms_stands_beside_the_base(jianfu, monkeypatch):
    monkeypatch.setenv("JIANFU_BASE_FORMS", "2025：1200")
    result = jianfu("digest", "--month", "2026-03")
    assert "2026 年累计 4 次；2025 年全年 1,200 次，政策目标减半，即 600 次" in result.out


@pytest.mark.usefixtures("_counted")
def test_a_quarter_is_drafted_for_a_person_to_edit(jianfu):
    result = jianfu("digest", "--quarter", "2026-Q1")
    assert (result.code, result.lines[0]) == (0, "# 关于2026年第1季度整治形式主义为基层减负情况的通报（草稿）")
    assert jianfu("digest", "--quarter", "2026-Q1", "--notice", "draft.docx").code == 0
    assert zipfile.is_zipfile("draft.docx")
    assert jianfu("digest", "--quarter", "2026-Q1", "--notice", "draft.md").code == 0
    assert "没有经人工核实的案例" in Path("draft.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_counted")
def test_a_clean_up_is_told_between_two_dates(jianfu):
    result = jianfu("digest", "--since", "2026-03-01", "--until", "2026-03-31", "--xlsx", "clean-up.xlsx")
    assert result.lines[1] == "摸排 0 个群"
    assert zipfile.is_zipfile("clean-up.xlsx")


def test_where_nothing_was_seen_the_last_week_has_no_figures(jianfu):
    result = jianfu("digest")
    assert (result.code, len(result.lines)) == (0, 1)
    assert "没有数字可报" in result.out


@pytest.mark.parametrize("given", [("--week", "2999-W11"), ("--month", "2999-03"), ("--quarter", "2999-Q1")])
def test_of_a_period_to_come_nothing_is_made_up(jianfu, given):
    result = jianfu("digest", *given)
    assert (result.code, result.out, result.err) == (2, "", f"“{given[1]}”还没有开始。\n")


@pytest.mark.parametrize(
    "given",
    [
        ("--week", "2026-03"),
        ("--month", "2026-W11"),
        ("--quarter", "2026-Q5"),
        ("--since", "2026-03-31", "--until", "2026-03-01"),
        ("--since", "3月1日", "--until", "2026-03-01"),
    ],
)
def test_what_is_no_period_is_said_in_one_line(jianfu, given):
    result = jianfu("digest", *given)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "看不懂" in result.err

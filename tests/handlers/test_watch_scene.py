"""What a message meets: exemptions, quiet days, the group's hours, and what was asked before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.exemption import DutyHours, QuietSpan, UrgentWindow
from tests.handlers.stage import DEMAND, NIGHT, Stage

ASKED = "请各村报送秸秆禁烧台账"


@pytest.mark.parametrize(
    ("table", "row", "exempt"),
    [
        pytest.param(
            "windows",
            UrgentWindow(1, NIGHT - timedelta(hours=1), NIGHT + timedelta(hours=1), "防汛", id=1),
            "emergency_window",
            id="an emergency window",
        ),
        pytest.param(
            "duty", DutyHours(NIGHT - timedelta(hours=1), NIGHT + timedelta(hours=1), group_id=1), "duty", id="on duty"
        ),
        pytest.param(
            "duty",
            DutyHours(NIGHT - timedelta(hours=1), NIGHT + timedelta(hours=1), unit="某镇"),
            "duty",
            id="its unit",
        ),
    ],
)
def test_what_is_exempt_is_counted_and_not_found(table: str, row: Any, exempt: str) -> None:
    stage = Stage(NIGHT)
    getattr(stage.store.tables, table)[1] = row
    stage.play(stage.message(1, DEMAND))
    assert stage.findings() == []
    assert stage.counts()[f"exempt.{exempt}"] == 1


def test_another_units_duty_exempts_nobody_here() -> None:
    stage = Stage(NIGHT)
    stage.store.tables.duty[1] = DutyHours(NIGHT - timedelta(hours=1), NIGHT + timedelta(hours=1), unit="别处")
    stage.play(stage.message(1, DEMAND))
    assert "after_hours" in stage.categories()


def test_work_on_a_quiet_day_is_counted() -> None:
    stage = Stage(NIGHT)
    stage.store.tables.quiet[1] = QuietSpan(NIGHT.date(), NIGHT.date())
    stage.play(stage.message(1, DEMAND))
    assert stage.counts()["quiet_work"] == 1


def test_a_finding_on_a_day_the_calendar_does_not_know_is_provisional() -> None:
    stage = Stage(NIGHT.replace(year=2028))
    stage.play(stage.message(1, DEMAND))
    assert any(stored.finding.provisional for stored in stage.findings())
    assert stage.counts()["provisional"] >= 1


def test_a_repeat_is_known_after_a_restart() -> None:
    stage = Stage()
    stage.play(stage.message(1, ASKED))
    stage.restart()
    stage.clock.advance(hours=1)
    stage.play(stage.message(2, ASKED))
    assert "duplicate_collection" in stage.categories()


def test_what_was_undone_is_not_remembered() -> None:
    stage = Stage()
    stage.play(stage.message(1, ASKED), undo=True)
    stage.clock.advance(hours=1)
    stage.play(stage.message(2, ASKED))
    assert stage.categories() == set()
    assert stage.counts()["messages"] == 1


def test_an_emergency_lasts_over_a_restart() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, "河水漫堤，请各村立即转移群众到安置点！"))
    stage.restart()
    stage.clock.advance(minutes=10)
    urgent = stage.counts().get("urgent", 0)
    stage.play(stage.message(2, "请各村继续盯住险情，汛情有变化马上报"))
    assert urgent == 1
    assert stage.counts()["urgent"] == 2


def test_a_groups_own_hours_decide() -> None:
    stage = Stage(NIGHT, hours="Mon-Sun 08:00-23:00")
    stage.play(stage.message(1, DEMAND))
    assert "after_hours" not in stage.categories()


def test_a_change_of_hours_is_heeded_at_once_and_the_memory_stays() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, ASKED))
    group = stage.group()
    stage.store.tables.groups[group.id] = replace(group, hours="Mon-Sun 08:00-23:00")
    stage.clock.advance(minutes=2)  # as when another process changed it
    stage.play(stage.message(2, ASKED))
    assert {stored.finding.category.value for stored in stage.findings() if stored.message_id == 2} == {
        "duplicate_collection"
    }

"""An edit is judged again, and counts what was not counted yet."""

from datetime import timedelta

import pytest

from bot.core.group import Gap
from tests.handlers.stage import COUNTED, DEMAND, FOUND, NIGHT, Stage


def test_an_edit_updates_the_finding_and_counts_no_fact_again() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, DEMAND))
    stage.clock.advance(minutes=1)
    stage.play(stage.edit(1, DEMAND + "！"))
    assert stage.counts() == COUNTED | FOUND
    assert len(stage.findings()) == 2
    assert all(stored.edited_at is not None and stored.at == NIGHT for stored in stage.findings())


def test_an_edit_that_takes_the_demand_out_takes_the_finding_back() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, DEMAND), stage.edit(1, "大家晚安"))
    assert stage.findings() == []
    assert stage.counts() == {name: amount for name, amount in COUNTED.items() if name != "asks"}


def test_an_edit_that_brings_a_demand_in_is_found() -> None:
    stage = Stage(NIGHT)
    stage.play(stage.message(1, "大家好"))
    stage.play(stage.edit(1, DEMAND))
    assert stage.categories() == {"after_hours", "late_deadline"}
    assert stage.counts()["messages"] == 1


@pytest.mark.parametrize(
    ("gap", "messages"),
    [
        pytest.param(None, 0, id="one that was counted"),
        pytest.param(Gap(1, NIGHT - timedelta(hours=1), "removed"), 1, id="one that nobody saw"),
    ],
)
def test_the_edit_of_a_message_never_seen_counts_as_new(gap: Gap | None, messages: int) -> None:
    stage = Stage(NIGHT)
    if gap is not None:
        stage.store.tables.gaps[1] = gap
    stage.play(stage.edit(5, DEMAND))
    stage.play(stage.edit(5, DEMAND + "。"))
    assert stage.counts().get("messages", 0) == messages
    assert len(stage.findings()) == 2
    assert all(stored.edited_at for stored in stage.findings())


def test_an_edited_request_is_no_repeat_of_itself() -> None:
    stage = Stage()
    stage.play(stage.message(1, "请各村报送秸秆禁烧台账"))
    stage.clock.advance(minutes=5)
    stage.play(stage.edit(1, "请各村报送秸秆禁烧台账，谢谢"))
    assert "duplicate_collection" not in stage.categories()
    assert len(stage.store.tables.requests) == 1

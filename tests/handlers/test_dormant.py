"""A silent group is asked about once, and not where silence means nothing."""

from datetime import date

import pytest

from tests.handlers.dissolve_stage import at, look, row, standing
from tests.handlers.stage import ADMIN, Stage, in_store


def silent(stage: Stage) -> None:
    in_store(stage, lambda work: work.counts.add(1, date(2026, 4, 1), {"messages": 3}))


def test_a_silent_group_is_asked_about_once_with_two_buttons_and_what_stays_is_left_in_peace():
    stage = standing()
    silent(stage)
    stage.open_bot(ADMIN)
    (question,) = look(stage)
    assert question.speech is not None
    assert [len(buttons) for buttons in question.speech.buttons] == [2]
    assert look(stage, at(6, 17)) == []
    stage.press("dissolve.button.keep", ADMIN, question)
    assert look(stage, at(7, 20)) == []
    assert len(look(stage, at(8, 19))) == 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"is_admin": False, "reads_all": False}, id="a group that is not seen"),
        pytest.param({"watching_since": at(6, 1)}, id="a group watched for two weeks"),
    ],
)
def test_silence_that_was_not_seen_is_no_silence(fields):
    stage = standing(**fields)
    stage.open_bot(ADMIN)
    assert look(stage) == []


def test_a_group_of_a_season_sleeps_without_being_asked():
    stage = standing()
    silent(stage)
    stage.open_bot(ADMIN)
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.season_on", ADMIN, stage.answers[-1])
    assert row(stage).seasonal
    assert look(stage) == []

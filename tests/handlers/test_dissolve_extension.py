"""A group goes on: with a reason, the second time with the office's consent, or for good."""

from datetime import date

import pytest

from bot.core.group import GroupKind
from tests.handlers.dissolve_stage import DESK, END, at_desk, extend, project, row
from tests.handlers.stage import ADMIN, OFFICER, Stage
from tests.handlers.test_review import rendered


def log(stage: Stage) -> list[str]:
    changes = stage.store.tables.changes.values()
    return [f"{each.role} {sorted(each.after)} {each.reason}".strip() for each in changes][1:]


def test_an_extension_needs_a_reason_which_the_log_keeps():
    stage = project()
    stage.open_bot(ADMIN)
    extend(stage, "x")
    assert row(stage).end_date == END
    stage.play(stage.private("汛期延长，还要值守", by=ADMIN))
    assert (row(stage).end_date, stage.group().end_date) == (date(2026, 7, 30), date(2026, 7, 30))
    assert "group_admin ['end_date', 'extensions', 'state'] 汛期延长，还要值守" in log(stage)


@pytest.mark.parametrize("words", ["2026-12-31", "2026年13月45日", "3月1号", "2020.1.1", "x"])
def test_a_date_is_no_reason_and_the_reason_is_asked_for_with_an_example(words):
    stage = project()
    stage.open_bot(ADMIN)
    extend(stage, words)
    assert stage.group().end_date == END
    assert stage.texts()[-1] == "dissolve.bad_reason"
    assert "例如：汛期延长，还要值守。" in rendered(stage)


@pytest.mark.parametrize(("answer", "end"), [("yes", date(2026, 8, 30)), ("no", date(2026, 7, 30))])
def test_a_second_extension_is_decided_at_the_desk_and_the_owner_is_told(answer, end):
    stage = project()
    stage.open_bot(ADMIN, OFFICER)
    extend(stage)
    extend(stage)
    request = next(said for said in stage.said() if said.chat_id == DESK)
    assert row(stage).end_date == date(2026, 7, 30)
    at_desk(stage, request, f"dissolve.button.desk_{answer}")
    assert row(stage).end_date == end
    assert stage.said()[-1].chat_id == ADMIN


def test_the_end_date_of_a_project_group_is_not_changed_by_the_settings():
    stage = project()
    stage.open_bot(ADMIN)
    stage.play(stage.private("/settings", by=ADMIN))
    stage.press("settings.button.kind", ADMIN)
    assert "dissolve.stage.due" in str(stage.answers[-1].speech)
    assert stage.group().end_date == END


def test_a_group_that_stays_counts_from_now_on_and_the_desk_is_told_in_one_line():
    stage = project()
    stage.open_bot(ADMIN)
    stage.play(stage.private("/dissolve", by=ADMIN))
    stage.press("dissolve.choose", ADMIN)
    stage.press("dissolve.button.standing", ADMIN, stage.answers[-1])
    stage.press("dissolve.button.yes_standing", ADMIN, stage.answers[-1])
    assert (row(stage).kind, stage.group().end_date) == (GroupKind.STANDING, None)
    assert [said.chat_id for said in stage.said()][-1] == DESK

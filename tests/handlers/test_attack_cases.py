"""A group's admin who stands in a case deletes what there is of the group: the case stays what it is."""

import pytest

from bot.core.cases import Case
from bot.core.model import Category
from bot.core.reports import Report
from tests.handlers.stage import MORNING, Stage
from tests.handlers.test_ledger_pages import in_store
from tests.handlers.test_settings import press

DAY = MORNING.date()


async def _reported(work, group_id):
    case = await work.cases.add(Case(Category.RANKING, MORNING.date(), MORNING.date(), group_id=group_id, findings=5))
    await work.reports.add(
        Report(7, MORNING.date(), Category.RANKING, "a", group_id, words="每天排名", case_id=case.id)
    )


@pytest.mark.parametrize("what", ["wipe", "gone"])
def test_nobody_shakes_a_case_off_by_deleting_what_was_seen(what):
    stage = Stage()
    number = stage.group().id
    in_store(stage, lambda work: _reported(work, number))
    assert press(stage, f"se:{number}:{what}:yes").speech is not None
    (case,), (report,) = stage.store.tables.cases.values(), stage.store.tables.reports.values()
    new = stage.group().id if what == "wipe" else None
    place = "" if what == "wipe" else "工作群"
    assert new != number
    assert (case.group_id, case.place, case.findings) == (new, place, 5)
    assert (report.group_id, report.place, report.words, report.case_id) == (new, place, "每天排名", case.id)
    (change,) = [each for each in stage.store.tables.changes.values() if each.noun == "case"]
    assert (change.role, change.before, change.after) == ("group_admin", {"group_id": number}, {"group_id": new})
    assert change.actor

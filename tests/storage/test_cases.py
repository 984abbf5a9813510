"""Cases with their steps and reports with their talk, alike over the fake and both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Clearing, Event, Shown
from bot.core.changes import Role
from bot.core.ledger_log import HOST
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from bot.core.units import Unit, UnitLevel
from bot.services import units
from tests.storage.make_values import NOW, group

DAY = NOW.date()
CASE = Case(Category.RANKING, DAY, DAY, place="某微信群 🌾", due=DAY + timedelta(days=7))
REPORT = Report(9_007_199_254_740_993, DAY, Category.RANKING, "a" * 32, words="每天排名", place="微信群", known="老王")
TAKEN = Event(Step.TAKE, Role.OFFICE, CaseState.SUSPECTED, CaseState.UNDER_CHECK, NOW)


async def fill_cases(work):
    """A row in each table."""
    case = await work.cases.add(CASE)
    await work.cases.record(case.id, TAKEN, case)
    await work.reports.add(replace(REPORT, case_id=case.id))
    await work.reports.say(Note(5, REPORT.id, DAY, "还有一条"))


def test_a_case_comes_back_whole_and_changed(stage):
    async def play(store):
        async with store.begin() as work:
            case = await work.cases.add(CASE)
            assert case == replace(CASE, id=case.id)
            await work.commit()
        async with store.begin() as work:
            changed = replace(
                *(case,),
                state=CaseState.CLEARED,
                outcome=CaseState.CLEARED,
                clearing=Clearing.NOTICE,
                shown=frozenset(Shown),
                heard=True,
                due=None,
            )
            await work.cases.update(changed)
            await work.commit()
        async with store.begin() as work:
            assert await work.cases.get(case.id) == changed
            assert await work.cases.get(case.id + 1) is None
            assert await work.cases.in_states(frozenset({CaseState.CLEARED})) == [changed]
            assert await work.cases.in_states(frozenset({CaseState.SENT})) == []
            assert await work.cases.of_matter(Category.RANKING, None, DAY) == [changed]
            assert await work.cases.of_matter(Category.RANKING, None, DAY + timedelta(days=1)) == []
            assert await work.cases.opened_between(DAY, DAY) == 1
            await work.cases.remove(case.id)
            assert await work.cases.opened_between(DAY, DAY) == 0

    stage.run(play)


def test_steps_come_back_in_order_with_the_case_before_the_last(stage):
    async def play(store):
        async with store.begin() as work:
            case = await work.cases.add(CASE)
            first = await work.cases.record(case.id, TAKEN, case)
            later = replace(TAKEN, step=Step.SEND, words="请说明", at=NOW + timedelta(hours=1))
            second = await work.cases.record(case.id, later, replace(case, state=CaseState.UNDER_CHECK))
            await work.commit()
        async with store.begin() as work:
            assert await work.cases.events(case.id) == [first, second]
            assert await work.cases.last(case.id) == (second, replace(case, state=CaseState.UNDER_CHECK))
            assert await work.cases.former(first.id) == case
            assert await work.cases.former(second.id + 1) is None
            await work.cases.mark_undone(second.id)
            assert await work.cases.last(case.id) == (first, case)
            assert await work.cases.happened(NOW, NOW + timedelta(days=1)) == [(case.id, first)]
            assert await work.cases.happened(NOW + timedelta(days=1), NOW + timedelta(days=2)) == []

    stage.run(play)


def test_what_is_owed_since_before_a_day_is_found(stage):
    async def play(store):
        async with store.begin() as work:
            late = await work.cases.add(replace(CASE, due=DAY))
            await work.cases.add(replace(CASE, due=None))
            await work.cases.add(replace(CASE, due=DAY + timedelta(days=1)))
            assert await work.cases.due_before(DAY + timedelta(days=1)) == [late]

    stage.run(play)


def test_words_of_a_done_case_end_by_two_clocks_and_its_days_and_counts_stay(stage):
    async def play(store):
        async with store.begin() as work:
            done = await work.cases.add(replace(CASE, state=CaseState.CLOSED, outcome=CaseState.CORRECTED))
            running = await work.cases.add(CASE)
            await work.cases.record(done.id, replace(TAKEN, words="理由"), done)
            await work.reports.add(replace(REPORT, case_id=done.id, state=ReportState.OPEN, message_id=5))
            await work.reports.say(Note(1, REPORT.id, DAY, "哪一天？", from_office=True))
            after = DAY + timedelta(days=1)
            assert await work.cases.seal_off(DAY) == []
            assert await work.cases.seal_off(after) == [done.id]
            assert await work.cases.seal_off(after) == []
            assert [each.id for each in await work.cases.ending(after)] == [done.id]
            await work.cases.empty(done.id)
            assert await work.cases.ending(after) == []
            emptied = replace(done, place="", sealed_off=True, emptied=True)
            assert await work.cases.get(done.id) == emptied
            assert [each.words for each in await work.cases.events(done.id)] == [""]
            (report,) = await work.reports.of_case(done.id)
            assert (report.words, report.place, report.known, report.message_id) == ("", "", "", None)
            assert await work.reports.talk(REPORT.id) == []
            assert await work.cases.get(running.id) == running

    stage.run(play)


def test_reports_are_found_by_receipt_and_by_case(stage):
    async def play(store):
        async with store.begin() as work:
            case = await work.cases.add(CASE)
            other = replace(REPORT, id=5, receipt="b" * 32, words="", place="", known="")
            await work.reports.add(REPORT)
            await work.reports.add(other)
            await work.commit()
        async with store.begin() as work:
            assert await work.reports.get(REPORT.id) == REPORT
            assert await work.reports.of_receipt("b" * 32) == other
            assert await work.reports.of_receipt("c" * 32) is None
            assert await work.reports.held() == [other, REPORT]
            joined = replace(REPORT, state=ReportState.OPEN, case_id=case.id)
            await work.reports.update(joined)
            assert await work.reports.held() == [other]
            assert await work.reports.of_case(case.id) == [joined]
            assert await work.reports.of_cases([case.id, 99]) == [joined]
            assert await work.reports.of_cases([]) == []
            assert await work.reports.counts([case.id, case.id + 1]) == {case.id: 1}
            assert await work.reports.empty(DAY) == 0
            assert await work.reports.empty(DAY + timedelta(days=1)) == 1
            assert await work.reports.get(5) is None

    stage.run(play)


def test_nothing_said_is_left_of_a_withdrawn_report(stage):
    async def play(store):
        async with store.begin() as work:
            await work.reports.add(replace(REPORT, message_id=7))
            await work.reports.say(Note(3, REPORT.id, DAY, "补充", held=True))
            await work.reports.update(replace(REPORT, state=ReportState.WITHDRAWN))
            gone = await work.reports.get(REPORT.id)
            assert gone is not None
            assert (gone.words, gone.place, gone.known, gone.message_id) == ("", "", "", None)
            assert await work.reports.talk(REPORT.id) == []

    stage.run(play)


def test_a_reporters_notes_are_held_back_until_they_are_released(stage):
    async def play(store):
        async with store.begin() as work:
            await work.reports.add(REPORT)
            asked = Note(8, REPORT.id, DAY, "哪一天？", from_office=True)
            told = Note(2, REPORT.id, DAY, "昨天", held=True)
            await work.reports.say(asked)
            await work.reports.say(told)
            assert await work.reports.talk(REPORT.id) == [told, asked]
            assert await work.reports.release_notes() == [replace(told, held=False)]
            assert await work.reports.release_notes() == []
            assert [each.held for each in await work.reports.talk(REPORT.id)] == [False, False]

    stage.run(play)


def test_a_receipt_belongs_to_one_report(stage):
    async def play(store):
        async with store.begin() as work:
            await work.reports.add(REPORT)
            with pytest.raises(Exception, match=r".*"):
                await work.reports.add(replace(REPORT, id=4))

    stage.run(play)


def test_a_day_of_long_ago_counts_for_its_own_stretch(stage):
    async def play(store):
        async with store.begin() as work:
            await work.cases.add(replace(CASE, opened_on=date(2024, 1, 1)))
            assert await work.cases.opened_between(date(2024, 1, 1), date(2024, 1, 31)) == 1
            assert await work.cases.opened_between(DAY, DAY) == 0

    stage.run(play)


def test_a_charge_is_noted_where_it_was_shown(stage):
    async def play(store):
        async with store.begin() as work:
            cases = [await work.cases.add(replace(CASE, shown=frozenset(shown))) for shown in ((), (Shown.UNIT,))]
            await work.cases.show([each.id for each in cases], Shown.NOTICE)
            await work.cases.show([cases[0].id], Shown.NOTICE)
            await work.cases.show([], Shown.NOTICE)
            found = await work.cases.in_states(frozenset({CASE.state}))
            assert [each.shown for each in found] == [{Shown.NOTICE}, {Shown.UNIT, Shown.NOTICE}]
            assert await work.cases.in_states(frozenset({CASE.state}), 1, newest=True) == [found[-1]]

    stage.run(play)


def test_the_end_of_the_words_is_noted_and_a_former_case_knows_its_own(stage):
    async def play(store):
        async with store.begin() as work:
            case = await work.cases.add(CASE)
            await work.cases.announce_end(case.id, DAY)
            ending = replace(case, words_until=DAY)
            assert await work.cases.get(case.id) == ending
            await work.cases.record(case.id, TAKEN, ending)
            last = await work.cases.last(case.id)
            assert last is not None
            assert last[1] == ending

    stage.run(play)


def test_cases_of_a_merged_unit_go_on_at_the_other_with_a_line_in_the_log(stage):
    async def play(store):
        async with store.begin() as work:
            towns = [Unit(name, UnitLevel.TOWNSHIP) for name in ("东镇", "西镇")]
            old, new = await units.add(work, towns, HOST, NOW)
            case = await work.cases.add(replace(CASE, unit_id=old.id))
            other = await work.cases.add(replace(CASE, unit_id=new.id))
            await units.merge(work, old, new, HOST, NOW, DAY, "撤并")
            assert await work.cases.of_unit(old.id) == []
            assert {each.id for each in await work.cases.of_unit(new.id)} == {case.id, other.id}
            (change,) = await work.changes.of("case", case.id)
            assert (change.before, change.after) == ({"unit_id": old.id}, {"unit_id": new.id})
            assert (change.role, change.reason) == (Role.OFFICE, "撤并")

    stage.run(play)


def test_cases_and_reports_follow_a_group_that_becomes_one_with_another(stage):
    async def play(store):
        async with store.begin() as work:
            old, new = [await work.groups.add(group(chat)) for chat in (-5, -50)]
            case = await work.cases.add(replace(CASE, group_id=new.id))
            await work.reports.add(replace(REPORT, group_id=new.id, case_id=case.id))
            stays = await work.groups.migrate(-5, -50)
            assert stays is not None
            assert stays.id == old.id
            moved = await work.cases.get(case.id)
            report = await work.reports.get(REPORT.id)
            assert moved is not None
            assert report is not None
            assert (moved.group_id, report.group_id, report.case_id) == (old.id, old.id, case.id)

    stage.run(play)


def test_cases_and_reports_stay_without_a_group_that_was_wiped(stage):
    async def play(store):
        async with store.begin() as work:
            gone = await work.groups.add(group(-5))
            case = await work.cases.add(replace(CASE, group_id=gone.id))
            await work.reports.add(replace(REPORT, group_id=gone.id, case_id=case.id))
            await work.groups.delete(gone.id)
            assert await work.cases.get(case.id) == replace(case, group_id=None)
            assert await work.reports.get(REPORT.id) == replace(REPORT, case_id=case.id)

    stage.run(play)


def test_cases_and_reports_are_given_to_the_group_that_begins_anew(stage):
    async def play(store):
        async with store.begin() as work:
            old, other = [await work.groups.add(group(chat)) for chat in (-5, -6)]
            case = await work.cases.add(replace(CASE, group_id=old.id))
            await work.cases.add(replace(CASE, group_id=other.id))
            await work.reports.add(replace(REPORT, group_id=old.id))
            assert await work.cases.of_group(old.id) == ([case.id], [REPORT.id])
            cases, reports = await work.cases.of_group(old.id)
            await work.groups.delete(old.id)
            assert await work.cases.of_group(old.id) == ([], [])
            fresh = await work.groups.add(group(-5))
            await work.cases.regroup(cases, reports, fresh.id)
            assert await work.cases.get(case.id) == replace(case, group_id=fresh.id)
            assert await work.reports.get(REPORT.id) == replace(REPORT, group_id=fresh.id)

    stage.run(play)

"""The words of a done case end by two clocks, and nothing goes of which the desk was not told a week before."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Clearing, Deed, Event, Terms, done, undo
from bot.core.changes import Role
from bot.core.model import Category
from bot.core.office import Place, PlaceKind
from bot.core.policy import Policy
from bot.core.reports import Note, Report, ReportState
from bot.jobs import retention as job
from bot.services.privacy import cases_page
from bot.services.retention import CasesEnded, end_cases
from tests.fakes import FixedClock, InMemoryStore
from tests.handlers.parts import runtime
from tests.handlers.stage import SHANGHAI

DAY = date(2026, 3, 11)
POLICY = Policy(case_access_days=90, case_data_days=365)
DESK = -1008
CLOSED = Case(
    *(Category.RANKING, DAY, DAY, CaseState.CLOSED),
    outcome=CaseState.CONFIRMED,
    place="某微信群",
)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)


def played(play):
    async def go():
        store = InMemoryStore()
        async with store.begin() as work:
            await work.office.bind(Place(PlaceKind.DESK, DESK, "办公群", at(DAY)))
            case = await work.cases.add(CLOSED)
            event = Event(Step.CONFIRM, Role.OFFICE, CaseState.SENT, CaseState.CONFIRMED, at(DAY), "理由")
            await work.cases.record(case.id, event, case)
            await work.reports.add(Report(7, DAY, Category.RANKING, "a", words="每天排名", case_id=case.id))
            await play(work, case)

    asyncio.run(go())


async def ended(work, days: int, policy: Policy = POLICY) -> CasesEnded:
    today = DAY + timedelta(days=days)
    return await end_cases(work, policy, today, at(today))


def posts(work):
    return [row.entry.outgoing.speech.parts[0] for row in work.tables.outbox.values()]


def test_words_are_sealed_off_then_announced_then_deleted_and_days_and_counts_stay():
    async def play(work, case):
        assert await ended(work, 90) == CasesEnded()
        assert await ended(work, 91) == CasesEnded(sealed_off=1)
        assert await ended(work, 357) == CasesEnded()
        assert await ended(work, 358) == CasesEnded(announced=1)
        assert await ended(work, 358) == CasesEnded()
        assert [(part.key, part.fields["count"], part.fields["numbers"]) for part in posts(work)] == [
            ("case_file.ending", 1, "1")
        ]
        assert await ended(work, 365) == CasesEnded()
        assert (await work.cases.events(case.id))[0].words == "理由"
        assert await ended(work, 366) == CasesEnded(emptied=1)
        assert await ended(work, 367) == CasesEnded()
        (event,) = await work.cases.events(case.id)
        (report,) = await work.reports.of_case(case.id)
        assert (event.words, report.words, await work.cases.last(case.id)) == ("", "", None)
        left = await work.cases.get(case.id)
        assert (left.state, left.outcome, left.opened_on, left.place) == (CLOSED.state, CLOSED.outcome, DAY, "")
        assert [change.after for change in await work.changes.of("case", case.id)] == [
            {"sealed_off": True},
            {"emptied": True},
        ]

    played(play)


def test_after_a_long_stop_the_desk_is_told_first_and_a_week_later_words_go():
    async def play(work, _):
        assert await ended(work, 500) == CasesEnded(sealed_off=1, announced=1)
        assert (await ended(work, 507)).emptied == 0
        assert (await ended(work, 508)).emptied == 1

    played(play)


def test_nothing_is_deleted_that_moved_yesterday_whatever_the_setting():
    async def play(work, _):
        hasty = Policy(case_access_days=1, case_data_days=1)
        assert [(await ended(work, days, hasty)).emptied for days in range(9)] == [0] * 8 + [1]

    played(play)


def test_a_reopened_case_is_kept_and_both_its_clocks_begin_anew():
    async def play(work, case):
        await ended(work, 358)
        found = await work.cases.get(case.id)
        today = DAY + timedelta(days=360)
        deed = Deed(Step.REOPEN, Role.OFFICE, at(today), today, "新的情况")
        after, _ = done(found, deed, Terms(), lambda _: True)
        await work.cases.update(after)
        assert (await ended(work, 999)).emptied == 0
        assert not (await work.cases.get(case.id)).sealed_off
        deed = Deed(Step.CLEAR, Role.OFFICE, at(today), today, "不能认定", Clearing.WRITTEN)
        again, _ = done(after, deed, Terms(), lambda _: True)
        await work.cases.update(again)
        assert await ended(work, 360 + 90) == CasesEnded()
        assert await ended(work, 360 + 91) == CasesEnded(sealed_off=1)

    played(play)


def test_words_of_a_reopening_that_was_undone_go_as_well():
    async def play(work, case):
        await ended(work, 358)
        await ended(work, 366)
        emptied = await work.cases.get(case.id)
        today = DAY + timedelta(days=400)
        after, event = done(emptied, Deed(Step.REOPEN, Role.OFFICE, at(today), today, "误点"), Terms(), lambda _: True)
        event = await work.cases.record(case.id, event, emptied)
        back = undo(after, event, emptied, at(today))
        await work.cases.update(back)
        await work.cases.mark_undone(event.id)
        assert (back.state, back.moved_on, back.emptied) == (CaseState.CLOSED, DAY, False)
        assert (await ended(work, 400)).emptied == 1
        assert [each.words for each in await work.cases.events(case.id)] == ["", ""]

    played(play)


def test_an_open_case_keeps_its_words_however_old_it_is():
    async def play(work, case):
        await work.cases.update(replace(case, state=CaseState.CONFIRMED))
        assert await ended(work, 5_000) == CasesEnded()

    played(play)


def test_a_report_that_never_became_part_of_a_case_goes_with_its_talk():
    async def play(work, _):
        alone = Report(9, DAY, Category.RANKING, "b", state=ReportState.WITHDRAWN)
        await work.reports.add(alone)
        await work.reports.say(Note(1, 9, DAY, "补充"))
        assert (await ended(work, 365)).reports == 0
        assert (await ended(work, 366)).reports == 1
        assert await work.reports.talk(9) == []

    played(play)


def test_the_hourly_job_ends_cases_by_the_offices_day():
    clock = FixedClock(at(DAY + timedelta(days=91)))
    store = InMemoryStore()

    async def go():
        async with store.begin() as work:
            await work.cases.add(CLOSED)
            await work.commit()
        await job.run(runtime(store, clock), clock.now())
        return [case.sealed_off for case in store.tables.cases.values()]

    assert asyncio.run(go()) == [True]


@pytest.mark.parametrize("name", ["access", "data"])
def test_the_privacy_page_says_how_long(name):
    (part,) = [each for each in cases_page(POLICY, "zh-Hans").parts if each.key == "privacy.cases"]
    assert part.fields[name] == {"access": 90, "data": 365}[name]

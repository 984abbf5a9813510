"""What the office does beside the steps: it names a unit, asks reporters by their receipts, joins two of one matter."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Shown
from bot.core.errors import CaseRefused
from bot.core.model import Category
from bot.core.reports import LONGEST, ReportState
from bot.services import case_office
from tests.services.case_room import OFFICE, PAST, Play

QUESTION = "是哪一天的事？"


def ask(play, words=QUESTION, by=OFFICE):
    return play.run(lambda work: case_office.ask(work, play.room, by, play.number, words, play.now))


def assign(play, unit_id, by=OFFICE):
    async def done(work):
        return await case_office.assign(work, by, play.number, await work.units.get(unit_id), play.now)

    return play.run(done)


def join(play, other, by=OFFICE):
    return play.run(lambda work: case_office.join(work, by, play.number, other, play.now))


def another(play, **fields):
    values = {"category": Category.AFTER_HOURS, "opened_on": PAST, "moved_on": PAST, "group_id": play.group_id}
    return play.run(lambda work: work.cases.add(Case(**(values | fields)))).id


def reason_of(act, *given, **more):
    with pytest.raises(CaseRefused) as refused:
        act(*given, **more)
    return refused.value.reason


def talk(play, number):
    return [note for note in play.store.tables.report_notes.values() if note.report_id == number]


def test_every_reporter_of_a_case_is_asked_and_nobody_is_written_to():
    play = Play.of()
    for number in (11, 12):
        play.report(number)
    assert ask(play) == 2
    assert [(note.words, note.from_office) for note in (*talk(play, 11), *talk(play, 12))] == [(QUESTION, True)] * 2
    assert play.queued() == []
    assert QUESTION not in str(play.changes())


def test_one_question_at_a_time_is_open():
    play = Play.of()
    play.report(11)
    ask(play)
    assert reason_of(ask, play) == "nobody_to_ask"
    play.later(days=1)
    play.say(11, "周三", held=True)
    assert reason_of(ask, play) == "nobody_to_ask", "that an answer came is not told before its batch"
    play.say(11, "周三")
    assert ask(play) == 1


def test_whoever_withdrew_is_not_asked():
    play = Play.of()
    play.report(11)
    withdrawn = play.store.tables.reports[11]
    play.run(lambda work: work.reports.update(replace(withdrawn, state=ReportState.WITHDRAWN)))
    assert reason_of(ask, play) == "nobody_to_ask"


@pytest.mark.parametrize(("words", "reason"), [(" ", "words"), ("字" * (LONGEST + 1), "long")])
def test_a_question_is_neither_empty_nor_too_long(words, reason):
    play = Play.of()
    play.report(11)
    assert reason_of(ask, play, words) == reason


def test_a_unit_asks_nobody_names_none_and_joins_nothing():
    play = Play.of(CaseState.SENT)
    other = another(play)
    assert reason_of(ask, play, by=play.contact) == "not_yours"
    assert reason_of(assign, play, play.other_unit, by=play.contact) == "not_yours"
    assert reason_of(join, play, other, by=play.contact) == "not_yours"


def test_the_unit_can_be_changed_until_one_was_told():
    play = Play.of()
    assert assign(play, play.other_unit).unit_id == play.other_unit
    assert [change.after for change in play.changes()] == [{"unit_id": play.other_unit}]
    play.step(Step.TAKE)
    play.step(Step.SEND)
    assert reason_of(assign, play, play.unit_id) == "assigned"


def test_two_cases_of_one_matter_become_one():
    play = Play.of(CaseState.UNDER_CHECK, reports=1, findings=2)
    play.report(11)
    other = another(play, reports=2, findings=3, opened_on=PAST - timedelta(days=3))
    case = play.number
    play.number = other
    play.report(12)
    play.number = case
    after = join(play, other)
    assert (after.reports, after.findings, after.opened_on) == (3, 5, PAST - timedelta(days=3))
    assert {report.case_id for report in play.store.tables.reports.values()} == {case}
    assert other not in play.store.tables.cases
    assert [(change.noun_id, change.after) for change in play.changes()] == [(other, {"joined": case})]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"category": Category.VOTE_LIKE}, id="another category"),
        pytest.param({"state": CaseState.SENT}, id="its unit was asked"),
        pytest.param({"state": CaseState.CLEARED}, id="decided"),
        pytest.param({"shown": frozenset({Shown.UNIT})}, id="its unit once was told"),
        pytest.param({"findings": 5, "group_id": None}, id="it was found elsewhere"),
    ],
)
def test_what_is_known_decided_or_another_matter_is_not_joined(fields):
    play = Play.of(CaseState.UNDER_CHECK)
    other = another(play, **fields)
    assert play.run(lambda work: case_office.candidates(work, OFFICE, play.number, play.now)) == []
    assert reason_of(join, play, other) == "not_joinable"


def test_a_case_is_not_joined_into_itself_nor_into_one_that_is_decided():
    play = Play.of(CaseState.UNDER_CHECK)
    assert reason_of(join, play, play.number) == "not_joinable"
    decided = Play.of(CaseState.CONFIRMED)
    assert reason_of(join, decided, another(decided)) == "not_joinable"


def test_cases_of_the_same_group_are_offered_first():
    play = Play.of(CaseState.UNDER_CHECK)
    far, near = another(play, group_id=None, place="别处"), another(play)
    found = play.run(lambda work: case_office.candidates(work, OFFICE, play.number, play.now))
    assert [case.id for case in found] == [near, far]

"""Once for each due day, in working time: the contacts of a unit, and the desk of all together; no nagging."""

from datetime import date

import pytest

from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case
from bot.core.model import Category
from bot.core.office import PlaceKind
from bot.core.speech import PostKind
from bot.services import case_reminders
from bot.services.backup import RESTORED
from tests.services.case_room import CONTACT, CONTACT_TOO, DESK, PAST, Play


def remind(play):
    return play.run(lambda work: case_reminders.remind(work, play.room, play.now))


def keys(outgoing):
    return [part.key for part in outgoing.speech.parts]


def another(play, state, due=PAST):
    play.run(lambda work: work.cases.add(Case(Category.VOTE_LIKE, PAST, PAST, state, due=due)))


def test_an_overdue_answer_is_asked_for_once_in_private_and_told_at_the_desk():
    play = Play.of(CaseState.SENT, due=PAST)
    assert remind(play) == 1
    assert [(each.chat_id, each.kind) for each in play.queued(CONTACT, CONTACT_TOO)] == [
        (CONTACT, PostKind.PROMPT),
        (CONTACT_TOO, PostKind.PROMPT),
    ]
    assert keys(play.queued(DESK)[0]) == ["case.desk.owed", "case.desk.owed_sent"]
    play.later(days=7)
    assert remind(play) == 0
    assert len(play.queued()) == 3


def test_the_desk_gets_one_post_of_all_that_is_owed():
    play = Play.of(CaseState.SUSPECTED, due=PAST)
    for state in (CaseState.SUSPECTED, CaseState.UNDER_CHECK, CaseState.ANSWERED, CaseState.CONFIRMED):
        another(play, state)
    assert remind(play) == 5
    (post,) = play.queued()
    assert (post.chat_id, post.kind) == (DESK, PostKind.TROUBLE)
    lines = {part.key: part.fields for part in post.speech.parts[1:]}
    assert lines == {
        "case.desk.owed_suspected": {"count": 2},
        "case.desk.owed_under_check": {"count": 1},
        "case.desk.owed_answered": {"count": 1},
        "case.desk.owed_decided": {"count": 1},
    }


def test_a_second_post_on_the_same_day_waits_for_the_next():
    play = Play.of(CaseState.SUSPECTED, due=PAST)
    remind(play)
    another(play, CaseState.UNDER_CHECK)
    assert remind(play) == 0
    play.later(days=1)
    assert remind(play) == 1
    assert len(play.queued(DESK)) == 2


@pytest.mark.parametrize("hours", [pytest.param(10, id="in the evening"), pytest.param(72, id="on a Saturday")])
def test_nobody_is_reminded_outside_working_time(hours):
    play = Play.of(CaseState.SENT, due=PAST)
    play.later(hours=hours)
    assert remind(play) == 0
    assert play.queued() == []
    assert not play.case.reminded


def test_the_due_day_itself_is_in_time():
    play = Play.of(CaseState.SENT, due=date(2026, 3, 11))
    assert remind(play) == 0


def test_the_next_due_day_is_told_again():
    play = Play.of(CaseState.SUSPECTED, due=PAST)
    remind(play)
    play.step(Step.TAKE)
    assert not play.case.reminded


def test_without_a_desk_the_unit_is_asked_and_the_rest_waits():
    play = Play.of(CaseState.SENT, due=PAST)
    another(play, CaseState.SUSPECTED)
    play.run(lambda work: work.office.unbind(PlaceKind.DESK))
    assert remind(play) == 1
    assert {each.chat_id for each in play.queued()} == {CONTACT, CONTACT_TOO}


def test_what_was_due_before_a_backup_was_put_back_is_not_told_again():
    play = Play.of(CaseState.SENT, due=PAST)
    play.run(lambda work: work.state.set(RESTORED, play.now.isoformat()))
    assert remind(play) == 0
    assert play.queued() == []
    assert play.case.reminded

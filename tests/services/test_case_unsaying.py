"""What was said of single messages is taken back once a case is cleared for good, and not before."""

from datetime import timedelta

import pytest

from bot.core.arrival import StoredFinding
from bot.core.case_moves import CaseState, Step
from bot.core.model import Category, Clause, Finding, SenderRole
from bot.core.speech import Act, Outgoing, PostKind
from bot.services import case_unsaying
from bot.services.response import sign_key
from tests.services.case_room import Play

MESSAGE = 5


@pytest.fixture
def play():
    """A cleared case of one finding, under whose message stands a sign."""
    play = Play.of(CaseState.UNDER_CHECK, findings=1)
    finding = Finding(Category.AFTER_HOURS, 1.0, "x", (), Clause("x", "x", "x"))
    stored = StoredFinding(play.group_id, MESSAGE, finding, play.now - timedelta(days=1), SenderRole.ADMIN)
    sign = Outgoing(-1001, PostKind.NOTICE, Act.REACT, key=sign_key(play.group_id, MESSAGE), message_id=MESSAGE)

    async def said(work):
        await work.findings.add([stored])
        await work.outbox.add([sign], play.now)
        (entry,) = await work.outbox.due(play.now, 1, frozenset())
        await work.outbox.done(entry.id, play.now, MESSAGE)

    play.run(said)
    play.step(Step.CLEAR)
    return play


def unsay(play):
    return play.run(lambda work: case_unsaying.unsay(work, play.room, play.now))


def test_a_sign_goes_once_the_clearing_stands(play):
    play.later(minutes=14)
    assert unsay(play) == 0
    play.later(minutes=2)
    assert unsay(play) == 1
    (gone,) = play.queued(-1001)
    assert (gone.act, gone.message_id, gone.emoji) == (Act.REACT, MESSAGE, "")
    assert unsay(play) == 0


def test_a_sign_stays_where_the_clearing_was_taken_back(play):
    play.undo()
    play.later(minutes=20)
    assert unsay(play) == 0


def test_a_sign_stays_while_another_finding_of_the_message_stands(play):
    (stored,) = play.store.tables.findings.values()
    other = stored.finding._replace(category=Category.RANKING)
    more = StoredFinding(play.group_id, MESSAGE, other, stored.at, SenderRole.ADMIN)
    play.run(lambda work: work.findings.add([more]))
    play.later(minutes=20)
    assert unsay(play) == 0
    assert play.queued(-1001) == []

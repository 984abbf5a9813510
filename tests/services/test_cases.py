"""The steps of a case, generated from the table of moves: what is allowed is done and logged, the rest is refused."""

from dataclasses import replace
from itertools import product

import pytest

from bot.core.case_moves import MOVES, CaseState, Guard, Step, move_of
from bot.core.cases import LONGEST, UNDO_WITHIN, Clearing, Shown
from bot.core.changes import Role
from bot.core.errors import CaseRefused
from bot.core.speech import PostKind
from bot.services.cases import Actor
from bot.texts import LANGUAGES, Catalogue
from handlers.case_words import refusal
from tests.services.case_room import CHANNEL, CONTACT, CONTACT_TOO, DESK, FUTURE, OFFICE, PAST, Play

WORDS = "机密的话"


def allowed(role, state, step, *, overdue):
    """Whether the table lets a role make a step."""
    move = move_of(step)
    guarded = dict(move.guards).get(state) in set(Guard) and not overdue
    return role in move.by and state in move.sources and not guarded


def actor(play, role):
    return {Role.OFFICE: OFFICE, Role.UNIT_CONTACT: play.contact}.get(role, Actor(role, "x"))


EVERY = [
    pytest.param(role, state, step, due, id=f"{role}-{state}-{step}-{'overdue' if due == PAST else 'in_time'}")
    for role, state, step, due in product(Role, CaseState, Step, (PAST, FUTURE))
]


@pytest.mark.parametrize(("role", "state", "step", "due"), EVERY)
def test_a_step_is_made_or_refused_as_the_table_says(role, state, step, due):
    play = Play.of(state, due=due)
    before = dict(play.store.tables.cases)
    if allowed(role, state, step, overdue=due == PAST) and not (role is Role.UNIT_CONTACT and not play.case.shown):
        after = play.step(step, WORDS, actor(play, role))
        (change,) = play.changes()
        assert after.state is move_of(step).target
        assert play.case == after
        assert (change.role, change.before["state"], change.after["state"]) == (role, state, after.state)
        assert WORDS not in str(change)
        return
    with pytest.raises(CaseRefused) as refused:
        play.step(step, WORDS, actor(play, role))
    for language in LANGUAGES:
        part = refusal(refused.value)
        assert Catalogue.load(language)(part.key, **part.fields)
    assert (play.store.tables.cases, play.changes(), play.queued()) == (before, [], [])


@pytest.mark.parametrize("step", [move.step for move in MOVES if move.words])
@pytest.mark.parametrize(("words", "reason"), [("  ", "words"), ("字" * (LONGEST + 1), "long")])
def test_a_step_that_needs_words_is_not_made_without_or_with_too_many(step, words, reason):
    play = Play.of(min(move_of(step).sources), due=PAST)
    with pytest.raises(CaseRefused) as refused:
        play.step(step, words)
    assert refused.value.reason == reason


def test_a_case_is_cleared_in_one_of_four_ways():
    play = Play.of(CaseState.UNDER_CHECK)
    for each in Clearing:
        assert play.step(Step.CLEAR, WORDS, clearing=each).clearing is each
        play.step(Step.REOPEN, WORDS)


def test_a_case_without_a_unit_takes_that_of_its_group():
    play = Play.of(unit_id=None)
    assert play.step(Step.TAKE).unit_id == play.unit_id


def test_a_case_without_any_unit_is_not_sent():
    play = Play.of(CaseState.UNDER_CHECK, unit_id=None)
    with pytest.raises(CaseRefused) as refused:
        play.step(Step.SEND)
    assert refused.value.reason == "no_unit"


TELLING = [
    pytest.param(CaseState.UNDER_CHECK, Step.SEND, id="sent"),
    pytest.param(CaseState.ANSWERED, Step.CORRECT, id="corrected"),
    pytest.param(CaseState.ANSWERED, Step.CONFIRM, id="confirmed"),
    pytest.param(CaseState.ANSWERED, Step.CLEAR, id="cleared"),
    pytest.param(CaseState.CLEARED, Step.REOPEN, id="checked again"),
]


@pytest.mark.parametrize(("state", "step"), TELLING)
def test_the_contacts_are_told_privately_when_it_can_no_longer_be_taken_back(state, step):
    play = Play.of(state)
    play.step(step, WORDS)
    told = play.queued()
    assert [each.chat_id for each in told] == [CONTACT, CONTACT_TOO]
    assert {each.kind for each in told} == {PostKind.PROMPT}
    assert {each.not_before for each in told} == {play.now + UNDO_WITHIN}


@pytest.mark.parametrize(("state", "step"), TELLING)
def test_what_is_taken_back_was_told_to_nobody(state, step):
    play = Play.of(state)
    before = play.case
    play.step(step, WORDS)
    play.later(minutes=14)
    assert play.undo() == before
    assert play.queued() == []
    assert [change.after["state"] for change in play.changes()] == [move_of(step).target, state]
    assert all(event.undone for _, event, _ in play.store.tables.case_events.values())


def test_the_same_step_can_be_made_again_after_it_was_taken_back():
    play = Play.of(CaseState.UNDER_CHECK)
    play.step(Step.SEND, WORDS)
    play.undo()
    play.step(Step.SEND, "改过的话")
    assert len(play.queued(CONTACT)) == 1
    assert "改过的话" in str(play.queued(CONTACT))


@pytest.mark.parametrize(
    ("minutes", "by", "reason"),
    [
        pytest.param(15, "office", "undo_late", id="too late"),
        pytest.param(1, "contact", "not_yours", id="a contact takes nothing back"),
    ],
)
def test_a_step_is_not_taken_back(minutes, by, reason):
    play = Play.of(CaseState.ANSWERED)
    play.step(Step.CORRECT)
    play.later(minutes=minutes)
    with pytest.raises(CaseRefused) as refused:
        play.undo(OFFICE if by == "office" else play.contact)
    assert refused.value.reason == reason


def test_what_the_unit_did_is_not_taken_back_by_the_office():
    play = Play.of(CaseState.SENT)
    play.step(Step.ANSWER, WORDS, play.contact)
    with pytest.raises(CaseRefused) as refused:
        play.undo()
    assert refused.value.reason == "no_undo"


def test_a_unit_that_was_named_since_stays_when_a_step_is_taken_back():
    play = Play.of(CaseState.SUSPECTED, unit_id=None, group_id=None)
    play.step(Step.TAKE)
    case = play.case
    play.run(lambda work: work.cases.update(replace(case, unit_id=play.other_unit)))
    assert play.undo().unit_id == play.other_unit


def test_the_desk_hears_that_a_unit_answered_without_a_word_of_it():
    play = Play.of(CaseState.SENT)
    play.step(Step.ANSWER, WORDS, play.contact)
    (post,) = play.queued()
    assert (post.chat_id, post.kind) == (DESK, PostKind.TROUBLE)
    assert WORDS not in str(post)


def test_while_the_office_can_take_a_step_back_the_unit_makes_none():
    play = Play.of(CaseState.SENT)
    play.step(Step.CLEAR)
    with pytest.raises(CaseRefused) as refused:
        play.step(Step.ANSWER, WORDS, play.contact)
    assert refused.value.reason == "busy"


def test_another_unit_does_not_learn_that_there_is_such_a_case():
    play = Play.of(CaseState.SENT)
    with pytest.raises(CaseRefused) as refused:
        play.step(Step.ANSWER, WORDS, Actor(Role.UNIT_CONTACT, "x", frozenset({play.other_unit})))
    assert refused.value.reason == "gone"


def test_what_stood_in_a_notice_is_corrected_in_the_channel_without_names():
    play = Play.of(CaseState.CONFIRMED, shown=frozenset(Shown))
    play.step(Step.CLEAR, WORDS, sent_out=True)
    (post,) = play.queued(CHANNEL)
    assert post.kind is PostKind.NOTICE
    assert post.not_before == play.now + UNDO_WITHIN
    assert not post.speech.buttons
    assert not any(word in str(post.speech) for word in (WORDS, "青山镇", "工作群"))
    play.undo()
    assert play.queued() == []


@pytest.mark.parametrize(
    ("shown", "sent_out"),
    [
        pytest.param(frozenset(Shown), False, id="its draft was never sent out"),
        pytest.param(frozenset({Shown.UNIT}), True, id="it stood in no draft"),
    ],
)
def test_what_was_in_no_notice_that_went_out_is_not_corrected_there(shown, sent_out):
    play = Play.of(CaseState.CONFIRMED, shown=shown)
    play.step(Step.CLEAR, WORDS, sent_out=sent_out)
    assert play.queued(CHANNEL) == []


def test_a_case_that_no_unit_knows_of_is_cleared_in_silence():
    play = Play.of(CaseState.UNDER_CHECK)
    play.step(Step.CLEAR, WORDS)
    assert play.queued() == []


def test_nobody_is_told_of_a_closing():
    play = Play.of(CaseState.CORRECTED, due=PAST)
    play.step(Step.CLOSE)
    assert play.queued() == []


def test_a_case_that_was_sealed_off_is_readable_again_once_it_is_checked_again():
    play = Play.of(CaseState.CLOSED, sealed_off=True)
    assert not play.step(Step.REOPEN, WORDS).sealed_off

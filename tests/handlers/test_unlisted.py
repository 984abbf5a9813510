"""/unlisted: what somebody points out is kept without who and when, until the office is done with it."""

import pytest

from tests.handlers.ledger_stage import county
from tests.handlers.stage import ADMIN, MEMBER, OFFICER
from tests.handlers.test_settings import ask, press
from tests.handlers.test_setup import keys


@pytest.fixture
def stage():
    return county()


def test_what_a_member_points_out_is_kept_without_who_and_when(stage):
    assert keys(ask(stage, "/unlisted", MEMBER)) == ["unlisted.ask"]
    assert keys(ask(stage, "青山镇\n还有一个催报群", MEMBER)) == ["unlisted.thanks"]
    assert [*stage.store.tables.pointers.values()] == ["青山镇 还有一个催报群"]
    assert all(said.chat_id == MEMBER for said in stage.said())
    assert stage.store.tables.changes == {}
    page = press(stage, "ld:p", OFFICER).speech
    assert [part.fields for part in page.parts if part.key == "unlisted.words"] == [{"words": "青山镇 还有一个催报群"}]


@pytest.mark.parametrize("outcome", ["added", "no_group", "done"])
def test_the_office_settles_what_was_pointed_out_and_the_words_are_gone(stage, outcome):
    ask(stage, "/unlisted 甲群", MEMBER)
    ask(stage, "/unlisted 乙群", MEMBER)
    answer = press(stage, f"ld:p:1:{outcome}", OFFICER)
    assert answer.toast.key == f"unlisted.settled.{outcome}"
    assert [part.fields for part in answer.speech.parts if part.key == "unlisted.words"] == [{"words": "乙群"}]
    assert stage.store.tables.pointers[1] is None
    change = [*stage.store.tables.changes.values()][-1]
    assert (change.noun, change.noun_id, change.after) == ("pointer", 1, {"outcome": outcome})
    again = press(stage, f"ld:p:1:{outcome}", OFFICER)
    assert (again.toast, len(stage.store.tables.changes)) == (None, 1)


def test_one_person_cannot_flood_the_office_with_pointers(stage):
    for number in range(7):
        last = ask(stage, f"/unlisted 群{number}", MEMBER)
    assert keys(last) == ["unlisted.too_many"]
    assert len(stage.store.tables.pointers) == 5
    assert keys(ask(stage, "/unlisted 另一个群", ADMIN)) == ["unlisted.thanks"]


@pytest.mark.parametrize(
    ("words", "answer"),
    [("长" * 201, "unlisted.length"), ("机密★ 作战群", "command.secret")],
    ids=["too long", "secret"],
)
def test_some_words_are_not_kept(stage, words, answer):
    assert keys(ask(stage, f"/unlisted {words}", MEMBER)) == [answer]
    assert stage.store.tables.pointers == {}

"""/approvals for the office alone, and what of the requests in a group counts as listed."""

import pytest

from tests.handlers.stage import ADMIN, DEMAND, MEMBER, OFFICER, Stage
from tests.handlers.test_settings import rendered
from tests.handlers.test_setup import keys
from tests.handlers.verify_stage import CONTACT, DESK, NOTICE, asked, imported, office, press, say


@pytest.fixture
def stage():
    return office()


def test_the_office_sees_the_list_and_the_last_refusals(stage):
    press(stage, "vf:refuse", CONTACT)
    asked(stage)
    home = say(stage, "/approvals", OFFICER).speech
    (listed,) = [part.fields for part in home.parts if part.key == "approvals.office.list"]
    assert listed == {"count": 3, "inspection": 2, "collection": 0, "form": 1}
    (numbers,) = [part.fields for part in home.parts if part.key == "approvals.office.numbers"]
    assert numbers == {"refusals": 1, "waiting": 1, "visits": 0}
    page = press(stage, "ap:refusals", OFFICER).speech
    assert [part.fields for part in page.parts if part.key == "approvals.office.refusal"] == [
        {"day": "2026-03-11", "unit": "青山镇", "words": NOTICE}
    ]
    for speech in (home, page, press(stage, "ap:visits", OFFICER).speech):
        rendered(speech)


def test_the_office_is_told_that_it_gave_no_list():
    stage = Stage()
    stage.open_bot(OFFICER)
    said = say(stage, "/approvals", OFFICER).speech
    assert keys(said) == ["approvals.office.title", "approvals.office.none", "approvals.office.numbers"]
    rendered(said)


@pytest.mark.parametrize("by", [MEMBER, CONTACT])
def test_nobody_else_sees_the_offices_page(stage, by):
    assert keys(say(stage, "/approvals", by).speech) == ["office.not_office"]
    for data in ("ap:home", "ap:refusals", "ap:visits"):
        assert press(stage, data, by).toast.key == "office.not_office"


def test_the_admin_of_a_group_does_not_see_it_either():
    stage = Stage()
    stage.open_bot(ADMIN)
    assert keys(say(stage, "/approvals", ADMIN).speech) == ["office.not_office"]
    assert press(stage, "ap:home", ADMIN).toast.key == "office.not_office"


def test_a_request_on_the_list_counts_as_listed_beside_being_a_request(stage):
    stage.play(stage.message(1, DEMAND), stage.message(2, "请各村今天报送耕地撂荒情况统计表"))
    counts = stage.counts()
    assert (counts["data_collection"], counts["listed"]) == (2, 1)


def test_a_list_that_comes_later_is_seen_within_a_minute():
    stage = Stage(policy={"office_chat": DESK})
    stage.play(stage.message(1, DEMAND))
    imported(stage)
    stage.clock.advance(seconds=61)
    stage.play(stage.message(2, DEMAND))
    assert stage.counts()["listed"] == 1


def test_the_status_of_a_group_tells_how_many_requests_are_listed(stage):
    stage.play(stage.message(1, DEMAND))
    said = press(stage, "st:1", ADMIN).speech
    assert [part.fields for part in said.parts if part.key == "status.listed"] == [{"asked": 1, "listed": 1}]
    rendered(said)


def test_without_a_list_the_status_says_nothing_of_it():
    stage = Stage()
    stage.open_bot(ADMIN)
    stage.play(stage.message(1, DEMAND))
    assert "status.listed" not in keys(say(stage, "/status", ADMIN).speech)

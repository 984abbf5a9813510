"""/ledger and /unlisted: who sees what, the form of three taps, and what members point out."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.changes import Role
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.office import Binding, Place, PlaceKind
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, UnitLevel
from tests.handlers.ledger_stage import CONTACT, county, labels, parts
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage, in_store
from tests.handlers.test_office import in_chat
from tests.handlers.test_settings import ask, buttons, press, rendered
from tests.handlers.test_setup import keys

DESK = -1008


TODAY = date(2026, 3, 11)


@pytest.fixture
def stage():
    return county()


def test_the_office_turns_over_all_units_in_their_order(stage):
    first = ask(stage, "/ledger", OFFICER)
    assert labels(first)[:9] == ["青山县", "青山镇", *(f"{n}号村" for n in range(1, 7)), "ledger_pages.button.after"]
    assert parts(first, "line")[1] == {
        "number": 2, "unit": "青山镇", "standing": 1, "projects": 1, "accounts": 1, "apps": 1,
    }  # fmt: skip
    second = press(stage, "ld:l:8", OFFICER).speech
    assert labels(second)[:5] == ["7号村", "8号村", "9号村", "10号村", "ledger_pages.button.before"]


def test_every_page_of_the_ledger_is_answered_in_every_language(stage):
    found = pages_of(stage, OFFICER)
    assert {"ld:u:2", "ld:l:8", "ld:n:0", "ld:p", "ld:f", "ld:a:2:wechat:project:3"} <= found.keys()


def pages_of(stage, by):
    found = {}
    waiting = buttons(ask(stage, "/ledger", by))
    while waiting:
        button = waiting.pop()
        if button.url or button.data in found:
            continue
        found[button.data] = answer = press(stage, button.data, by)
        if answer.speech is not None:
            rendered(answer.speech)
            waiting += buttons(answer.speech)
    return found


def test_the_page_of_a_unit_tells_policy_from_local_settings(stage):
    page = press(stage, "ld:u:2", OFFICER).speech
    assert parts(page, "unit") == [{"unit": "青山县/青山镇"}]
    (standing,) = parts(page, "standing")
    assert (standing["count"], standing["cap"], standing["label"].key) == (1, 1, "label.policy")
    (stale,) = parts(page, "stale")
    assert (stale["name"], stale["days"], stale["label"].key) == ("青山发布", 14, "label.local")
    (app,) = parts(page, "low_app")
    assert (app["name"], app["level"].key, app["label"].key) == (
        *("青山通", "ledger_file.word.owner_level.township"),
        "label.policy",
    )
    (project,) = parts(page, "project")
    assert (project["end"], project["state"].key) == ("2026-03-20", "ledger_pages.stage.due")
    assert parts(page, "due") == [{"count": 1}]
    assert parts(page, "no_load") == [{}]


def test_another_cap_than_that_of_the_policy_is_a_local_setting():
    stage = Stage(empty=True, policy={"groups_per_unit": 3})
    in_store(stage, lambda work: work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP)]))
    stage.open_bot(OFFICER)
    (standing,) = parts(press(stage, "ld:u:1", OFFICER).speech, "standing")
    assert (standing["cap"], standing["label"].key) == (3, "label.local")


def test_the_cap_that_the_office_set_above_a_unit_holds_for_it(stage):
    async def set_cap(work):
        county = await work.units.get(1)
        await work.units.update([replace(county, cap=2)])

    in_store(stage, set_cap)
    (standing,) = parts(press(stage, "ld:u:2", OFFICER).speech, "standing")
    assert (standing["cap"], standing["label"].key) == (2, "label.local")


def test_the_load_stands_beside_the_counts(stage):
    day = UnitDay(2, TODAY, seen=1, members=50, messages=100, readings=600, receipts=9, tasks=20)
    in_store(stage, lambda work: work.snapshots.put([day]))
    (load,) = parts(press(stage, "ld:u:2", OFFICER).speech, "load")
    assert load == {"days": 1, "seen": 1, "members": 50, "each": 12.0, "receipts": 9, "share": 20}


def test_many_rows_of_a_unit_are_turned_over(stage):
    more = [LedgerObject(3, ObjectType.GROUP, Platform.QQ, f"群{n}") for n in range(30)]
    in_store(stage, lambda work: work.objects.add(more))
    last = press(stage, "ld:u:3:24", OFFICER).speech
    assert [fields["name"] for fields in parts(last, "group_plain")] == [f"群{n}" for n in range(24, 30)]
    assert "ledger_pages.button.after" not in labels(last)


def test_a_contact_sees_the_own_unit_and_no_way_to_others(stage):
    page = ask(stage, "/ledger", CONTACT)
    assert parts(page, "unit") == [{"unit": "青山县/青山镇"}]
    assert labels(page) == ["ledger_pages.button.add"]
    assert parts(press(stage, "ld:u:2", CONTACT).speech, "unit")


@pytest.mark.parametrize("data", ["ld:u:1", "ld:a:1", "ld:l:0", "ld:n:0", "ld:g:5", "ld:p", "ld:p:1:done", "ld:f"])
def test_a_contact_is_refused_what_is_not_of_the_own_unit(stage, data):
    answer = press(stage, data, CONTACT)
    assert (answer.speech, answer.toast.key, answer.alert) == (None, "ledger_pages.not_yours", True)


@pytest.mark.parametrize("by", [MEMBER, ADMIN])
def test_others_are_refused_politely(stage, by):
    assert keys(ask(stage, "/ledger", by)) == ["ledger_pages.not_yours"]
    assert press(stage, "ld:u:2", by).toast.key == "ledger_pages.not_yours"


@pytest.mark.parametrize(
    "data", ["ld", "ld:u", "ld:u:x", "ld:u:999", "ld:u:2:x", "ld:l:-5", "ld:a:2:telegram", "ld:zz:9"]
)
def test_odd_data_is_answered(stage, data):
    assert press(stage, data, OFFICER)


def test_a_contact_of_several_units_chooses(stage):
    key = stage.runtime.vault.pseudonym("person", CONTACT)
    in_store(stage, lambda work: work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 3, stage.clock.now())))
    page = ask(stage, "/ledger", CONTACT)
    assert (keys(page), labels(page)) == (["ledger_pages.own"], ["青山镇", "1号村"])


def test_at_the_desk_the_office_looks_and_types_nothing(stage):
    in_store(stage, lambda work: work.office.bind(Place(PlaceKind.DESK, DESK, "办公群", stage.clock.now())))
    stage.store.tables.outbox.clear()
    stage.play(in_chat(stage, "/ledger", DESK, by=OFFICER))
    (shown,) = stage.said()
    assert shown.chat_id == DESK
    assert {button.data.split(":")[1] for button in buttons(shown.speech) if button.data} <= {"l", "u"}
    assert "?start=ledger" in buttons(shown.speech)[-1].url
    unit = press_at(stage, "ld:u:2", DESK, OFFICER)
    assert {button.data.split(":")[1] for button in buttons(unit.speech) if button.data} <= {"l", "u"}
    assert press_at(stage, "ld:a:2", DESK, OFFICER).toast.key == "live_upkeep.press.old"
    assert press_at(stage, "ld:u:2", DESK, MEMBER).toast.key == "ledger_pages.not_yours"


@pytest.mark.parametrize("chat_id", [CHAT, -1009], ids=["a group", "a channel"])
def test_elsewhere_nothing_of_the_ledger_appears(stage, chat_id):
    kind = "channel" if chat_id == -1009 else "supergroup"
    in_store(stage, lambda work: work.office.bind(Place(PlaceKind.CHANNEL, -1009, "频道", stage.clock.now())))
    stage.store.tables.outbox.clear()
    stage.play(in_chat(stage, "/ledger", chat_id, by=OFFICER, kind=kind))
    assert all(said.chat_id == OFFICER for said in stage.said())
    assert press_at(stage, "ld:u:2", chat_id, OFFICER).toast.key == "live_upkeep.press.old"


def press_at(stage, data, chat_id, by):
    """Press signed data of a message in a chat that is not private."""
    stage.pressed(stage.signed(data), by, in_chat(stage, "x", chat_id)["message"])
    return stage.answers[-1]

"""/ledger and /unlisted: who sees what, the form of three taps, and what members point out."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.core.changes import Role
from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform, Source
from bot.core.office import Binding, Place, PlaceKind
from bot.core.snapshot import UnitDay
from bot.core.units import Unit, UnitLevel
from tests.handlers.stage import ADMIN, CHAT, MEMBER, OFFICER, Stage
from tests.handlers.test_office import in_chat
from tests.handlers.test_settings import ask, buttons, press, rendered
from tests.handlers.test_setup import keys

DESK = -1008
CONTACT = 77
TODAY = date(2026, 3, 11)


def in_store(stage, act):
    async def go():
        async with stage.store.begin() as work:
            done = await act(work)
            await work.commit()
            return done

    return asyncio.run(go())


@pytest.fixture
def stage():
    """A county with a town and ten villages; somebody is the contact of the town, unit 2."""
    made = Stage(empty=True)

    async def fill(work):
        await work.units.add([Unit("青山县", UnitLevel.COUNTY), Unit("青山镇", UnitLevel.TOWNSHIP, parent_id=1)])
        await work.units.add([Unit(f"{n}号村", UnitLevel.VILLAGE, parent_id=2) for n in range(1, 11)])
        group = LedgerObject(2, ObjectType.GROUP, Platform.WECHAT, "全镇工作群", kind=GroupKind.STANDING, members=98)
        await work.objects.add(
            [
                *(group, replace(group, name="防汛群", kind=GroupKind.PROJECT, end_date=date(2026, 3, 20))),
                LedgerObject(2, ObjectType.ACCOUNT, Platform.WECHAT, "青山发布", last_update=date(2026, 2, 1)),
                LedgerObject(2, ObjectType.APP, Platform.OTHER, "青山通"),
                replace(group, unit_id=None, name="无主群"),
            ]
        )
        key = made.runtime.vault.pseudonym("person", CONTACT)
        await work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 2, made.clock.now()))

    in_store(made, fill)
    made.open_bot(OFFICER, CONTACT, MEMBER, ADMIN)
    return made


def labels(speech):
    return [str(button.label.fields.get("text", button.label.key)) for button in buttons(speech)]


def parts(speech, key):
    return [part.fields for part in speech.parts if part.key == f"ledger_pages.{key}"]


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


def test_three_taps_and_a_name_enter_a_group(stage):
    for data in ("ld:a:2", "ld:a:2:wechat"):
        press(stage, data, CONTACT)
    assert keys(press(stage, "ld:a:2:wechat:standing", CONTACT).speech)[-1] == "ledger_pages.form.name"
    page = ask(stage, " 青山镇  党建群 ", CONTACT)
    assert keys(page)[0] == "ledger_pages.form.entered"
    row = [*stage.store.tables.objects.values()][-1]
    assert (row.unit_id, row.name, row.platform, row.kind) == (2, "青山镇 党建群", Platform.WECHAT, GroupKind.STANDING)
    assert row.source is Source.FORM
    change = [*stage.store.tables.changes.values()][-1]
    assert (change.role, change.actor) == (Role.UNIT_CONTACT, stage.runtime.vault.pseudonym("person", CONTACT))


@pytest.mark.parametrize(
    ("kind", "made"),
    [("account", ObjectType.ACCOUNT), ("app", ObjectType.APP)],
)
def test_accounts_and_apps_are_entered_too(stage, kind, made):
    press(stage, f"ld:a:2:weibo:{kind}", OFFICER)
    ask(stage, "青山微博", OFFICER)
    row = [*stage.store.tables.objects.values()][-1]
    assert (row.object_type, row.kind, row.platform) == (made, None, Platform.WEIBO)


def test_a_project_group_needs_its_end(stage):
    asked = press(stage, "ld:a:2:qq:project", OFFICER).speech
    assert keys(asked)[-1] == "ledger_pages.form.end"
    assert keys(ask(stage, "去年", OFFICER)) == ["setup.problem.date"]
    assert keys(ask(stage, "2026-03-11", OFFICER)) == ["setup.problem.date_range"]
    assert keys(ask(stage, "2026年9月30日", OFFICER))[-1] == "ledger_pages.form.name"
    ask(stage, "防火群", OFFICER)
    row = [*stage.store.tables.objects.values()][-1]
    assert (row.name, row.kind, row.end_date) == ("防火群", GroupKind.PROJECT, date(2026, 9, 30))


def test_the_end_of_a_project_group_is_one_tap(stage):
    press(stage, "ld:a:2:qq:project:3", OFFICER)
    ask(stage, "防火群", OFFICER)
    assert [*stage.store.tables.objects.values()][-1].end_date == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("全镇 工作群", "ledger_pages.form.known", id="entered already"),
        pytest.param("长" * 61, "setup.problem.words", id="too long"),
        pytest.param("机密★ 作战群", "command.secret", id="secret"),
    ],
)
def test_a_name_that_cannot_be_entered_is_asked_for_again(stage, name, problem):
    press(stage, "ld:a:2:wechat:standing", OFFICER)
    before = len(stage.store.tables.objects)
    assert keys(ask(stage, name, OFFICER)) == [problem]
    assert len(stage.store.tables.objects) == before
    assert keys(ask(stage, "新群", OFFICER))[0] == "ledger_pages.form.entered"


def test_whoever_is_no_longer_the_contact_enters_nothing(stage):
    press(stage, "ld:a:2:wechat:standing", CONTACT)
    key = stage.runtime.vault.pseudonym("person", CONTACT)
    in_store(stage, lambda work: work.office.take_role(key, 2))
    before = len(stage.store.tables.objects)
    assert keys(ask(stage, "新群", CONTACT)) == ["ledger_pages.not_yours"]
    assert len(stage.store.tables.objects) == before


def test_turning_away_from_the_form_awaits_no_words(stage):
    press(stage, "ld:a:2:wechat:standing", OFFICER)
    press(stage, "ld:u:2", OFFICER)
    before = len(stage.store.tables.objects)
    ask(stage, "新群", OFFICER)
    assert len(stage.store.tables.objects) == before


def test_a_unit_is_found_by_a_part_of_its_name(stage):
    press(stage, "ld:f", OFFICER)
    assert labels(ask(stage, "10", OFFICER)) == ["10号村"]
    assert keys(ask(stage, "没有", OFFICER)) == ["ledger_pages.found_none"]
    assert labels(ask(stage, "青山", OFFICER)) == ["青山县", "青山镇"]


def test_a_row_without_a_unit_is_given_one(stage):
    page = press(stage, "ld:n:0", OFFICER).speech
    assert [button.label.fields.get("name") for button in buttons(page)][:1] == ["无主群"]
    press(stage, "ld:g:5", OFFICER)
    assert keys(ask(stage, "不知道", OFFICER)) == ["office.unknown_unit"]
    assert keys(ask(stage, "青山镇", OFFICER)) == ["ledger_pages.nobody.none"]
    assert stage.store.tables.objects[5].unit_id == 2


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
    signed = f"{data}~{stage.runtime.vault.sign(data)}"
    message = in_chat(stage, "x", chat_id)["message"] | {"from": {"id": 1, "is_bot": True, "first_name": "bot"}}
    query = {"id": str(stage.ids), "chat_instance": "1", "message": message, "data": signed}
    stage.play(stage.update("callback_query", query | {"from": {"id": by, "is_bot": False, "first_name": "x"}}))
    return stage.answers[-1]


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

"""/visit: who may record for which unit, what they see, and what of it the office sees."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.changes import Role
from bot.core.group import GroupState
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.office import Binding
from bot.core.units import Unit, UnitLevel
from bot.core.visits import Visit, VisitKind
from tests.handlers.stage import ADMIN, MEMBER, OFFICER, Stage, in_store
from tests.handlers.test_settings import ask, buttons, press, rendered
from tests.handlers.test_setup import keys

CONTACT = 77


@pytest.fixture
def stage():
    """Two towns; a watched group of the second, whose admin is ADMIN, and a contact of the first."""
    made = Stage(unit="红水镇")

    async def fill(work):
        await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP), Unit("红水镇", UnitLevel.TOWNSHIP)])
        key = made.runtime.vault.pseudonym("person", CONTACT)
        await work.office.give_role(Binding(key, CONTACT, Role.UNIT_CONTACT, 1, made.clock.now()))

    in_store(made, fill)
    made.open_bot(OFFICER, CONTACT, MEMBER, ADMIN)
    return made


def visits(stage):
    return [*stage.store.tables.visits.values()]


def recorded(stage, text, by=CONTACT, unit=1, kind="inspection"):
    assert keys(press(stage, f"vs:k:{unit}:{kind}", by).speech) == ["visits.ask"]
    return ask(stage, text, by)


def test_a_contact_records_a_visit_and_sees_the_own_months(stage):
    home = ask(stage, "/visit", CONTACT)
    assert keys(home) == ["visits.title", "visits.none", "visits.what"]
    assert [button.data for button in buttons(home)] == [f"vs:k:1:{kind}" for kind in VisitKind]
    done = recorded(stage, "县应急局，前柏村，3月10日，通知 3月2日")
    assert keys(done) == ["visits.done", "visits.noticed", "visits.month"]
    (month,) = [part.fields for part in done.parts if part.key == "visits.month"]
    assert month == {"month": "2026-03", "count": 1, "inspection": 1, "research": 0, "other": 0}
    (visit,) = visits(stage)
    assert (visit.unit_id, visit.who, visit.place, visit.on, visit.noticed) == (
        *(1, "县应急局", "前柏村", date(2026, 3, 10), date(2026, 3, 2)),
    )
    assert str(CONTACT) not in repr(visits(stage))
    for speech in (home, done):
        rendered(speech)


def test_an_admin_records_for_the_unit_of_the_group_and_sees_no_counts(stage):
    home = ask(stage, "/visit", ADMIN)
    assert keys(home) == ["visits.title", "visits.what"]
    assert keys(recorded(stage, "县农业局，后柏村", ADMIN, 2, "research")) == ["visits.done"]
    assert [(each.unit_id, each.kind) for each in visits(stage)] == [(2, VisitKind.RESEARCH)]


def test_an_admin_records_for_the_unit_that_the_ledger_names(stage):
    async def enter(work):
        row = LedgerObject(1, ObjectType.GROUP, Platform.TELEGRAM, "工作群", group_id=stage.group().id)
        await work.objects.add([row])

    in_store(stage, enter)
    assert ask(stage, "/visit", ADMIN).parts[0].fields == {"unit": "青山镇"}


def test_the_admin_of_a_group_that_is_not_watched_records_nothing(stage):
    in_store(stage, lambda work: work.groups.update(replace(stage.group(), state=GroupState.JOINED)))
    assert keys(ask(stage, "/visit", ADMIN)) == ["visits.not_yours"]


def test_whoever_may_record_for_two_units_chooses(stage):
    key = stage.runtime.vault.pseudonym("person", ADMIN)
    role = Binding(key, ADMIN, Role.UNIT_CONTACT, 1, stage.clock.now())
    in_store(stage, lambda work: work.office.give_role(role))
    choice = ask(stage, "/visit", ADMIN)
    assert [button.data for button in buttons(choice)] == ["vs:u:1", "vs:u:2"]
    assert keys(press(stage, "vs:u:2", ADMIN).speech) == ["visits.title", "visits.what"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("县应急局", "visits.trouble.parts"),
        ("县应急局，前柏村，2020-01-01", "visits.trouble.day"),
        ("县应急局，前柏村，通知 某天", "visits.trouble.notice"),
    ],
)
def test_what_cannot_be_taken_is_said_and_may_be_typed_anew(stage, text, key):
    said = recorded(stage, text)
    assert keys(said) == [key]
    rendered(said)
    assert keys(ask(stage, "县应急局，前柏村", CONTACT))[0] == "visits.done"


def test_a_mistake_is_taken_back_by_whoever_may_record(stage):
    done = recorded(stage, "县应急局，前柏村")
    (undo,) = buttons(done)
    assert press(stage, undo.data, MEMBER).toast.key == "visits.not_yours"
    assert press(stage, undo.data, ADMIN).toast.key == "visits.not_yours"
    assert keys(press(stage, undo.data, CONTACT).speech) == ["visits.undone"]
    assert visits(stage) == []
    assert press(stage, undo.data, CONTACT).toast.key == "visits.not_yours"


@pytest.mark.parametrize(("by", "unit"), [(MEMBER, 1), (CONTACT, 2), (ADMIN, 1), (OFFICER, 1)])
def test_nobody_records_for_the_unit_of_others(stage, by, unit):
    assert press(stage, f"vs:k:{unit}:inspection", by).toast.key == "visits.not_yours"
    assert press(stage, f"vs:u:{unit}", by).toast.key == "visits.not_yours"
    assert visits(stage) == []


def test_a_stranger_is_told_who_records(stage):
    assert keys(ask(stage, "/visit", MEMBER)) == ["visits.not_yours"]


def test_the_right_is_asked_anew_when_the_words_come(stage):
    press(stage, "vs:k:2:inspection", ADMIN)
    stage.admins.clear()
    stage.clock.advance(seconds=61)
    assert keys(ask(stage, "县应急局，前柏村", ADMIN)) == ["visits.not_yours"]
    assert visits(stage) == []


def test_a_marked_text_is_not_kept(stage):
    assert keys(recorded(stage, "机密★一年，前柏村")) == ["command.secret"]
    assert visits(stage) == []


def test_a_flood_of_entries_is_not_taken(stage):
    for number in range(61):
        said = recorded(stage, f"县应急局，{number}号村")
    assert keys(said) == ["visits.too_many"]
    assert len(visits(stage)) == 60


def test_the_office_sees_what_to_look_at_with_its_basis(stage):
    for text in ("县应急局，前柏村，3月3日，通知 3月2日", "县应急局，前柏村"):
        recorded(stage, text)
    recorded(stage, "县农业局，后柏村", ADMIN, 2, "research")
    page = press(stage, "ap:visits", OFFICER).speech
    assert [part.fields for part in page.parts if part.key == "approvals.office.month"] == [
        {"month": "2026-03", "count": 3}
    ]
    (twice,) = [part.fields for part in page.parts if part.key == "approvals.office.remark.twice"]
    assert (twice["unit"], twice["place"], twice["count"], twice["limit"]) == ("青山镇", "前柏村", 2, 1)
    assert twice["label"].key == "label.policy"
    (short,) = [part.fields for part in page.parts if part.key == "approvals.office.remark.notice"]
    assert (short["on"], short["count"], short["limit"]) == ("2026-03-03", 1, 10)
    assert "红水镇" not in repr(page)
    rendered(page)


def test_the_office_sees_a_spot_of_last_year_by_all_its_visits(stage):
    days = [date(2025, 1, 1) + timedelta(days=7 * week) for week in range(51)]

    async def fill(work):
        for day in days:
            await work.visits.add(Visit(1, VisitKind.RESEARCH, "县应急局", "前柏村", day))

    in_store(stage, fill)
    page = press(stage, "ap:visits", OFFICER).speech
    (spot,) = [part.fields for part in page.parts if part.key == "approvals.office.remark.spot"]
    assert (spot["year"], spot["count"], spot["limit"]) == (2025, 51, 50)
    assert sum(part.key == "approvals.office.month" for part in page.parts) == 12

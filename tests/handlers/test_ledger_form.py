"""Three taps and a name enter a row, and a row without a unit is given one."""

from datetime import date

import pytest

from bot.core.changes import Role
from bot.core.group import GroupKind
from bot.core.ledger import ObjectType, Platform, Source
from tests.handlers.ledger_stage import CONTACT, county, labels
from tests.handlers.stage import OFFICER, in_store
from tests.handlers.test_settings import ask, buttons, press
from tests.handlers.test_setup import keys


@pytest.fixture
def stage():
    return county()


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

"""What may be answered, and what becomes of it."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.core.group import Group, GroupKind, SetupStep
from bot.core.policy import Policy
from bot.core.speech import Part
from bot.core.worktime import WorkingHours
from bot.services.places import OfficeTime
from bot.services.questions import Desk, choices, filled, may_skip, read_end
from bot.texts import LANGUAGES, Catalogue
from config.calendar import load_calendar
from tests.fakes import FakeVault

TODAY = date(2026, 3, 11)
GROUP = Group(-1, "前柏村工作群", id=12_345_678)


def desk(**policy):
    made = Policy(**{"office": "减负办", **policy})
    words = Catalogue.load("zh-Hans")
    office = OfficeTime(load_calendar(), WorkingHours(), ZoneInfo("Asia/Shanghai"))
    return Desk(made, FakeVault(), "jianfu_bot", office, LANGUAGES, words)


@pytest.mark.parametrize(
    ("step", "value", "field", "stored"),
    [
        pytest.param(SetupStep.UNIT, "  前柏  村 ", "unit", "前柏 村", id="a unit in words"),
        pytest.param(SetupStep.UNIT, "=office", "unit", "减负办", id="the office itself"),
        pytest.param(SetupStep.UNIT, "-", "unit", "-", id="no unit"),
        pytest.param(SetupStep.KIND, "standing", "kind", GroupKind.STANDING, id="a standing group"),
        pytest.param(SetupStep.KIND, "project.3", "end_date", date(2026, 6, 11), id="three months"),
        pytest.param(SetupStep.KIND, "project", "end_date", None, id="another date, to come"),
        pytest.param(SetupStep.END_DATE, "2026年9月30日", "end_date", date(2026, 9, 30), id="an own date"),
        pytest.param(SetupStep.END_DATE, "=6", "end_date", date(2026, 9, 11), id="six months"),
        pytest.param(SetupStep.PURPOSE, "=duty", "purpose", "应急值守", id="a common purpose"),
        pytest.param(SetupStep.OWNER, "=me", "owner", "本群管理员", id="I am: a role, no name"),
        pytest.param(SetupStep.HOURS, "=office", "hours", "", id="the office's hours"),
        pytest.param(SetupStep.HOURS, "=1", "hours", "Mon-Fri 09:00-12:00 13:00-17:00", id="a preset"),
        pytest.param(SetupStep.HOURS, "周一至周六 9:00-12:00", "hours", "周一至周六 9:00-12:00", id="own hours"),
        pytest.param(SetupStep.LANGUAGE, "zh-Hant", "language", "zh-Hant", id="a language"),
    ],
)
def test_an_answer_is_taken_down(step, value, field, stored):
    changed = filled(GROUP, step, value, desk(), TODAY)
    assert isinstance(changed, Group)
    assert getattr(changed, field) == stored


@pytest.mark.parametrize(
    ("step", "value", "key"),
    [
        pytest.param(SetupStep.UNIT, "村" * 41, "setup.problem.words", id="a unit that is too long"),
        pytest.param(SetupStep.KIND, "weekly", "setup.problem.choose", id="no kind"),
        pytest.param(SetupStep.KIND, "project.x", "setup.problem.choose", id="no number of months"),
        pytest.param(SetupStep.END_DATE, "以后", "setup.problem.date", id="no date"),
        pytest.param(SetupStep.END_DATE, "2026-03-11", "setup.problem.date_range", id="today"),
        pytest.param(SetupStep.END_DATE, "2036-03-11", "setup.problem.date_range", id="too far off"),
        pytest.param(SetupStep.PURPOSE, "=war", "setup.problem.choose", id="a button of old"),
        pytest.param(SetupStep.HOURS, "九点到五点", "errors.moment.day", id="hours that cannot be read"),
        pytest.param(SetupStep.HOURS, "=9", "errors.moment.day", id="a preset that is gone"),
        pytest.param(SetupStep.LANGUAGE, "fr", "setup.problem.choose", id="a language there is not"),
    ],
)
def test_an_answer_that_cannot_be_used_is_explained(step, value, key):
    problem = filled(GROUP, step, value, desk(), TODAY)
    assert isinstance(problem, Part)
    assert problem.key.startswith(key.rpartition(".")[0])
    assert problem.key in Catalogue.load("zh-Hans")


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        pytest.param("=1", "乙镇", id="by its button"),
        pytest.param("甲镇", "甲镇", id="in words"),
        pytest.param("丙镇", None, id="not on the list"),
        pytest.param("-", None, id="passed over"),
        pytest.param("=7", None, id="a button of old"),
        pytest.param("=office", None, id="the office, which is not on the list"),
    ],
)
def test_a_unit_must_be_on_the_list_where_there_is_one(value, unit):
    listed = desk(units=("甲镇", "乙镇"))
    changed = filled(GROUP, SetupStep.UNIT, value, listed, TODAY)
    assert (changed.unit if isinstance(changed, Group) else None) == unit
    assert not may_skip(SetupStep.UNIT, listed)


@pytest.mark.parametrize("step", SetupStep)
def test_every_button_can_be_answered_and_sent(step):
    """The data of a button and 8 characters of signature fit into 64 bytes, and are understood again."""
    units = tuple(f"第{number}镇" for number in range(200))
    for made in (desk(), desk(units=units)):
        rows = choices(step, GROUP, made, "su")
        assert sum(len(row) for row in rows) <= 99
        for button in (button for row in rows for button in row):
            assert len(button.data.encode()) + 9 <= 64
            value = button.data.split(":", 3)[3:]
            if value:
                assert isinstance(filled(GROUP, step, value[0], made, TODAY), Group)


@pytest.mark.parametrize("words", ["以后", "2026-13-45", "2026-03-11", "2020-01-01"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_types_an_end_that_cannot_be_is_told_one_that_can(words, language):
    problem = read_end(words, TODAY)
    assert isinstance(problem, Part)
    sentence = Catalogue.load(language)(problem.key, **problem.fields)
    assert "2026-04-11" in sentence
    assert read_end("2026-04-11", TODAY) == date(2026, 4, 11)

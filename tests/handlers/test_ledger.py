"""The ledger as admins of a group meet it: their unit is found in the tree, and the members are counted."""

import asyncio

import pytest

from bot.core.group import Group
from bot.core.ledger_log import HOST
from bot.core.speech import Act, Outgoing, PostKind
from bot.core.units import Unit, UnitLevel
from bot.jobs import members
from bot.services import ledger, units
from tests.handlers.parts import GROUP
from tests.handlers.sender_stage import Stage as Sending
from tests.handlers.stage import CHAT, NIGHT, Stage
from tests.handlers.test_settings import ask, buttons, press
from tests.handlers.test_setup import OPEN, keys
from tests.handlers.test_told_first import send


def with_units(*names, **fields):
    stage = Stage(**{**OPEN, **fields})

    async def fill():
        async with stage.store.begin() as work:
            town = [Unit(name, UnitLevel.TOWNSHIP) for name in names]
            await units.add(work, town, HOST, stage.clock.now())
            await work.commit()

    asyncio.run(fill())
    return stage


def row(stage):
    (only,) = stage.store.tables.objects.values()
    return only


def test_a_few_units_are_offered_and_the_row_belongs_to_the_chosen_one():
    stage = with_units("甲镇", "乙镇")
    speech = ask(stage, "/settings")
    offered = [button.data for button in buttons(speech)]
    assert offered[:2] == ["su:1:unit:=1", "su:1:unit:=2"]
    assert keys(press(stage, "su:1:unit:=2").speech)[-1] == "setup.ask.kind"
    assert (stage.group().unit, row(stage).unit_id) == ("乙镇", 2)


def test_of_many_units_one_is_found_by_typing_a_part_of_its_name():
    stage = with_units(*(f"{number}号村" for number in range(200)), "青山镇", "大青山镇")
    assert keys(ask(stage, "/settings"))[-1] == "setup.ask.unit_searched"
    assert keys(ask(stage, "没有的")) == ["setup.problem.unit_unknown"]
    speech = ask(stage, "青山")
    assert keys(speech) == ["setup.problem.unit_several"]
    assert [button.label.fields["text"] for button in buttons(speech)[:2]] == ["青山镇", "大青山镇"]
    assert keys(ask(stage, "青山鎮"))[-1] == "setup.ask.kind"
    assert stage.group().unit == "青山镇"


def test_a_unit_is_changed_in_the_settings_in_the_same_way():
    stage = with_units("甲镇", "乙镇", unit="甲镇", kind="standing", purpose="x", owner="x", hours="", language="en")
    press(stage, "se:1:unit:=2")
    assert (stage.group().unit, row(stage).unit_id) == ("乙镇", 2)


def test_members_are_counted_when_the_set_up_is_complete():
    stage = Stage(**{**OPEN, "unit": "x", "kind": "standing", "purpose": "x", "owner": "x", "hours": ""})
    press(stage, "su:1:language:zh-Hant")
    send(stage, steps=1)  # the welcome, after which the group is watched
    assert [said.act for said in stage.in_group()] == [Act.COUNT]


@pytest.mark.parametrize(("now", "asked"), [(None, 1), (NIGHT, 0)], ids=["in working time", "at night"])
def test_members_are_counted_once_a_day_in_working_time(now, asked):
    stage = Stage() if now is None else Stage(now)
    for _ in range(2):
        asyncio.run(members.run(stage.runtime, stage.clock.now()))
    assert [(said.chat_id, said.act) for said in stage.said()] == [(CHAT, Act.COUNT)] * asked


def test_what_the_platform_counts_stands_in_the_ledger_without_the_bot_itself():
    stage = Sending(lambda _, __: 41)

    async def begin():
        async with stage.store.begin() as work:
            group = await work.groups.add(Group(GROUP, "x"))
            await ledger.follow(work, group, stage.clock.now())
            await work.commit()

    asyncio.run(begin())
    stage.run(Outgoing(GROUP, PostKind.HOUSEKEEPING, Act.COUNT))
    assert row(stage).members == 40

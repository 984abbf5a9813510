"""Admins of a project group who want it to live on unasked: by the settings, by detours, by lies."""

import asyncio
from datetime import date
from typing import Any

import pytest

from bot.core.changes import Role
from bot.core.dissolve import LifeStage, Terms, stage_of
from bot.core.group import Group, GroupKind
from bot.core.ledger import ObjectState
from bot.core.speech import Act
from bot.services import ledger
from tests.handlers.dissolve_stage import DESK, END, at, at_desk, close, extend, project, removed, row
from tests.handlers.stage import ADMIN, MEMBER, OFFICER, Stage
from tests.handlers.test_attack_presses import _forged
from tests.handlers.test_membership import IN_CHARGE, LEFT, event

LATER = date(2031, 1, 31)


def tries(stage: Stage) -> None:
    """All ways by which a button or words may give a group another end."""
    number = stage.group().id
    for action in ("se", "su"):
        for what in ("kind:standing", "kind:project.6", "kind:project", "end_date:=6"):
            _forged(stage, f"{action}:{number}:{what}", ADMIN)
        _forged(stage, f"{action}:{number}:end_date", ADMIN)
        stage.play(stage.private(f"{LATER}", by=ADMIN))


def change(stage: Stage, group: Group) -> None:
    async def go() -> None:
        async with stage.store.begin() as work:
            await work.groups.update(group)
            await work.commit()

    asyncio.run(go())


def ends(stage: Stage) -> tuple[Any, ...]:
    return row(stage).kind, row(stage).end_date, stage.group().kind, stage.group().end_date


SETTLED = (GroupKind.PROJECT, END, GroupKind.PROJECT, END)


@pytest.mark.parametrize(
    "detour",
    [
        pytest.param((), id="at once"),
        pytest.param(("se:1:pause",), id="after a pause"),
        pytest.param(("se:1:wipe:yes",), id="after a wipe"),
        pytest.param(("se:1:pause", "se:1:wipe:yes"), id="after a pause and a wipe"),
    ],
)
def test_the_end_of_a_project_group_stands_whatever_the_settings_did_before(detour):
    stage = project()
    stage.open_bot(ADMIN)
    for data in detour:
        _forged(stage, data, ADMIN)
    tries(stage)
    assert ends(stage) == SETTLED


def test_a_group_that_became_standing_does_not_become_a_project_of_another_end():
    stage = project()
    stage.open_bot(ADMIN)
    _forged(stage, "ds:1:standing:yes", ADMIN)
    tries(stage)
    assert ends(stage) == (GroupKind.STANDING, None, GroupKind.STANDING, None)


def test_a_group_that_the_bot_forgot_and_came_back_to_ends_when_it_was_to_end():
    stage = project()
    stage.open_bot(ADMIN)
    old = stage.group()
    _forged(stage, f"se:{old.id}:gone:yes", ADMIN)
    stage.clock.advance(minutes=5)

    async def back() -> None:
        async with stage.store.begin() as work:
            group = await work.groups.add(Group(old.chat_id, old.title, joined_at=stage.clock.now()))
            await ledger.follow(work, group, stage.clock.now())
            await work.commit()

    asyncio.run(back())
    tries(stage)
    assert ends(stage) == SETTLED


def test_a_second_extension_by_way_of_a_pause_still_needs_the_office():
    stage = project()
    stage.open_bot(ADMIN, OFFICER)
    extend(stage)
    first = row(stage).end_date
    _forged(stage, "se:1:pause", ADMIN)
    tries(stage)
    extend(stage)
    assert row(stage).end_date == first


def test_a_group_in_which_the_bot_still_is_is_not_gone_because_an_admin_says_so():
    stage = project()
    stage.open_bot(ADMIN)
    _forged(stage, "ds:1:gone", ADMIN)
    assert row(stage).state is ObjectState.RUNNING
    close(stage)
    _forged(stage, "ds:1:reopen", ADMIN)
    _forged(stage, "ds:1:gone", ADMIN)
    assert row(stage).state is ObjectState.RUNNING


@pytest.mark.parametrize("data", ["ds:1:close:yes", "ds:1:standing:yes", "ds:1:extend:6", "ds:1:gone", "ds:1:season"])
def test_who_set_a_group_up_and_is_no_admin_any_more_decides_nothing_while_the_bot_is_there(data):
    stage = project()
    stage.open_bot(ADMIN)
    stage.admins.clear()
    before = row(stage)
    _forged(stage, data, ADMIN)
    assert row(stage) == before
    assert stage.in_group() == []


def test_a_contact_of_another_unit_decides_nothing():
    stage = project()
    stage.open_bot(MEMBER)
    before = row(stage)
    for data in ("ds:1", "ds:1:close:yes", "ds:desk:1:20301231:yes"):
        _forged(stage, data, MEMBER)
    assert row(stage) == before
    assert {answer.toast.key for answer in stage.answers if answer.toast} == {"dissolve.not_yours"}


def test_what_was_to_be_done_in_the_morning_is_not_done_to_a_group_that_is_used_on():
    stage = project(at(6, 16, 22))
    stage.open_bot(ADMIN)
    close(stage)
    assert stage.in_group()
    _forged(stage, "ds:1:reopen", ADMIN)
    assert (row(stage).state, stage.in_group()) == (ObjectState.RUNNING, [])
    close(stage)
    assert [each.act for each in stage.in_group()][-1] is Act.LEAVE


def test_a_group_that_was_said_to_be_gone_is_not_when_the_bot_is_in_it_again():
    stage = project()
    stage.open_bot(ADMIN)
    close(stage)
    _forged(stage, "ds:1:gone", ADMIN)
    assert row(stage).state is ObjectState.DISSOLVED
    stage.play(removed(stage))
    stage.clock.advance(hours=1)
    stage.play(event(stage, LEFT, IN_CHARGE, by=ADMIN))
    assert (row(stage).state, row(stage).evidence, row(stage).end_date) == (ObjectState.RUNNING, None, END)


def test_who_stated_what_stands_in_the_log():
    stage = project(kind=GroupKind.STANDING, end_date=None)
    stage.open_bot(ADMIN)
    _forged(stage, "se:1:purpose:=party", ADMIN)
    _forged(stage, "su:1:owner:=unit_head", ADMIN)
    key = stage.runtime.vault.pseudonym("person", ADMIN)
    changes = [each for each in stage.store.tables.changes.values() if {"purpose", "owner"} & {*each.after}]
    assert [(each.role, each.actor) for each in changes[-2:]] == [(Role.GROUP_ADMIN, key)] * 2


def test_the_office_decides_a_request_once_and_the_log_keeps_its_reason():
    stage = project()
    stage.open_bot(ADMIN, OFFICER)
    extend(stage)
    extend(stage, "验收推迟到八月")
    request = next(said for said in stage.said() if said.chat_id == DESK)
    at_desk(stage, request, "dissolve.button.desk_no")
    at_desk(stage, request, "dissolve.button.desk_yes")
    assert (row(stage).extensions, stage.answers[-1].toast and stage.answers[-1].toast.key) == (1, "dissolve.settled")
    stage.clock.advance(days=1)
    extend(stage, "验收推迟到八月底")
    again = next(said for said in reversed(stage.said()) if said.chat_id == DESK)
    at_desk(stage, again, "dissolve.button.desk_yes")
    assert row(stage).extensions == 2
    assert [*stage.store.tables.changes.values()][-1].reason == "验收推迟到八月底"


def test_a_group_that_sent_the_bot_away_by_closing_and_lives_on_stands_in_the_digest_as_overdue():
    stage = project()
    stage.open_bot(ADMIN)
    close(stage)
    stages = [stage_of(row(stage), Terms(), day) for day in (date(2026, 7, 7), date(2026, 7, 8))]
    assert stages == [LifeStage.AWAITING, LifeStage.OVERDUE]


def test_a_group_that_was_told_to_be_closed_is_used_on_when_the_bot_is_brought_back():
    stage = project(at(6, 16, 22))
    stage.open_bot(ADMIN)
    close(stage)
    stage.play(removed(stage))
    stage.clock.advance(minutes=5)
    stage.play(event(stage, LEFT, IN_CHARGE, by=ADMIN))
    assert row(stage).state is ObjectState.RUNNING
    assert Act.LEAVE not in [each.act for each in stage.in_group()]

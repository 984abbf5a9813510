"""A transaction begun anew, because the platform had to be asked or an update fails, counts nothing twice."""

import asyncio
from dataclasses import replace

import pytest

from handlers import feedback
from handlers.limits import Limits
from tests.handlers.stage import ADMIN, MEMBER, Stage
from tests.handlers.test_asking import work_through

GROUPS = 40
OFFICE = -1009
STRANGER = 666


def _crowded(**policy) -> Stage:
    """A stage with many groups."""
    stage = Stage(policy=policy)
    first = stage.group()

    async def add():
        async with stage.store.begin() as work:
            for number in range(1, GROUPS):
                await work.groups.add(replace(first, id=0, chat_id=first.chat_id - number))
            await work.commit()

    asyncio.run(add())
    return stage


@pytest.mark.parametrize("command", ["/settings", "/status", "/duty", "/urgent"])
def test_a_stranger_costs_one_undone_transaction_however_many_groups_there_are(command):
    stage = _crowded()
    stage.dispatcher.limits = Limits(5)
    begun, begin = [], stage.store.begin

    def counting(**how):
        begun.append(1)
        return begin(**how)

    stage.store.begin = counting
    work_through(stage, stage.private(command, by=STRANGER), stage.private("/help"))
    assert len(begun) < 12
    assert len(stage.request.made("getChatMember")) == GROUPS
    assert "live_upkeep.too_many" not in stage.texts()


def test_many_that_ask_are_not_handled_anew_for_each_other(monkeypatch):
    stage = Stage()
    handled, handle = [], stage.dispatcher.handle

    async def counting(update, shared):
        handled.append(update["update_id"])
        return await handle(update, shared)

    monkeypatch.setattr(type(stage.dispatcher), "handle", lambda _, update, shared: counting(update, shared))
    many = [stage.message(number, "/urgent 23:00 防汛抢险", by=1_000 + number) for number in range(1, 61)]
    work_through(stage, *many)
    assert len(stage.request.made("getChatMember")) == len(many)
    assert len(handled) < 4 * len(many)


def test_a_bystander_in_the_same_transaction_is_counted_once():
    stage = _crowded(office_chat=OFFICE)
    stage.dispatcher.limits = Limits(5)
    flood = [stage.private("/settings", by=STRANGER + number) for number in range(12)]
    honest = [stage.private("/feedback 意见", by=MEMBER) for _ in range(feedback.OF_ONE)]
    work_through(stage, *honest, *flood, stage.private("/settings", by=ADMIN))
    assert len([said for said in stage.said() if said.chat_id == OFFICE]) == feedback.OF_ONE
    assert "live_upkeep.too_many" not in stage.texts()
    assert "feedback.too_many" not in stage.texts()


def test_a_flood_is_still_a_flood():
    stage = Stage()
    stage.dispatcher.limits = Limits(5)
    work_through(stage, *(stage.private("/help") for _ in range(20)))
    assert stage.texts().count("live_upkeep.too_many") == 1

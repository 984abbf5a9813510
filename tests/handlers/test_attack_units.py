"""Admins who would count their group elsewhere, and names and trees of units that were made to hurt."""

import asyncio

from bot.core.changes import Role
from bot.core.ledger_log import Author
from bot.services import ledger_nobody
from tests.handlers.stage import ADMIN, Stage
from tests.handlers.test_attack_presses import _forged
from tests.handlers.test_ledger import row, with_units

READY = {"unit": "甲镇", "kind": "standing", "purpose": "x", "owner": "x", "hours": "", "language": "en"}


def assign(stage: Stage, author: Author) -> None:
    async def go() -> None:
        async with stage.store.begin() as work:
            unit = await work.units.named("甲镇")
            await ledger_nobody.assign(work, row(stage).id, unit, author, stage.clock.now())
            await work.commit()

    asyncio.run(go())


def test_a_group_that_the_office_put_to_a_unit_is_not_moved_by_its_admin():
    stage = with_units("甲镇", "乙镇", **(READY | {"unit": "-"}))
    stage.open_bot(ADMIN)
    _forged(stage, "se:1:purpose:=party", ADMIN)
    assign(stage, Author(Role.OFFICE, "key"))
    _forged(stage, "se:1:unit:=2", ADMIN)
    _forged(stage, "su:1:unit:=2", ADMIN)
    assert row(stage).unit_id == 1


def test_what_an_admin_said_an_admin_may_correct():
    stage = with_units("甲镇", "乙镇", **READY)
    stage.open_bot(ADMIN)
    _forged(stage, "se:1:unit:=1", ADMIN)
    _forged(stage, "se:1:unit:=2", ADMIN)
    assert row(stage).unit_id == 2

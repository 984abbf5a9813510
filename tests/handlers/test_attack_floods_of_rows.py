"""A list of a thousand rows that comes in at once drowns nobody in questions."""

import asyncio
from datetime import timedelta

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.ledger_log import HOST
from bot.services import ledger
from tests.handlers.stage import MEMBER
from tests.handlers.test_attack_places import bound_contact
from tests.handlers.test_dissolve import END, JUNE, at, look, standing

ROWS = 60


def test_the_contact_of_a_unit_with_a_long_list_is_asked_about_a_few_and_told_of_the_rest_in_a_line():
    stage = standing(JUNE)
    bound_contact(stage)

    async def fill() -> None:
        async with stage.store.begin() as work:
            (unit,) = await work.units.all()
            one = {"kind": GroupKind.PROJECT, "end_date": END}
            rows = [LedgerObject(unit.id, ObjectType.GROUP, Platform.WECHAT, f"群{n}", **one) for n in range(ROWS)]
            await ledger.enter(work, rows, HOST, stage.clock.now())
            await work.commit()

    asyncio.run(fill())
    stage.store.tables.outbox.clear()
    said = look(stage)
    assert [each.chat_id for each in said] == [MEMBER] * 6
    assert [part.key for each in said if each.speech for part in each.speech.parts].count("dissolve.more") == 1
    assert look(stage, JUNE + timedelta(hours=1)) == []
    assert len(look(stage, at(6, 23))) == 6  # at the next step

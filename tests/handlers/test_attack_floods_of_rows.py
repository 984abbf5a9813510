"""A list of a thousand rows that comes in at once drowns nobody in questions, nor does a backup that is put back."""

import asyncio
from datetime import timedelta

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.ledger_log import HOST
from bot.services import ledger
from bot.services.backup import settle
from tests.fakes import FakeForgotten
from tests.handlers.dissolve_stage import END, JUNE, at, look, project, standing
from tests.handlers.stage import ADMIN, MEMBER
from tests.handlers.test_attack_places import bound_contact

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


def test_an_owner_who_was_asked_after_the_backup_is_not_asked_again_after_its_restore():
    stage = project(at(6, 16))
    stage.open_bot(ADMIN)
    backup = dict(stage.store.tables.periods)
    assert len(look(stage)) == 1
    stage.store.tables.periods.clear()
    stage.store.tables.periods.update(backup)
    stage.clock.moment = at(6, 17)
    asyncio.run(settle(stage.store, stage.runtime.vault, FakeForgotten(), stage.clock.now()))
    assert look(stage, at(6, 18)) == []
    assert len(look(stage, at(6, 23))) == 1

"""A scene of not seeing: privacy mode on, then off, then the bot added again; the gap is told, never a zero."""

import asyncio
from pathlib import Path
from typing import Any

from bot.core.group import GroupState
from tests.scenes.playing import WORKDAY, stage
from tests.scenes.test_watching import RECEIPT


async def _blind_then_seeing(folder: Path) -> tuple[Any, ...]:
    async with stage(folder, WORKDAY) as scene:
        world = scene.world
        anna, bo = world.user("安娜"), world.user("波")
        room = world.group("前柏村工作群", owner=anna, members=[bo])
        async with scene.running() as runtime:
            await anna.start()
            await scene.settled()
            await room.add_bot(by=anna)
            await bo.say(room, RECEIPT)
            await scene.settled()
            async with runtime.store.begin() as work:
                (blind,) = await work.groups.all()
                before = await work.groups.gaps(blind.id, WORKDAY)
            world.set_privacy(False)
            await room.remove_bot(by=anna, ban=False)
            await scene.settled()
            await room.add_bot(by=anna)
            await scene.settled()
            async with runtime.store.begin() as work:
                (seeing,) = await work.groups.all()
                after = await work.groups.gaps(seeing.id, WORKDAY)
            return blind, before, seeing, after


def test_privacy_off_and_added_again_ends_the_gap_in_the_same_row(tmp_path: Path) -> None:
    blind, before, seeing, after = asyncio.run(_blind_then_seeing(tmp_path))
    assert not blind.sees
    assert [(gap.reason, gap.until) for gap in before] == [("privacy", None)]
    assert seeing.id == blind.id
    assert seeing.sees
    assert seeing.state is GroupState.JOINED
    assert {gap.reason for gap in after} == {"privacy", "removed"}
    assert all(gap.until is not None for gap in after)

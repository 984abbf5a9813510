"""The log of changes, alike over the fake and both databases: one chain, whoever writes."""

import asyncio
from dataclasses import replace

from bot.core.changes import FIRST, first_broken
from tests.storage.make_values import change


def test_changes_are_chained_over_transactions(stage):
    async def play(store):
        async with store.begin() as work:
            await work.changes.append([change(1), change(2, actor="a" * 32, reason="更名")])
            await work.commit()
        async with store.begin() as work:
            await work.changes.append([])
            await work.changes.append([change(1)])
            await work.commit()
        async with store.begin() as work:
            first, second, third = await work.changes.page(0, 9)
            assert [first.previous, second.previous, third.previous] == [FIRST, first.digest, second.digest]
            assert replace(second, id=0, previous=FIRST, digest="") == change(2, actor="a" * 32, reason="更名")
            assert first_broken([first, second, third]) is None
            assert first_broken([first, third]) == third
            assert first_broken([first, replace(second, reason="别的")]).noun_id == 2
            assert await work.changes.page(second.id, 9) == [third]
            assert await work.changes.latest(2) == [third, second]

    stage.run(play)


def test_changes_written_side_by_side_make_one_chain(stage):
    async def play(store):
        async def write(number):
            async with store.begin() as work:
                await work.changes.append([change(number)])
                await asyncio.sleep(0)
                await work.commit()

        await asyncio.gather(*(write(number) for number in range(12)))
        async with store.begin() as work:
            found = await work.changes.page(0, 99)
            assert len(found) == 12
            assert first_broken(found) is None

    stage.run(play)

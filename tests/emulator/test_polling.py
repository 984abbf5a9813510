"""getUpdates as documented: offset, limit, long poll, allowed_updates, a day's keep, conflicts."""

import asyncio
import time
from datetime import UTC, datetime

import httpx
import pytest
from telegram.error import Conflict

from bot.emulator import Emulator, World
from tests.emulator.scene import ALL, at_work, play, received


def _world(moment: datetime | None = None):
    world = World(moment)
    anna = world.user("安娜")
    return world, anna, world.group("群", owner=anna)


def test_an_update_comes_again_until_the_offset_confirms_it():
    async def scene():
        world, anna, _ = _world()
        async with at_work(world) as bot:
            await anna.start()
            first, second = [await bot.get_updates(), await bot.get_updates()]
            gone = await bot.get_updates(offset=first[-1].update_id + 1)
        return first, second, gone

    first, second, gone = play(scene)
    assert [one.update_id for one in first] == [one.update_id for one in second]
    assert gone == ()


def test_a_batch_holds_at_most_its_limit():
    async def scene():
        world, anna, _ = _world()
        async with at_work(world) as bot:
            for number in range(150):
                await anna.tell(str(number))
            return (
                len(await bot.get_updates(limit=7)),
                len(await bot.get_updates()),
                len(await bot.get_updates(offset=-3)),
            )

    assert play(scene) == (7, 100, 3)


def test_a_long_poll_waits_for_the_next_update():
    async def scene():
        world, anna, _ = _world()
        async with at_work(world) as bot:
            poll = asyncio.create_task(bot.get_updates(timeout=5))
            await asyncio.sleep(0.2)
            begun = time.monotonic()
            await anna.tell("来了")
            updates = await poll
            nothing = await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
        return updates[0].message.text, time.monotonic() - begun, nothing

    text, waited, nothing = play(scene)
    assert (text, nothing) == ("来了", ())
    assert waited < 2


def test_a_second_poller_ends_the_first_with_409():
    async def scene():
        world, _, _ = _world()
        async with at_work(world) as bot, at_work(world) as other:
            first = asyncio.create_task(bot.get_updates(timeout=5))
            await asyncio.sleep(0.2)
            second = asyncio.create_task(other.get_updates(timeout=1))
            with pytest.raises(Conflict, match="terminated by other getUpdates"):
                await first
            return await second

    assert play(scene) == ()


def test_the_default_of_allowed_updates_leaves_out_members_and_reactions():
    async def scene():
        world, anna, group = _world()
        bo = world.user("波")
        async with at_work(world) as bot:
            await group.add_bot(by=anna, admin=True)
            await bo.join(group)
            await bo.react(await bo.say(group, "早"), "👍")
            return [one.to_dict().keys() - {"update_id"} for one in await bot.get_updates()]

    kinds = {name for names in play(scene) for name in names}
    assert kinds == {"my_chat_member", "message"}


def test_allowed_updates_stay_until_they_are_named_again():
    async def scene():
        world, anna, group = _world()
        async with at_work(world) as bot:
            await bot.get_updates(allowed_updates=["my_chat_member"])
            await anna.tell("不要")
            await group.add_bot(by=anna)
            kept = await bot.get_updates()
            await bot.get_updates(offset=kept[-1].update_id + 1, allowed_updates=[])
            await anna.tell("要")
            return kept, await bot.get_updates()

    kept, after = play(scene)
    assert [one.my_chat_member is not None for one in kept] == [True]
    assert [one.message.text for one in after] == ["要"]


def test_an_update_is_kept_for_a_day():
    async def scene():
        world, anna, _ = _world(datetime(2026, 11, 23, tzinfo=UTC))
        async with at_work(world) as bot:
            await anna.tell("昨天")
            world.clock.advance(hours=23)
            kept = await bot.get_updates()
            world.clock.advance(hours=2)
            return len(kept), len(await bot.get_updates()), world.updates.expired

    assert play(scene) == (1, 0, 1)


def test_what_cannot_be_parsed_can_be_sent_and_an_update_repeated():
    async def scene():
        world, anna, _ = _world()
        async with at_work(world) as bot:
            await anna.tell("一")
            first = (await received(bot))[0]
            world.updates.repeat({"update_id": first.update_id, "message": world.updates.log[0]["message"]})
            again = (await received(bot))[0]
        return first.update_id == again.update_id, world.inject({"callback_query": {"broken": True}})

    same, broken = play(scene)
    assert same
    assert broken["callback_query"] == {"broken": True}


def test_it_serves_at_least_3000_updates_in_a_second_of_its_time():
    async def scene():
        world, anna, group = _world()
        await group.add_bot(by=anna, admin=True)
        for number in range(6_000):
            await anna.say(group, f"第{number}条：请今晚十点前把表交上来")
        async with Emulator(world) as emulator, httpx.AsyncClient() as client:
            begun, offset, count = time.process_time(), 0, 0
            while count < 6_000:
                form = {"offset": offset, "limit": 100}
                answer = await client.post(f"{emulator.base_url}{world.token}/getUpdates", data=form)
                batch = answer.json()["result"]
                count, offset = count + len(batch), batch[-1]["update_id"] + 1
            return count / (time.process_time() - begun)  # of its own time: others may be at work beside it

    assert play(scene) >= 3_000


def test_all_kinds_that_the_tests_ask_for_are_known():
    assert set(ALL) <= World().spec.update_kinds

"""People, events, state and leases, alike over the fake and both databases."""

import asyncio

from tests.storage.make_values import NOW, later

ME, YOU = "a" * 32, "b" * 32


def test_only_who_opened_the_bot_is_reachable_until_a_block(stage):
    async def play(store):
        async with store.begin() as work:
            assert not await work.people.reachable(ME)
            await work.people.blocked(ME)
            await work.people.opened(ME, "zh-Hant", NOW)
            assert await work.people.reachable(ME)
            assert not await work.people.reachable(YOU)
            await work.people.blocked(ME)
            assert not await work.people.reachable(ME)
            await work.people.opened(ME, "", NOW)
            assert await work.people.reachable(ME)
            assert await work.people.language(ME) == "zh-Hant"

    stage.run(play)


def test_a_chosen_language_stands_against_later_messages(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.people.language(ME) == ""
            await work.people.opened(ME, "en", NOW)
            assert await work.people.language(ME) == "en"
            await work.people.choose_language(ME, "zh-Hans")
            await work.people.opened(ME, "en", NOW)
            assert await work.people.language(ME) == "zh-Hans"
            await work.people.choose_language(YOU, "en")
            assert not await work.people.reachable(YOU)

    stage.run(play)


def test_the_last_question_is_expected_until_it_is_answered(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.people.expected(ME, NOW) is None
            await work.people.answered(ME)
            await work.people.expect(ME, "unit", 1, NOW)
            await work.people.expect(ME, "purpose", 2**40, later(minutes=5))
            assert await work.people.expected(ME, later(minutes=5)) == ("purpose", 2**40)
            assert await work.people.expected(ME, later(minutes=6)) is None
            await work.people.answered(ME)
            assert await work.people.expected(ME, NOW) is None

    stage.run(play)


def test_a_forgotten_person_is_a_stranger(stage):
    async def play(store):
        async with store.begin() as work:
            await work.people.opened(ME, "en", NOW)
            await work.people.expect(ME, "unit", 1, NOW)
            await work.people.forget(ME)
            assert not await work.people.reachable(ME)
            assert await work.people.language(ME) == ""
            assert await work.people.expected(ME, NOW) is None

    stage.run(play)


def test_an_event_is_new_once_until_it_is_purged(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.seen.first("相册:1", NOW)
            assert not await work.seen.first("相册:1", later(hours=1))
            assert await work.seen.first("相册:2", later(hours=1))
            assert await work.seen.purge(later(minutes=1)) == 1
            assert await work.seen.first("相册:1", later(hours=2))
            assert not await work.seen.first("相册:2", later(hours=2))

    stage.run(play)


def test_state_is_kept_and_overwritten(stage):
    async def play(store):
        async with store.begin() as work:
            await work.state.set("heard", "1")
            await work.state.set("heard", "二")
            assert await work.state.get("heard") == "二"
            assert await work.state.get("unknown") is None

    stage.run(play)


def test_a_lease_is_held_renewed_given_back_and_ends(stage):
    async def play(store):
        async with store.begin() as work:
            take = work.leases.take
            assert await take("worker", "a", NOW, 30)
            assert not await take("worker", "b", later(seconds=29), 30)
            assert await take("jobs", "b", NOW, 30)
            assert await take("worker", "a", later(seconds=20), 30)
            assert not await take("worker", "b", later(seconds=49), 30)
            assert await take("worker", "b", later(seconds=50), 30)
            assert await work.leases.holder("worker") == "b"
            await work.leases.release("worker", "a")
            assert not await take("worker", "a", later(seconds=51), 30)
            await work.leases.release("worker", "b")
            assert await work.leases.holder("worker") is None
            assert await take("worker", "a", later(seconds=52), 30)

    stage.run(play)


def test_only_a_lease_that_nobody_else_had_since_is_renewed(stage):
    async def play(store):
        async with store.begin() as work:
            take, renew = work.leases.take, work.leases.renew
            assert not await renew("worker", "a", NOW, 30)
            assert await take("worker", "a", NOW, 30)
            assert not await renew("worker", "b", later(seconds=31), 30)
            assert await renew("worker", "a", later(seconds=60), 30)  # it had ended, but nobody took it
            assert not await take("worker", "b", later(seconds=89), 30)
            assert await take("worker", "b", later(seconds=90), 30)
            assert not await renew("worker", "a", later(seconds=91), 30)
            await work.leases.release("worker", "b")
            assert not await renew("worker", "b", later(seconds=92), 30)

    stage.run(play)


def test_of_many_replicas_one_gets_a_lease(stage):
    async def play(store):
        async def compete(holder):
            async with store.begin() as work:
                taken = await work.leases.take("worker", holder, NOW, 30)
                await asyncio.sleep(0)
                await work.commit()
                return taken

        assert sum(await asyncio.gather(*(compete(str(number)) for number in range(12)))) == 1

    stage.run(play)

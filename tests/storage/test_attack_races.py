"""Two who come at the same moment: one code, one period, one place, one role; one of them has it."""

import asyncio
from datetime import timedelta

from bot.core.changes import Role
from bot.core.office import Binding, Code, Place, PlaceKind
from tests.storage.make_values import NOW

CODE = Code("digest", "desk", NOW + timedelta(minutes=30))


def test_a_code_is_used_once_by_many_at_once(stage):
    async def play(store):
        async with store.begin() as work:
            await work.office.keep_code(CODE)
            await work.commit()

        async def use(number: int) -> bool:
            async with store.begin() as work:
                found = await work.office.use_code("digest", NOW)
                if found is not None:
                    await work.office.bind(Place(PlaceKind.DESK, -number, "x", NOW))
                await work.commit()
                return found is not None

        assert sum(await asyncio.gather(*(use(number) for number in range(1, 9)))) == 1

    stage.run(play)


def test_a_code_whose_use_was_undone_is_good_still(stage):
    async def play(store):
        async with store.begin() as work:
            await work.office.keep_code(CODE)
            await work.commit()
        async with store.begin() as work:
            assert await work.office.use_code("digest", NOW)
        async with store.begin() as work:
            assert await work.office.use_code("digest", NOW)

    stage.run(play)


def test_many_codes_for_one_purpose_at_once_leave_one_good(stage):
    async def play(store):
        async def make(number: int) -> None:
            async with store.begin() as work:
                await work.office.keep_code(Code(f"d{number}", "desk", NOW + timedelta(minutes=30)))
                await work.commit()

        await asyncio.gather(*(make(number) for number in range(8)))
        good = 0
        for number in range(8):
            async with store.begin() as work:
                good += await work.office.use_code(f"d{number}", NOW) is not None
                await work.commit()
        assert good == 1

    stage.run(play)


def test_a_period_is_claimed_by_one_of_many_at_once(stage):
    async def play(store):
        async def claim() -> bool:
            async with store.begin() as work:
                mine = await work.periods.claim("digest", "2026-W10", NOW)
                await work.commit()
                return mine

        assert sum(await asyncio.gather(*(claim() for _ in range(8)))) == 1

    stage.run(play)


def test_one_role_given_many_times_at_once_is_one(stage):
    async def play(store):
        async def give() -> None:
            async with store.begin() as work:
                await work.office.give_role(Binding("me", 42, Role.UNIT_CONTACT, None, NOW))
                await work.commit()

        await asyncio.gather(*(give() for _ in range(6)), return_exceptions=True)
        async with store.begin() as work:
            assert len(await work.office.binding("me")) == 1

    stage.run(play)

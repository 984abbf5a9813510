"""The office's places, codes, roles and periods, alike over the fake and both databases."""

from dataclasses import replace

from bot.core.changes import Role
from bot.core.office import Binding, Code, Place, PlaceKind
from bot.core.units import Unit, UnitLevel
from tests.storage.make_values import BIG, NOW, later

ME = "b" * 32
DESK = Place(PlaceKind.DESK, BIG, "专项办", NOW)


def test_a_place_is_bound_moved_and_given_up(stage):
    async def play(store):
        async with store.begin() as work:
            await work.office.bind(Place(PlaceKind.DESK, -1, "旧", NOW))
            await work.office.bind(DESK)
            await work.office.move(BIG, -5)
            assert await work.office.place(PlaceKind.DESK) == replace(DESK, chat_id=-5)
            assert await work.office.place(PlaceKind.CHANNEL) is None
            assert await work.office.unbind(PlaceKind.DESK)
            assert not await work.office.unbind(PlaceKind.DESK)

    stage.run(play)


def test_a_code_is_good_once_and_until_it_ends(stage):
    async def play(store):
        async with store.begin() as work:
            (unit,) = await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP)])
            desk, contact = Code("1", "desk", later(minutes=30)), Code("2", "contact", later(minutes=30), unit.id)
            for code in (Code("0", "desk", later(hours=9)), desk, contact):
                await work.office.keep_code(code)
            assert await work.office.use_code("0", NOW) is None  # replaced
            assert await work.office.use_code("1", NOW) == desk
            assert await work.office.use_code("1", NOW) is None
            assert await work.office.use_code("2", later(minutes=30)) is None

    stage.run(play)


def test_roles_are_given_once_and_taken_back(stage):
    async def play(store):
        async with store.begin() as work:
            (unit,) = await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP)])
            contact = Binding(ME, 7_000_000_000, Role.UNIT_CONTACT, unit.id, NOW)
            office = Binding(ME, 7_000_000_000, Role.OFFICE, None, NOW)
            for each in (contact, office, replace(contact, bound_at=later(days=1)), office):
                await work.office.give_role(each)
            assert await work.office.binding(ME) == [contact, office]
            assert await work.office.bindings(unit.id) == [contact]
            assert await work.office.bindings() == [contact, office]
            changed = replace(office, role=Role.GROUP_ADMIN)
            await work.office.give_role(changed)
            assert await work.office.binding(ME) == [contact, changed]
            assert await work.office.take_role(ME, None)
            assert not await work.office.take_role(ME, None)
            assert await work.office.binding(ME) == [contact]

    stage.run(play)


def test_a_period_is_claimed_once(stage):
    async def play(store):
        async with store.begin() as work:
            assert await work.periods.last("digest") is None
            assert await work.periods.claim("digest", "2026-W10", NOW)
            assert not await work.periods.claim("digest", "2026-W10", later(hours=1))
            await work.commit()
            assert await work.periods.claim("digest", "2026-W11", later(days=7))
        async with store.begin() as work:
            assert await work.periods.last("digest") == ("2026-W10", NOW)
            assert await work.periods.claim("digest", "2027-W10", NOW)
            assert await work.periods.latest("digest", "2026-W52") == "2026-W10"
            assert await work.periods.latest("digest", "2026-W09") is None
            assert await work.periods.done("digest", "2026-W10")
            assert not await work.periods.done("digest", "2026-W11")

    stage.run(play)


def test_what_was_done_of_many_jobs_is_found_at_once(stage):
    async def play(store):
        async with store.begin() as work:
            jobs = [f"dissolve:{number}" for number in range(1_200)]
            for job in (jobs[0], jobs[-1], "digest"):
                await work.periods.claim(job, "grace", NOW)
            await work.periods.claim(jobs[-1], "7", later(days=1))
            assert await work.periods.done_of(jobs) == {(jobs[0], "grace"), (jobs[-1], "grace"), (jobs[-1], "7")}
            assert await work.periods.done_of([]) == set()

    stage.run(play)

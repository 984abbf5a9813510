"""The list of approvals, refusals, questions and visits, alike over the fake and both databases."""

import asyncio
from dataclasses import replace
from datetime import date

from bot.core.approvals import Approval, ApprovalKind, Inquiry, Refusal
from bot.core.units import Unit, UnitLevel
from bot.core.visits import Visit, VisitKind
from storage.unit_of_work import open_store
from tests.storage.make_values import NOW
from tests.storage.stage import VAULT, rows_of

DAY = NOW.date()
FULL = Approval(
    "防汛物资检查 🌾",
    ApprovalKind.INSPECTION,
    number="青检〔2026〕3号",
    issuer="县应急局",
    first=date(2026, 3, 1),
    last=date(2026, 3, 31),
    place="青山镇",
)
ASKER = 7_123_456_789


def test_the_list_comes_back_whole_and_in_its_order(stage):
    async def play(store):
        async with store.begin() as work:
            full, bare = await work.approvals.add([FULL, Approval("统计表", ApprovalKind.FORM)])
            assert full == replace(FULL, id=full.id)
            await work.commit()
        async with store.begin() as work:
            changed = replace(bare, last=DAY, place="各村")
            await work.approvals.update([changed])
            assert await work.approvals.all() == [full, changed]
            await work.approvals.remove([full.id])
            await work.approvals.remove([])
            await work.approvals.update([])
            assert await work.approvals.add([]) == []
            assert await work.approvals.all() == [changed]

    stage.run(play)


def test_refusals_are_counted_on_when_their_words_are_gone(stage):
    async def play(store):
        async with store.begin() as work:
            (unit,) = await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP)])
            await work.refusals.add(Refusal(date(2025, 3, 1), "旧的"))
            await work.refusals.add(Refusal(DAY, "临时检查", unit.id))
            await work.commit()
        async with store.begin() as work:
            assert [(each.words, each.unit_id) for each in await work.refusals.latest(9)] == [
                *(("临时检查", unit.id), ("旧的", None))
            ]
            assert [each.words for each in await work.refusals.latest(1)] == ["临时检查"]
            assert await work.refusals.purge(date(2026, 1, 1)) == 1
            assert await work.refusals.purge(date(2026, 1, 1)) == 0
            assert [each.words for each in await work.refusals.latest(9)] == ["临时检查", ""]
            assert await work.refusals.count(date(2025, 1, 1), DAY) == 2
            assert await work.refusals.count(DAY, DAY) == 1

    stage.run(play)


def test_an_answered_question_is_gone_for_good(stage):
    async def play(store):
        async with store.begin() as work:
            first = await work.inquiries.add(Inquiry(DAY, "要查什么", ASKER, "zh-Hant"))
            second = await work.inquiries.add(Inquiry(date(2026, 1, 1), "旧的", ASKER, "en"))
            await work.commit()
        async with store.begin() as work:
            assert await work.inquiries.get(first) == Inquiry(DAY, "要查什么", ASKER, "zh-Hant", first)
            assert [each.id for each in await work.inquiries.waiting()] == [first, second]
            assert await work.inquiries.purge(DAY) == 1
            assert await work.inquiries.get(second) is None
            assert await work.inquiries.close(first)
            assert not await work.inquiries.close(first)
            assert await work.inquiries.get(first) is None
            assert await work.inquiries.waiting() == []
            assert await work.inquiries.get(99) is None

    stage.run(play)


def test_visits_are_found_by_unit_and_day(stage):
    async def play(store):
        async with store.begin() as work:
            one, other = await work.units.add([Unit("甲镇", UnitLevel.TOWNSHIP), Unit("乙镇", UnitLevel.TOWNSHIP)])
            visit = Visit(one.id, VisitKind.INSPECTION, "县应急局", "前柏村", DAY, date(2026, 3, 2))
            for each in (visit, replace(visit, on=date(2026, 2, 27), noticed=None), replace(visit, unit_id=other.id)):
                await work.visits.add(each)
            await work.commit()
        async with store.begin() as work:
            own = await work.visits.of_unit(one.id, date(2026, 1, 1), DAY)
            assert [(each.on, each.noticed) for each in own] == [(DAY, date(2026, 3, 2)), (date(2026, 2, 27), None)]
            assert replace(own[0], id=0) == visit
            assert len(await work.visits.between(DAY, DAY)) == 2

            assert await work.visits.get(own[0].id) == own[0]
            await work.visits.remove(own[0].id)
            assert await work.visits.get(own[0].id) is None

    stage.run(play)


def test_no_words_and_no_asker_stand_in_clear(tmp_path):
    async def play():
        store = await open_store(str(tmp_path / "jianfu.db"), VAULT)
        async with store.begin() as work:
            await work.refusals.add(Refusal(DAY, "拒绝的原文"))
            id_ = await work.inquiries.add(Inquiry(DAY, "问的原文", ASKER, "zh-Hans"))
            await work.commit()
        sealed = [value for row in (await rows_of(store))["inquiries"] for value in row if isinstance(value, bytes)]
        _absent(tmp_path, ["拒绝的原文".encode(), "问的原文".encode(), str(ASKER).encode()])
        async with store.begin() as work:
            await work.inquiries.close(id_)
            await work.commit()
        assert len(sealed) == 2
        _absent(tmp_path, sealed)
        await store.close()

    asyncio.run(play())


def _absent(folder, secrets):
    for file in folder.iterdir():
        contents = file.read_bytes()
        assert not any(secret in contents for secret in secrets), file.name


async def fill_approvals(work):
    """A row in each table of this file."""
    await work.approvals.add([FULL])
    await work.refusals.add(Refusal(DAY, "临时检查"))
    await work.inquiries.add(Inquiry(DAY, "要查什么", ASKER, "zh-Hans"))
    (unit,) = await work.units.add([Unit("来访镇", UnitLevel.TOWNSHIP)])
    await work.visits.add(Visit(unit.id, VisitKind.OTHER, "县应急局", "前柏村", DAY))

"""Scenes of the ledger over HTTP: what the office, a unit's contact, a member and a group see of it."""

import asyncio

from bot.core.group import GroupKind
from bot.core.ledger import LedgerObject, ObjectType, Platform
from bot.core.office import Place, PlaceKind
from bot.core.units import Unit, UnitLevel
from bot.services import office
from bot.services.persons import person
from tests.scenes.playing import stage
from tests.scenes.test_setup import _press, _tell


async def _kept(scene, contact, desk):
    """A county with a town of two groups; the town has a contact, the office a desk."""
    async with scene.runtime.store.begin() as work:
        county, town = await work.units.add([Unit("青山县", UnitLevel.COUNTY), Unit("青山镇", UnitLevel.TOWNSHIP)])
        await work.objects.add(
            [
                LedgerObject(town.id, ObjectType.GROUP, Platform.WECHAT, "全镇工作群", kind=GroupKind.STANDING),
                LedgerObject(county.id, ObjectType.GROUP, Platform.QQ, "全县工作群", kind=GroupKind.STANDING),
            ]
        )
        who = person(scene.runtime.vault, contact.id, "zh-Hans")
        await office.bind_contact(work, town, who, scene.world.clock.now())
        place = Place(PlaceKind.DESK, desk.id, "办公群", scene.world.clock.now())
        await office.bind_place(work, place, "")
        await work.commit()


async def _objects(scene):
    async with scene.runtime.store.begin() as work:
        return {row.name: row for row in await work.objects.all()}


async def _page(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna, carl, eve = world.user("安娜"), world.user("卡尔"), world.user("夏娃")
        desk = world.group("办公群", owner=anna, members=[eve])
        async with scene.running():
            await _kept(scene, carl, desk)
            await desk.add_bot(by=anna, rights=["delete_messages"])
            await scene.settled()
            for each in (anna, carl, eve):
                await _tell(each, "/start", scene)
            seen = {"office": [await _tell(anna, "/ledger", scene)]}
            await _press(anna, "青山县", scene)
            seen["office"].append(anna.reads(anna.private)[-1])
            seen["contact"] = [await _tell(carl, "/ledger", scene)]
            for label in ("登记群", "微信", "专项群", "3 个月"):
                await _press(carl, label, scene)
            seen["contact"].append(await _tell(carl, "秋收防火群", scene))
            seen["member"] = [
                await _tell(eve, "/ledger", scene),
                await _tell(eve, "/unlisted 青山镇还有一个催报群", scene),
            ]
            await anna.say(desk, "/ledger")
            await world.until(lambda: any("台账" in one for one in anna.reads(desk)), what="the ledger at the desk")
            await scene.settled()
            seen["desk"] = anna.reads(desk)
            toast = await eve.press(desk, "青山镇")
            await scene.settled()
            seen["pressed by a member of the desk"] = [toast.text, *eve.reads(desk)]
            await _tell(anna, "/ledger", scene)
            await _press(anna, "群众指出的（1）", scene)
            seen["pointed"] = [anna.reads(anna.private)[-1]]
            await _press(anna, "已登记", scene)
            seen["pointed"].append(anna.reads(anna.private)[-1])
            everywhere = "\n".join(text for who in (carl, eve) for text in who.reads(who.private)) + "\n".join(
                anna.reads(desk)
            )
            return seen, everywhere, await _objects(scene)


def test_everybody_sees_of_the_ledger_what_is_theirs(tmp_path):
    seen, everywhere, rows = asyncio.run(_page(tmp_path))
    listed, county = seen["office"]
    assert "2 个单位" in listed
    assert "2. 青山镇　常设群 1，专项群 0" in listed
    assert "全县工作群　QQ" in county
    own, entered = seen["contact"]
    assert "全镇工作群　微信" in own
    assert "全县" not in own
    assert "原则上最多 1 个（政策）" in own
    assert entered.startswith("已登记。")
    assert "秋收防火群　微信，成员 未填，专项到 2026-06-11" in entered
    assert (rows["秋收防火群"].kind, rows["秋收防火群"].unit_id) == (GroupKind.PROJECT, rows["全镇工作群"].unit_id)
    refused, thanked = seen["member"]
    assert "台账只给整治办看" in refused
    assert "谢谢，已交给整治办" in thanked
    assert any("2 个单位" in text for text in seen["desk"])
    toast, *still = seen["pressed by a member of the desk"]
    assert "台账只给整治办看" in toast
    assert not any("全镇工作群" in text for text in still)
    before, after = seen["pointed"]
    assert "青山镇还有一个催报群" in before
    assert "没有待看的" in after
    assert "青山镇还有一个催报群" not in everywhere.replace("/unlisted 青山镇还有一个催报群", "")


async def _in_a_group(folder):
    async with stage(folder, actions_per_minute=1000) as scene:
        world = scene.world
        anna, carl = world.user("安娜"), world.user("卡尔")
        desk, group = world.group("办公群", owner=anna), world.group("前柏村工作群", owner=anna, members=[carl])
        async with scene.running():
            await _kept(scene, carl, desk)
            await group.add_bot(by=anna, rights=["delete_messages"])
            await _tell(carl, "/start", scene)
            await carl.say(group, "/ledger")
            await scene.settled()
            channel = world.channel("频道", owner=anna)
            await channel.add_bot(by=anna, rights=["post_messages"])
            await channel.post(anna, "/ledger")
            await scene.settled()
            return carl.reads(carl.private)[-1], group_texts(anna, group), group_texts(anna, channel)


def group_texts(who, where):
    return "\n".join(who.reads(where))


def test_in_a_group_or_channel_nothing_of_the_ledger_is_shown(tmp_path):
    private, group, channel = asyncio.run(_in_a_group(tmp_path))
    assert "全镇工作群" in private
    assert "全镇工作群" not in group
    assert channel in {"", "/ledger"}

"""Scenes of /verify, /visit and /approvals over HTTP: the screens of the group, the asker, the unit and the office."""

from datetime import timedelta

from bot.core.approvals import Approval, ApprovalKind
from bot.core.units import Unit, UnitLevel
from bot.services import approval_import, office
from bot.services.persons import person

NOTICE = "县应急局明天来我村临时检查食堂"
LISTED = "青检〔2026〕3号"


async def _listed(town, *, age=5):
    """A list of two items, of some days ago."""
    async with town.runtime.store.begin() as work:
        await work.approvals.remove([each.id for each in await work.approvals.all()])
        first = town.now.date() - timedelta(days=9)
        inspection = Approval("防汛物资检查", number=LISTED, issuer="县应急局", first=first)
        await work.approvals.add([inspection, Approval("秸秆禁烧排查台账", ApprovalKind.FORM)])
        await work.state.set(approval_import.AS_OF, f"{town.now.date() - timedelta(days=age)}")
        await work.state.set(approval_import.REVISION, f"{town.now}")
        await work.commit()


async def test_the_asker_hears_from_the_office_which_does_not_learn_who_asked(town):
    room = await town.watched()
    await _listed(town)
    assert "在批准清单上" in await town.tell(room.bo, f"/verify {LISTED}")
    answer = await town.tell(room.bo, f"/verify {NOTICE}")
    assert "我手里" in answer
    assert "的清单上没有" in answer
    assert "不等于不合规定" in answer
    assert "违规" not in answer
    await town.press(room.bo, "问整治办")
    assert "已问整治办" in room.bo.reads(room.bo.private)[-1]
    await town.until(lambda: NOTICE in town.clerk.reads(town.office)[-1], "the question at the desk")
    desk = town.clerk.reads(town.office)[-1]
    assert not any(word in desk for word in ("波", str(room.bo.id)))
    await town.clerk.press(town.office, "没有批准")
    await town.until(lambda: "没有批准" in room.bo.reads(room.bo.private)[-1], "the answer")
    assert NOTICE in room.bo.reads(room.bo.private)[-1]
    assert "已答复：没有批准" in town.clerk.reads(town.office)[-1]
    assert len(room.posts()) == 1
    assert not any(NOTICE in text for text in room.anna.reads(room.place))


async def test_a_refusal_is_seen_by_the_office_alone_and_names_nobody(town):
    room = await town.watched()
    await _listed(town)
    await town.tell(room.bo, "/verify")
    await town.tell(room.bo, NOTICE)
    desk = town.clerk.reads(town.office)
    await town.press(room.bo, "登记拒绝")
    assert "没有姓名" in room.bo.reads(room.bo.private)[-1]
    home = await town.tell(town.clerk, "/approvals")
    assert "共 2 项：检查 1，数据报送 0，报表 1" in home
    await town.press(town.clerk, "拒绝登记")
    page = town.clerk.reads(town.clerk.private)[-1]
    assert NOTICE in page
    assert not any(word in page for word in ("波", str(room.bo.id)))
    assert town.clerk.reads(town.office) == desk
    assert "只给整治办看" in await town.tell(room.anna, "/approvals")
    assert len(room.posts()) == 1


async def test_a_command_in_reply_in_the_group_is_answered_in_private(town):
    room = await town.watched()
    await _listed(town)
    await town.open(room.bo)
    order = await town.say(room.anna, room, f"按{LISTED}文，下周来检查")
    before = len(room.bo.reads(room.bo.private))
    await town.say(room.bo, room, "/verify", reply_to=order)
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > before, "the answer in private")
    assert "在批准清单上" in room.bo.reads(room.bo.private)[-1]
    assert len(room.posts()) == 1
    assert not any(one.text.startswith("/") for one in room.bo.sees(room.place))


async def test_a_photo_with_the_command_is_looked_for_by_its_caption(town):
    room = await town.watched()
    await _listed(town, age=200)
    await town.open(room.bo)
    before = len(room.bo.reads(room.bo.private))
    await room.bo.send_photo(room.bo.private, f"/verify {LISTED}")
    await town.until(lambda: len(room.bo.reads(room.bo.private)) > before, "the answer")
    answer = room.bo.reads(room.bo.private)[-1]
    assert "在批准清单上" in answer
    assert "超过 90 天没有更新（本地设置）" in answer


async def test_a_unit_records_who_came_and_only_the_office_sees_what_to_look_at(town):
    room = await town.watched()
    async with town.runtime.store.begin() as work:
        (unit,) = await work.units.add([Unit("青山镇", UnitLevel.TOWNSHIP)])
        who = person(town.runtime.vault, room.bo.id, "zh-Hans")
        await office.bind_contact(work, unit, who, town.now)
        await work.commit()
    month = f"{town.now.replace(day=1) - timedelta(days=1):%Y-%m}"
    for day in (3, 5):
        assert "来做什么" in await town.tell(room.bo, "/visit")
        await town.press(room.bo, "检查")
        done = await town.tell(room.bo, f"县应急局，前柏村，{month}-0{day}")
        assert f"已登记：{month}-0{day}" in done
    assert f"{month}：2 次（检查 2" in done
    await town.tell(town.clerk, "/approvals")
    await town.press(town.clerk, "来人来访")
    page = town.clerk.reads(town.clerk.private)[-1]
    assert "青山镇 前柏村" in page
    assert "包头 2019 第 20 条，政策" in page
    assert "登记" in await town.tell(room.anna, "/visit")
    assert not any("前柏村" in text for text in room.anna.reads(room.anna.private))

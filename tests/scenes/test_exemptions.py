"""Scenes of duty hours, shifts and quiet days, set in private by those entitled."""

from bot.core.group import Response
from tests.scenes.town import DEMAND, RECEIPT


async def test_a_groups_duty_hours_excuse_the_hour_until_they_are_cleared(town):
    room = await town.watched(title="前柏村防火群")
    await town.open(room.anna)
    assert "设置谁的值班、轮班时段" in await town.tell(room.anna, "/duty")
    await town.press(room.anna, "前柏村防火群")
    assert "现在没有设置" in room.anna.reads(room.anna.private)[-1]
    day = f"{town.now:%m-%d}"
    assert "这一行看不懂" in await town.tell(room.anna, f"{day} 晚上值班")
    done = await town.tell(room.anna, f"{day} 18:00-23:00 值班\n{day} 23:30-08:00 夜班")
    assert "“前柏村防火群”的值班时段已更新，共 2 段。" in done
    assert "18:00 - 23:00" in done
    town.at(22)
    await town.say(room.anna, room, DEMAND)
    assert await room.categories() == []
    await town.tell(room.anna, "/duty")
    await town.press(room.anna, "前柏村防火群")
    assert "18:00 - 23:00" in room.anna.reads(room.anna.private)[-1]
    assert "共 0 段" in await town.tell(room.anna, "无")
    await town.say(room.anna, room, "请各村今晚再把巡护人员名单报上来")
    assert "after_hours" in await room.categories()


async def test_the_offices_duty_hours_hold_in_all_groups(town):
    room = await town.watched()
    await town.tell(town.clerk, "/duty")
    await town.press(town.clerk, "所有群")
    await town.tell(town.clerk, f"{town.now:%m-%d} 18:00-23:00 防汛值班")
    town.at(22)
    await town.say(room.anna, room, DEMAND)
    assert await room.categories() == []
    await town.tell(town.clerk, "/duty")
    await town.press(town.clerk, "所有群")
    await town.tell(town.clerk, "无")


async def test_on_a_quiet_day_the_bot_keeps_silent_too_and_work_is_counted(town):
    room = await town.watched(Response.GROUP_HINT, title="前柏村安静群")
    await town.open(room.anna)
    await town.tell(room.anna, "/quiet")
    await town.press(room.anna, "前柏村安静群")
    done = await town.tell(room.anna, f"{town.now:%m-%d} 无会日")
    assert "“前柏村安静群”的安静日已更新，共 1 项。" in done
    await town.say(room.anna, room, RECEIPT)
    assert len(room.posts()) == 1
    counts = await room.counts()
    assert (counts["finding.receipt"], counts["quiet_work"]) == (1, 1)
    town.at(9, days=1)
    await town.until(lambda: len(room.posts()) == 2, "the hint, on the day after")


async def test_a_member_can_set_neither(town):
    room = await town.watched()
    await town.open(room.bo)
    for command in ("/duty", "/quiet"):
        await town.tell(room.bo, command)
        assert not any("前柏村" in label for row in room.bo.sees(room.bo.private)[-1].buttons for label in row)
        assert "没有找到您管理的" in room.bo.reads(room.bo.private)[-1]
